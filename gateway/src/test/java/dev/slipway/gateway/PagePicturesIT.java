package dev.slipway.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.policy.Canary.Assign;
import dev.slipway.testkit.browser.Chromium;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code -Dit.test=PagePicturesIT -Dslipway.pictures.rewrite=true} takes the pictures of the documentation again, of what
 * a demo answered, after the page has changed.
 */
@Tag("thorough")
@EnabledIf(value = "dev.slipway.testkit.browser.Chromium#installed", disabledReason = Chromium.MISSING)
@EnabledIfSystemProperty(named = "slipway.pictures.rewrite", matches = "true")
class PagePicturesIT extends PageInBrowser {
    private static final Path FOLDER = Path.of("..", "infra", "docs", "page");
    private static final String CANARY = "hello@1.2.0";

    private Backend version;
    private List<LiveTable> tables = List.of();

    @BeforeEach
    void demo() {
        services.resetTo(CANARY, Duration.ofSeconds(28));
        version = Backend.answering(200, "hello");
        tables = List.of("hello/staging", "hello/production").stream()
                .map(name -> new LiveTable(TestPlatform.shared()::send, EnvironmentId.parse(name)))
                .toList();
        tables.forEach(
                table -> table.repeat(1, Assign.REQUEST, null, LiveTable.share("1.0.0", version.address(), 100)));
    }

    @AfterEach
    void end() {
        tables.forEach(LiveTable::close);
        version.close();
    }

    @Test
    void a_canary_in_light() throws IOException {
        screen(1440, 900, 1, "light");
        follow();

        save("canary-light.png");
    }

    @Test
    void a_canary_on_a_narrow_screen() throws IOException {
        screen(390, 844, 2, "light");
        follow();

        save("canary-narrow.png");
    }

    @Test
    void a_release_that_was_rolled_back_in_dark() throws IOException {
        screen(1440, 900, 1, "dark");
        open("/releases/hello@1.1.0");
        shown("#environments", text -> text.contains("hello.localhost"));
        shown(".journal", text -> text.contains("Staging"));

        save("rolled-back-dark.png");
    }

    /** Looks at the canary while it is judged: its chart is of what came while the page was open. */
    private void follow() {
        open("/releases/" + CANARY);
        for (int errors = 0; errors < 5; errors++) {
            int answers = 120 + 20 * errors; // both sides more than the environment knows of
            int failed = errors / 2;
            services.change(CANARY, release -> {
                ObjectNode judgement = (ObjectNode) release.path("rollout").path("judgement");
                ((ObjectNode) judgement.path("baseline")).put("answers", 10 * answers);
                ((ObjectNode) judgement.path("canary"))
                        .put("answers", answers)
                        .put("errors", failed)
                        .put("refusals", 3);
            });
            String seen = " %d %d ".formatted(answers, failed);
            shown("main", text -> text.contains(seen));
        }
        shown("body", text -> text.contains("Rollout to production"));
    }

    private void screen(int width, int height, int scale, String scheme) {
        tab.screen(width, height, scheme);
        tab.send("Emulation.setScrollbarsHidden", Map.of("hidden", true));
        tab.send(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", scale, "mobile", false));
    }

    private void save(String name) throws IOException {
        await().atMost(LOADED_WITHIN)
                .until(() -> tab.value("document.fonts.status").asString().equals("loaded"));
        String png = tab.send("Page.captureScreenshot", Map.of("format", "png"))
                .path("data")
                .asString();
        byte[] bytes = Base64.getDecoder().decode(png);
        assertThat(bytes).hasSizeGreaterThan(10_000);
        Files.write(FOLDER.resolve(name), bytes);
    }
}
