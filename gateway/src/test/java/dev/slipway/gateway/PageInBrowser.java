package dev.slipway.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.platform.Pace;
import dev.slipway.testkit.browser.Chromium;
import dev.slipway.testkit.browser.Tab;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** The page in a real browser, from the real gateway, with services behind it that answer as in a demo. */
abstract class PageInBrowser {
    static final Duration LOADED_WITHIN = Pace.patience(Duration.ofSeconds(15));

    private static final int USUAL_FRONT = 8000;

    static Chromium chromium;
    static StubServices services;
    static RunningGateway gateway;
    Tab tab;

    @BeforeAll
    static void startBrowser() {
        chromium = Chromium.start(Chromium.program().orElseThrow());
        services = new StubServices();
        gateway = RunningGateway.start(
                "slipway.front.port=" + (Boolean.getBoolean("slipway.pictures.rewrite") ? USUAL_FRONT : 0),
                "slipway.routes.release=" + services.address(),
                "slipway.routes.validation=" + services.address(),
                "slipway.routes.deployment=" + services.address(),
                "slipway.routes.notification=" + services.address());
    }

    @AfterAll
    static void endBrowser() {
        gateway.close();
        services.close();
        chromium.close();
    }

    @BeforeEach
    void start() {
        services.reset();
        tab = chromium.tab();
        tab.screen(1360, 900, "light");
    }

    /** Whatever a test did: nothing was thrown, nothing was forbidden, and nobody else was asked for anything. */
    @AfterEach
    void the_page_kept_to_itself() {
        try {
            assertThat(tab.thrown()).isEmpty();
            assertThat(tab.violations()).isEmpty();
            assertThat(tab.requested()).isNotEmpty().allMatch(address -> address.startsWith(gateway.uri("/") + ""));
            assertThat(tab.requested()).noneMatch(address -> address.contains("eyJ"));
        } finally {
            tab.close();
        }
    }

    void open(String path) {
        openAs(path, "viewer");
    }

    void openAs(String path, String... roles) {
        tab.open(URI.create("about:blank"));
        tab.open(URI.create(gateway.uri("/") + "#token=" + TestTokens.token(roles) + "&path="
                + java.net.URLEncoder.encode(path, StandardCharsets.UTF_8)));
    }

    void shown(String selector, Predicate<String> like) {
        await().atMost(LOADED_WITHIN).pollInterval(Duration.ofMillis(50)).until(() -> tab.text(selector), like);
    }
}
