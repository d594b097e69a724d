package dev.slipway.notification.slack;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SlackSenderTest {
    @Test
    void what_slack_would_read_as_markup_is_escaped() {
        assertThat(SlackSender.escape("<!channel> a & b")).isEqualTo("&lt;!channel&gt; a &amp; b");
    }

    @Test
    void the_token_is_not_in_the_settings_text() {
        SlackSettings settings = new SlackSettings(
                java.net.URI.create("http://127.0.0.1"),
                "xoxb-secret",
                java.time.Duration.ofSeconds(1),
                java.time.Duration.ofSeconds(1),
                1000,
                5,
                "");
        assertThat(settings).asString().doesNotContain("xoxb");
    }
}
