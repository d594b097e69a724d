package dev.slipway.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.platform.Pace;
import dev.slipway.testkit.browser.Tab;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/** The guide of a release as the page shows it, held against what the API says of it: each line, its state, what answers it and why. */
final class GuideOnPage {
    private static final Duration SHOWN_WITHIN = Pace.patience(Duration.ofSeconds(30));
    private static final String ROWS = """
            [...document.querySelectorAll('.panel.lines li')].map((li) => ({ id: li.dataset.key,
              state: li.querySelector('.verdict').title, word: li.querySelector('.verdict').textContent,
              seen: li.checkVisibility(), text: li.textContent }))""";

    private final Tab tab;
    private final URI page;
    private final String token;

    /** @param page the gateway's address */
    GuideOnPage(Tab tab, URI page, String token) {
        this.tab = tab;
        this.page = page;
        this.token = token;
    }

    /** @param guide what {@code guide show --json} says of the release */
    void assertShown(String release, JsonNode guide) {
        JsonNode lines = guide.path("lines");
        tab.open(URI.create("about:blank"));
        tab.open(URI.create("%s/#token=%s&path=%s"
                .formatted(
                        page.toString().replaceFirst("/$", ""),
                        token,
                        URLEncoder.encode("/releases/" + release, StandardCharsets.UTF_8))));
        await().atMost(SHOWN_WITHIN)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> tab.value(ROWS).size() == lines.size() && lines.size() > 0);

        Map<String, JsonNode> rows = new LinkedHashMap<>();
        tab.value(ROWS).forEach(row -> rows.put(row.path("id").asString(), row));
        assertThat(rows.keySet())
                .as("in the order of the guide")
                .containsExactlyElementsOf(lines.valueStream()
                        .map(line -> line.path("id").asString())
                        .toList());
        for (JsonNode line : lines) {
            JsonNode row = Objects.requireNonNull(rows.get(line.path("id").asString()), line::toString);
            String state = line.path("state").asString();
            assertThat(row.path("state").asString()).as(line.toString()).isEqualTo(state);
            assertThat(row.path("word").asString()).endsWith(word(state));
            assertThat(row.path("seen").asBoolean()).as(line.toString()).isTrue();
            assertThat(row.path("text").asString())
                    .contains(
                            line.path("text").asString(), brief(line.path("why").asString("")));
            String by = line.at("/answer/by").asString();
            if (!by.equals("VALUE") && !by.equals("NOTHING")) {
                assertThat(row.path("text").asString())
                        .contains("%s %s"
                                .formatted(
                                        by.toLowerCase(Locale.ROOT),
                                        line.at("/answer/name").asString()));
            }
        }
        assertThat(tab.thrown()).isEmpty();
        assertThat(tab.violations()).isEmpty();
    }

    private static String word(String state) {
        String word = state.toLowerCase(Locale.ROOT).replace('_', ' ');
        return Character.toUpperCase(word.charAt(0)) + word.substring(1);
    }

    /** As the page cuts long hashes. */
    private static String brief(String text) {
        return text.replaceAll("\\b([0-9a-f]{12})[0-9a-f]{28,52}\\b", "$1…");
    }
}
