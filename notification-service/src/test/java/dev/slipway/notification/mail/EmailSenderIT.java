package dev.slipway.notification.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.contracts.notification.Channel;
import dev.slipway.messaging.TaskRun;
import dev.slipway.notification.conversation.ConversationInput;
import dev.slipway.notification.conversation.ConversationInput.NotSent;
import dev.slipway.notification.conversation.ConversationInput.Sent;
import dev.slipway.notification.conversation.ConversationInput.Trouble;
import dev.slipway.notification.conversation.Delivery.Content;
import dev.slipway.notification.conversation.Delivery.Form;
import dev.slipway.notification.conversation.Party;
import dev.slipway.notification.conversation.Sending;
import dev.slipway.notification.mail.MailSettings.Security;
import dev.slipway.notification.tls.CompanyCertificate;
import dev.slipway.platform.Pace;
import dev.slipway.platform.Ports;
import dev.slipway.web.guard.Guarded;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.timelimiter.TimeLimiterConfig;
import io.github.resilience4j.timelimiter.TimeLimiterRegistry;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/** The sender against a mail host that says what a test tells it to. */
class EmailSenderIT {
    private static final MailSettings PLAIN = settings(Security.NONE, "");

    private final CircuitBreakerRegistry breakers = CircuitBreakerRegistry.of(CircuitBreakerConfig.custom()
            .slidingWindowSize(2)
            .minimumNumberOfCalls(2)
            .build());

    private static MailSettings settings(Security security, String authority) {
        return new MailSettings("slipway@example.test", "Slipway für Größe", "", security, authority);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            RCPT      | 550 5.1.1 no such mailbox                  | FINAL   | refuses this address: 550 5.1.1 no such mailbox
            RCPT      | 554 5.7.1 relay access denied              | FINAL   | refuses this address
            RCPT      | 450 4.2.0 greylisted                       | PASSING | puts this address off: 450 4.2.0 greylisted
            RCPT      | 530 5.7.0 authentication required          | HOST    | does not accept Slipway's name and password
            MAIL      | 550 5.7.1 sender rejected                  | HOST    | set slipway.mail.from
            MAIL      | 530 5.7.0 authentication required          | HOST    | set SPRING_MAIL_USERNAME
            MAIL      | 552 5.3.4 too large                        | FINAL   | refuses this mail
            MAIL      | 421 4.3.2 shutting down                    | PASSING | puts the mail off
            MAIL SENT | 554 5.6.0 no thanks                        | FINAL   | refuses this mail: 554 5.6.0 no thanks
            MAIL SENT | 452 4.3.1 disk full                        | PASSING | puts the mail off
            AUTH      | 454 4.7.0 temporary authentication failure | HOST    | cannot check Slipway's name and password
            AUTH      | 535 5.7.8 authentication failed            | HOST    | does not accept Slipway's name and password: 535
            AUTH      | 534 5.7.9 mechanism too weak               | HOST    | does not accept Slipway's name and password
            GREETING  | 554 5.7.1 you are on a list                | HOST    | cannot be used
            GREETING  | 421 4.3.2 too many                         | PASSING | cannot be used
            """)
    void what_the_host_says_is_of_this_mail_or_of_the_host(String verb, String said, Trouble trouble, String words)
            throws Exception {
        try (ScriptedMailHost host =
                new ScriptedMailHost().offers("AUTH PLAIN LOGIN").says(verb, said)) {
            assertThat(send(host.port(), PLAIN)).isInstanceOfSatisfying(NotSent.class, failed -> {
                assertThat(failed.trouble()).isEqualTo(trouble);
                assertThat(failed.error())
                        .startsWith("Email: ")
                        .contains(words)
                        .doesNotContain("Exception", "jakarta", "angus");
                assertThat(failed.unsure()).isFalse();
            });
        }
    }

    @Test
    void a_mailbox_that_does_not_exist_says_nothing_about_the_host() throws Exception {
        try (ScriptedMailHost host = new ScriptedMailHost().says("RCPT", "550 5.1.1 no such mailbox")) {
            for (int i = 0; i < 3; i++) {
                send(host.port(), PLAIN);
            }
            assertThat(breakers.circuitBreaker("mail").getState()).isEqualTo(CircuitBreaker.State.CLOSED);
        }
    }

    @Test
    void a_host_that_is_left_alone_for_a_refused_password_still_waits_for_a_new_one() throws Exception {
        try (ScriptedMailHost host = new ScriptedMailHost().offers("AUTH PLAIN").says("AUTH", "535 5.7.8 no")) {
            EmailSender sender = sender(host.port(), PLAIN);
            for (int i = 0; i < 2; i++) {
                assertThat(perform(sender)).isInstanceOf(NotSent.class);
            }
            assertThat(breakers.circuitBreaker("mail").getState()).isEqualTo(CircuitBreaker.State.OPEN);
            assertThat(perform(sender)).isInstanceOfSatisfying(NotSent.class, failed -> {
                assertThat(failed.trouble()).isEqualTo(Trouble.HOST);
                assertThat(failed.error()).contains("535 5.7.8 no");
            });
        }
    }

    @Test
    void an_answer_that_is_lost_is_followed_by_the_same_message_id() throws Exception {
        try (ScriptedMailHost host = new ScriptedMailHost().says(ScriptedMailHost.TAKEN, "")) {
            assertThat(send(host.port(), PLAIN)).isInstanceOfSatisfying(NotSent.class, failed -> {
                assertThat(failed.trouble()).isEqualTo(Trouble.PASSING);
                assertThat(failed.error()).doesNotContain("Exception");
            });
            host.says(ScriptedMailHost.TAKEN, "250 taken");
            assertThat(send(host.port(), PLAIN)).isInstanceOf(Sent.class);

            assertThat(host.mails()).hasSize(2);
            assertThat(received(host, 0).getMessageID())
                    .isEqualTo(received(host, 1).getMessageID())
                    .endsWith("@example.test>");
        }
    }

    @Test
    void a_mail_names_its_sender_in_any_script_and_the_list_that_it_belongs_to() throws Exception {
        try (ScriptedMailHost host = new ScriptedMailHost()) {
            assertThat(send(host.port(), PLAIN)).isInstanceOf(Sent.class);

            assertThat(host.mails().getFirst().lines().takeWhile(line -> !line.isEmpty()))
                    .as("headers are ASCII")
                    .allSatisfy(line -> assertThat(line.chars().allMatch(c -> c >= 32 && c < 127))
                            .isTrue());
            MimeMessage mail = received(host, 0);
            InternetAddress from = (InternetAddress) mail.getFrom()[0];
            assertThat(from.getPersonal()).isEqualTo("Slipway für Größe");
            assertThat(from.getAddress()).isEqualTo("slipway@example.test");
            assertThat(mail.getHeader("List-Id")).containsExactly("Releases of hello <hello.slipway.example.test>");
            assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
            assertThat(mail.getSentDate()).isNotNull();
        }
    }

    @ParameterizedTest
    @CsvSource({"STARTTLS, false", "SMTPS, true"})
    void a_companys_own_authority_is_trusted_where_it_is_named_and_only_there(
            Security security, boolean fromTheBeginning, @TempDir Path folder) throws Exception {
        CompanyCertificate company = CompanyCertificate.in(folder);
        try (ScriptedMailHost host = new ScriptedMailHost().offers("AUTH PLAIN").tls(company, fromTheBeginning)) {
            assertThat(send(host.port(), settings(security, company.pem()))).isInstanceOf(Sent.class);

            assertThat(send(host.port(), settings(security, ""))).isInstanceOfSatisfying(NotSent.class, failed -> {
                assertThat(failed.trouble()).isEqualTo(Trouble.HOST);
                assertThat(failed.error())
                        .contains("certificate is refused", "slipway.mail.authority")
                        .doesNotContain("Exception");
            });
            assertThat(host.mails()).hasSize(1);
        }
    }

    @Test
    void a_host_without_starttls_gets_no_mail_where_it_is_demanded() throws Exception {
        try (ScriptedMailHost host = new ScriptedMailHost()) {
            assertThat(send(host.port(), settings(Security.STARTTLS, "")))
                    .isInstanceOfSatisfying(NotSent.class, failed -> {
                        assertThat(failed.trouble()).isEqualTo(Trouble.HOST);
                        assertThat(failed.error()).contains("STARTTLS is required");
                    });
            assertThat(host.mails()).isEmpty();
        }
    }

    @Test
    void an_authority_that_cannot_be_read_is_said_at_the_start() {
        assertThatThrownBy(() -> sender(25, settings(Security.SMTPS, "file:/nowhere/company.pem")))
                .hasMessageContaining("slipway.mail.authority")
                .hasMessageContaining("/nowhere/company.pem");
        assertThatThrownBy(() -> new MailSettings("nobody at all", "", "", Security.NONE, ""))
                .hasMessageContaining("slipway.mail.from");
    }

    @Test
    void a_dead_host_is_left_alone_after_a_while() throws Exception {
        int port = Ports.free();
        assertThat(send(port, PLAIN)).isInstanceOfSatisfying(NotSent.class, failed -> {
            assertThat(failed.trouble()).isEqualTo(Trouble.PASSING);
            assertThat(failed.error()).contains("no mail host answers at 127.0.0.1 port " + port);
        });
        send(port, PLAIN);

        assertThat(send(port, PLAIN)).isInstanceOfSatisfying(NotSent.class, failed -> {
            assertThat(failed.trouble()).isEqualTo(Trouble.PASSING);
            assertThat(failed.error()).contains("left alone");
        });
    }

    private static MimeMessage received(ScriptedMailHost host, int number) throws MessagingException {
        byte[] mail = host.mails().get(number).getBytes(StandardCharsets.US_ASCII);
        return new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(mail));
    }

    private ConversationInput send(int port, MailSettings settings) throws Exception {
        return perform(sender(port, settings));
    }

    private EmailSender sender(int port, MailSettings settings) {
        JavaMailSenderImpl mail = new JavaMailSenderImpl();
        mail.setHost("127.0.0.1");
        mail.setPort(port);
        mail.setUsername("slipway");
        mail.setPassword("secret");
        mail.getJavaMailProperties().setProperty("mail.smtp.timeout", Long.toString(Pace.seconds(5) * 1_000));
        Guarded host = new Guarded(
                "mail",
                breakers,
                BulkheadRegistry.ofDefaults(),
                TimeLimiterRegistry.of(TimeLimiterConfig.custom()
                        .timeoutDuration(Pace.patience(Duration.ofSeconds(5)))
                        .build()));
        return new EmailSender(settings, host, mail);
    }

    private static ConversationInput perform(EmailSender sender) throws Exception {
        Party party = new Party("support", "Support", Channel.EMAIL, "support@example.test");
        return sender.perform(
                new Run(),
                new Sending(
                        "hello@1.1.0/EMAIL/support@example.test/1",
                        1,
                        Form.MAIL,
                        "hello@1.1.0",
                        party,
                        null,
                        null,
                        false,
                        Instant.EPOCH,
                        new Content("subject", "text")));
    }

    private record Run() implements TaskRun {
        @Override
        public String aggregateId() {
            return "any";
        }

        @Override
        public String taskId() {
            return "send-1-1";
        }

        @Override
        public long fence() {
            return 1;
        }

        @Override
        public boolean dropped() {
            return false;
        }
    }
}
