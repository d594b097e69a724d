package dev.slipway.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.WireJson;
import dev.slipway.contracts.policy.GuideAnswer;
import dev.slipway.contracts.release.GuideView;
import dev.slipway.contracts.release.GuideView.LineState;
import dev.slipway.testkit.browser.Chromium;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The guide on the page: whichever state a line is in, and by whatever it is answered. {@code DemoIT} shows a whole one. */
@EnabledIf(value = "dev.slipway.testkit.browser.Chromium#installed", disabledReason = Chromium.MISSING)
class PageGuideIT extends PageInBrowser {
    /** One line in each state by each kind of answer, as the API writes them. */
    private void knowEachState() {
        services.change("hello@1.2.0", release -> release.put("guideHash", "0f".repeat(32)));
        ObjectNode guide = (ObjectNode) WireJson.mapper().readTree("""
                {"application": "hello", "release": "hello@1.2.0", "state": "CANDIDATE", "kinds": [],
                 "policyHash": "00ff", "guideHash": "00fe", "file": "RELEASE.md",
                 "tally": {"lines": 1, "covered": 1, "proven": 1, "open": 0}}""");
        ArrayNode lines = guide.putArray("lines");
        for (LineState state : LineState.values()) {
            for (GuideAnswer.By by : GuideAnswer.By.values()) {
                GuideView.Line line = new GuideView.Line(
                        id(state, by),
                        "Line %s <b>%s</b>".formatted(state, by),
                        List.of("Guide", "Under " + state),
                        null,
                        List.of(),
                        new GuideAnswer(by, name(by)),
                        state,
                        "because of " + state,
                        null,
                        null);
                lines.add(WireJson.mapper().<JsonNode>valueToTree(line));
            }
        }
        services.know("applications/hello/guide", guide.toString());
    }

    private static String name(GuideAnswer.By by) {
        return by == GuideAnswer.By.UNANSWERED ? "" : "some-" + by.name().toLowerCase(Locale.ROOT);
    }

    private static String id(LineState state, GuideAnswer.By by) {
        return "%s-%s".formatted(state, by).toLowerCase(Locale.ROOT);
    }

    private static String word(LineState state) {
        String word = state.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return Character.toUpperCase(word.charAt(0)) + word.substring(1);
    }

    @Test
    void each_state_is_shown_by_a_mark_and_a_word_with_what_answers_the_line_and_why() {
        knowEachState();

        open("/releases/hello@1.2.0");
        shown(".panel.lines", text -> text.startsWith("Guide 1 of 1 covered"));

        JsonNode rows = tab.value("""
                [...document.querySelectorAll('.panel.lines li')].map((li) => ({ id: li.dataset.key,
                  title: li.querySelector('.verdict').title, word: li.querySelector('.verdict').textContent,
                  mark: li.querySelector('.mark').textContent, text: li.textContent }))""");
        assertThat(rows).hasSize(LineState.values().length * GuideAnswer.By.values().length);
        for (LineState state : LineState.values()) {
            List<JsonNode> ofState = rows.valueStream()
                    .filter(row -> row.path("title").asString().equals(state.name()))
                    .toList();
            assertThat(ofState)
                    .as(state.name())
                    .hasSize(GuideAnswer.By.values().length)
                    .allSatisfy(row -> {
                        assertThat(row.path("word").asString()).endsWith(word(state));
                        assertThat(row.path("mark").asString()).hasSize(1);
                        assertThat(row.path("text").asString())
                                .contains("Line " + state + " <b>", "because of " + state);
                    });
        }
        assertThat(rows.valueStream().map(row -> row.path("id").asString()))
                .containsExactlyElementsOf(Arrays.stream(LineState.values())
                        .flatMap(state -> Arrays.stream(GuideAnswer.By.values()).map(by -> id(state, by)))
                        .toList());
        assertThat(rows.valueStream()
                        .filter(row -> List.of(
                                        "PASSED", "FAILED", "WAIVED", "INCONCLUSIVE", "DUE", "LATE", "UNANSWERED")
                                .contains(row.path("title").asString()))
                        .map(row -> row.path("mark").asString())
                        .distinct())
                .as("who cannot tell colours tells them by their marks")
                .hasSize(7);
        assertThat(tab.has(".panel.lines b")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"390, light", "390, dark", "1360, light", "1360, dark"})
    void each_state_can_be_read(int width, String scheme) {
        knowEachState();
        tab.screen(width, 844, scheme);

        open("/releases/hello@1.2.0");
        shown(".panel.lines", text -> text.startsWith("Guide 1 of 1 covered"));

        JsonNode contrast = tab.value(PageIT.resource("/page/contrast.js"));
        assertThat(contrast.path("weak").valueStream().map(JsonNode::asString)).isEmpty();
        assertThat(tab.value("document.documentElement.scrollWidth").asInt()).isLessThanOrEqualTo(width);
    }
}
