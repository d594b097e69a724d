package dev.slipway.notification.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.notification.Channel;
import dev.slipway.contracts.notification.ChannelCheck;
import dev.slipway.notification.mail.MailSettings.Security;
import dev.slipway.platform.Pace;
import dev.slipway.web.guard.Guarded;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.timelimiter.TimeLimiterConfig;
import io.github.resilience4j.timelimiter.TimeLimiterRegistry;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/** The mail host is tried without a mail. */
class MailLookTest {
    private final ScriptedMailHost host = host();

    private static ScriptedMailHost host() {
        try {
            return new ScriptedMailHost();
        } catch (java.io.IOException noPort) {
            throw new java.io.UncheckedIOException(noPort);
        }
    }

    @AfterEach
    void stop() {
        host.close();
    }

    private static MailSettings settings(Security security) {
        return new MailSettings("slipway@example.test", "Slipway", "", security, "");
    }

    private static Guarded guarded() {
        return new Guarded(
                "mail",
                CircuitBreakerRegistry.ofDefaults(),
                BulkheadRegistry.ofDefaults(),
                TimeLimiterRegistry.of(TimeLimiterConfig.custom()
                        .timeoutDuration(Pace.patience(Duration.ofSeconds(5)))
                        .build()));
    }

    private ChannelCheck look(Security security, boolean named) throws Exception {
        return look(host.port(), security, named);
    }

    private static ChannelCheck look(int port, Security security, boolean named) throws Exception {
        JavaMailSenderImpl mail = new JavaMailSenderImpl();
        mail.setHost("127.0.0.1");
        mail.setPort(port);
        if (named) {
            mail.setUsername("slipway");
            mail.setPassword("very secret");
            mail.getJavaMailProperties().setProperty("mail.smtp.auth", "true");
        }
        return new MailLook(settings(security), guarded(), mail).look();
    }

    @Test
    void a_host_that_greets_and_takes_name_and_password_is_usable_and_gets_no_mail() throws Exception {
        host.offers("AUTH PLAIN LOGIN");

        ChannelCheck check = look(Security.NONE, true);

        assertThat(check.channel()).isEqualTo(Channel.EMAIL);
        assertThat(check.usable()).as(check.text()).isTrue();
        assertThat(check.text()).contains("name and password", "none but a mail shows");
        assertThat(host.mails()).isEmpty();
        assertThat(look(Security.NONE, false).text()).doesNotContain("name and password");
    }

    @Test
    void one_that_refuses_the_password_says_what_to_set_and_shows_it_nowhere() throws Exception {
        host.offers("AUTH PLAIN LOGIN").says("AUTH", "535 5.7.8 no");

        ChannelCheck check = look(Security.NONE, true);

        assertThat(check.usable()).isFalse();
        assertThat(check.text()).contains("SPRING_MAIL_PASSWORD").doesNotContain("very secret");
    }

    @Test
    void one_without_the_tls_that_is_wanted_is_not_usable() throws Exception {
        ChannelCheck check = look(Security.STARTTLS, false);

        assertThat(check.usable()).isFalse();
        assertThat(check.text()).contains("STARTTLS");
    }

    @Test
    void nobody_there_and_nobody_named_are_told_apart() throws Exception {
        try (Socket nobody = new Socket()) {
            nobody.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)); // and does not listen
            assertThat(look(nobody.getLocalPort(), Security.NONE, false).text())
                    .contains("no mail host answers at 127.0.0.1");
        }

        ChannelCheck none = new MailLook(settings(Security.NONE), guarded(), null).look();
        assertThat(none.usable()).isFalse();
        assertThat(none.text()).contains("set SPRING_MAIL_HOST");
    }
}
