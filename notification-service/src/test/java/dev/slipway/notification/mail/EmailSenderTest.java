package dev.slipway.notification.mail;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EmailSenderTest {
    @Test
    void a_line_break_does_not_get_into_a_header() {
        assertThat(EmailSender.oneLine("hello@1.0.0\r\nBcc: everyone@example.test"))
                .isEqualTo("hello@1.0.0 Bcc: everyone@example.test");
    }

    @Test
    void a_header_is_bounded() {
        assertThat(EmailSender.oneLine("x".repeat(5000))).hasSize(200);
    }
}
