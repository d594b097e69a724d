package dev.slipway.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class BrowserTest {
    @Test
    void a_browser_is_asked_at_a_terminal_with_a_screen_alone() {
        assertThat(browser(true, Map.of("DISPLAY", ":0")).program("Linux")).contains("xdg-open");
        assertThat(browser(true, Map.of("WAYLAND_DISPLAY", "wayland-0")).program("Linux"))
                .contains("xdg-open");
        assertThat(browser(true, Map.of()).program("Mac OS X")).contains("open");
        assertThat(browser(true, Map.of()).program("Linux")).isEmpty();
        assertThat(browser(false, Map.of("DISPLAY", ":0")).program("Linux")).isEmpty();
        assertThat(browser(false, Map.of()).open("http://shop.localhost:8000/")).isFalse();
    }

    private static Browser browser(boolean terminal, Map<String, String> environment) {
        return Browser.of(new Shell(System.out, System.err, terminal, 80, environment));
    }
}
