package dev.slipway.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.WireJson;
import dev.slipway.contracts.policy.GuideAnswer;
import dev.slipway.contracts.release.GuideFileView;
import dev.slipway.contracts.release.GuideFileView.Adopted;
import dev.slipway.contracts.release.GuideFileView.Difference;
import dev.slipway.contracts.release.GuideFileView.Kind;
import dev.slipway.contracts.release.GuideView;
import dev.slipway.contracts.release.GuideView.LineState;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.testkit.browser.Chromium;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
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

    /** A guide of one line whose file says more, as the API writes it. */
    private void knowFile(GuideFileView file, GuideView.Repair... repair) {
        services.change("hello@1.2.0", release -> release.put("guideHash", "0f".repeat(32)));
        GuideView guide = new GuideView(
                        "hello",
                        new ReleaseId("hello@1.2.0"),
                        ReleasePhase.CANDIDATE,
                        List.of(),
                        "00ff",
                        "00fe",
                        "docs/RELEASE.md",
                        new GuideView.Tally(1, 1, 1, 0),
                        List.of(new GuideView.Line(
                                "tests",
                                "Tests pass",
                                List.of("Guide", "Before"),
                                3,
                                List.of(),
                                new GuideAnswer(GuideAnswer.By.GATE, "unit-tests"),
                                LineState.PASSED,
                                "tests.failed 0",
                                null,
                                null)))
                .beside(file)
                .repairing(List.of(repair));
        services.know("applications/hello/guide", WireJson.mapper().writeValueAsString(guide));
    }

    private static GuideFileView differing() {
        return new GuideFileView(
                "docs/RELEASE.md",
                GuideFileView.State.DIFFERS,
                null,
                "2d".repeat(32),
                List.of(
                        new Difference(
                                Kind.ADDED, "licences", "Check <b>licences</b>", null, List.of("Guide"), 9, null),
                        new Difference(
                                Kind.CHANGED, "tests", "All tests pass", "Tests <i>pass</i>", List.of(), 3, null),
                        new Difference(Kind.MOVED, "tag", "Tag it", null, List.of("Guide", "After"), 7, "tests"),
                        new Difference(Kind.GONE, "press", "Tell the press", null, List.of("Guide"), null, null)),
                2);
    }

    @Test
    void in_what_the_file_at_the_revision_differs_is_shown_with_where_it_stands_and_how_to_go_by_it() {
        knowFile(differing());

        open("/releases/hello@1.2.0");

        shown(
                ".panel.lines .file",
                text -> text.startsWith("File docs/RELEASE.md differs at the released revision in 6 lines"
                        + " The release goes by the guide of its policy."));
        assertThat(tab.text(".file [data-key='ADDED licences']"))
                .isEqualTo("+ new Check <b>licences</b> docs/RELEASE.md:9");
        assertThat(tab.text(".file [data-key='CHANGED tests']"))
                .isEqualTo("~ changed All tests pass was: Tests <i>pass</i> docs/RELEASE.md:3");
        assertThat(tab.text(".file [data-key='MOVED tag']"))
                .isEqualTo("\u2192 moved Tag it now under After docs/RELEASE.md:7");
        assertThat(tab.text(".file [data-key='GONE press']")).isEqualTo("\u2212 gone Tell the press");
        assertThat(tab.text(".panel.lines .file"))
                .contains("and 2 more lines", "./slipway guide adopt hello@1.2.0 --reason WHY");
        assertThat(tab.text(".panel.lines [data-key=tests]")).contains("Tests pass docs/RELEASE.md:3");
        assertThat(tab.has(".panel.lines b, .panel.lines i")).isFalse();
    }

    @Test
    void who_adopted_the_file_and_whose_approval_fell_by_that_is_said_and_nobody_is_told_to_adopt_it_again() {
        knowFile(differing()
                .adoptedBy(new Adopted(
                        "ben@example.test",
                        true,
                        Instant.parse("2026-01-05T10:00:00Z"),
                        "it holds <b>already</b>",
                        "1e".repeat(32),
                        List.of("ada@example.test", "cy@example.test"))));

        open("/releases/hello@1.2.0");

        shown(
                ".panel.lines .file",
                text -> text.startsWith("File docs/RELEASE.md differs from the guide of the policy in 6 lines"));
        assertThat(tab.text(".file .adopted"))
                .startsWith("Adopted by ben@example.test, operator, ")
                .endsWith(": it holds <b>already</b>. The approvals of ada@example.test, cy@example.test fell.");
        assertThat(tab.text(".panel.lines .file")).doesNotContain("guide adopt", "goes by the guide of its policy");
        assertThat(tab.has(".panel.lines b")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SAME       |                | File docs/RELEASE.md is the same at the released revision",
                "MISSING    |                | File docs/RELEASE.md is not in the released revision",
                "UNREADABLE | it has no text | File docs/RELEASE.md cannot be read at the released revision: it has no text"
            })
    void a_file_that_is_the_same_missing_or_unreadable_says_so(
            GuideFileView.State state, @Nullable String why, String said) {
        knowFile(new GuideFileView("docs/RELEASE.md", state, why, null, List.of(), 0));

        open("/releases/hello@1.2.0");

        shown(".panel.lines .file", said::equals);
        assertThat(tab.has(".panel.lines .repair")).isFalse();
    }

    @Test
    void lines_that_are_of_no_use_as_they_are_stand_last_with_what_was_seen() {
        knowFile(
                differing(),
                new GuideView.Repair("press", "Tell the <b>press</b>", GuideView.Flaw.NEVER_APPLIED, 4, 4),
                new GuideView.Repair("docs", "Write it down", GuideView.Flaw.ALWAYS_LATE, 3, 5),
                new GuideView.Repair("tests", "Tests pass", GuideView.Flaw.ALWAYS_WAIVED, 3, 3));

        open("/releases/hello@1.2.0");

        shown(".panel.lines .repair", text -> text.startsWith("For repair, by the last releases"));
        assertThat(tab.text(".repair [data-key='repair press']"))
                .isEqualTo("never applied Tell the <b>press</b> It applied to none of the last 4 releases.");
        assertThat(tab.text(".repair [data-key='repair docs']"))
                .isEqualTo("always late Write it down It was late in all 3 that came to it, of the last 5 releases.");
        assertThat(tab.text(".repair [data-key='repair tests']")).contains("It was waived in all 3 that came to it");
        assertThat(tab.has(".panel.lines b")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"390, light", "390, dark", "1360, light", "1360, dark"})
    void the_difference_can_be_read_however_long_its_lines_are(int width, String scheme) {
        GuideFileView file = differing();
        knowFile(
                new GuideFileView(
                        file.file(),
                        file.state(),
                        null,
                        file.sha256(),
                        List.of(new Difference(
                                Kind.CHANGED, "long", "x".repeat(500), "y".repeat(500), List.of(), 1, null)),
                        0),
                new GuideView.Repair("long", "z".repeat(500), GuideView.Flaw.ALWAYS_LATE, 3, 3));
        tab.screen(width, 844, scheme);

        open("/releases/hello@1.2.0");
        shown(".panel.lines .repair", text -> text.contains("zzz"));

        JsonNode contrast = tab.value(PageIT.resource("/page/contrast.js"));
        assertThat(contrast.path("weak").valueStream().map(JsonNode::asString)).isEmpty();
        assertThat(tab.value("document.documentElement.scrollWidth").asInt()).isLessThanOrEqualTo(width);
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
