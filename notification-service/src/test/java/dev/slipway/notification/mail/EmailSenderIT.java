package dev.slipway.notification.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.notification.Channel;
import dev.slipway.messaging.TaskRun;
import dev.slipway.notification.conversation.ConversationInput;
import dev.slipway.notification.conversation.ConversationInput.NotSent;
import dev.slipway.notification.conversation.ConversationInput.Sent;
import dev.slipway.notification.conversation.Delivery.Content;
import dev.slipway.notification.conversation.Delivery.Form;
import dev.slipway.notification.conversation.Party;
import dev.slipway.notification.conversation.Sending;
import dev.slipway.web.guard.Guarded;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.timelimiter.TimeLimiterRegistry;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/** The sender against a mail host that says what a test tells it to. */
class EmailSenderIT {
    private final CircuitBreakerRegistry breakers = CircuitBreakerRegistry.of(CircuitBreakerConfig.custom()
            .slidingWindowSize(2)
            .minimumNumberOfCalls(2)
            .build());

    @Test
    void a_mailbox_that_does_not_exist_is_final_and_says_nothing_about_the_host() throws Exception {
        try (MailHost host = new MailHost("550 5.1.1 no such mailbox", "250 taken")) {
            for (int i = 0; i < 3; i++) {
                assertThat(send(host.port())).isInstanceOfSatisfying(NotSent.class, failed -> {
                    assertThat(failed.retry()).isFalse();
                    assertThat(failed.error()).contains("no such mailbox");
                });
            }
            assertThat(breakers.circuitBreaker("mail").getState()).isEqualTo(CircuitBreaker.State.CLOSED);
        }
    }

    @Test
    void a_mailbox_that_is_busy_is_tried_again() throws Exception {
        try (MailHost host = new MailHost("450 4.2.1 later please", "250 taken")) {
            assertThat(send(host.port()))
                    .isInstanceOfSatisfying(
                            NotSent.class, failed -> assertThat(failed.retry()).isTrue());
        }
    }

    @Test
    void a_mail_that_is_refused_for_what_it_is_is_final() throws Exception {
        try (MailHost host = new MailHost("250 ok", "554 5.6.0 no thanks")) {
            assertThat(send(host.port()))
                    .isInstanceOfSatisfying(
                            NotSent.class, failed -> assertThat(failed.retry()).isFalse());
        }
    }

    @Test
    void an_answer_that_is_lost_is_followed_by_the_same_message_id() throws Exception {
        try (MailHost host = new MailHost("250 ok", "")) {
            assertThat(send(host.port()))
                    .isInstanceOfSatisfying(
                            NotSent.class, failed -> assertThat(failed.retry()).isTrue());
            host.afterData = "250 taken";

            assertThat(send(host.port())).isInstanceOf(Sent.class);
            assertThat(host.messageIds).hasSize(2);
            assertThat(host.messageIds.get(0)).isEqualTo(host.messageIds.get(1));
        }
    }

    @Test
    void a_dead_host_is_left_alone_after_a_while() throws Exception {
        int port;
        try (MailHost host = new MailHost("250 ok", "250 taken")) {
            port = host.port();
        }
        send(port);
        send(port);

        assertThat(send(port)).isInstanceOfSatisfying(NotSent.class, failed -> {
            assertThat(failed.retry()).isTrue();
            assertThat(failed.error()).contains("left alone");
        });
    }

    private ConversationInput send(int port) throws Exception {
        JavaMailSenderImpl mail = new JavaMailSenderImpl();
        mail.setHost("127.0.0.1");
        mail.setPort(port);
        mail.getJavaMailProperties().setProperty("mail.smtp.timeout", "5000");
        Guarded host = new Guarded("mail", breakers, BulkheadRegistry.ofDefaults(), TimeLimiterRegistry.ofDefaults());
        EmailSender sender = new EmailSender(new MailSettings("slipway@example.test", "slipway.invalid"), host, mail);
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

    /** Speaks as much SMTP as it takes. */
    private static final class MailHost implements AutoCloseable {
        private final ServerSocket socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        private final String afterRecipient;
        private final List<String> messageIds = new CopyOnWriteArrayList<>();
        private volatile String afterData;

        /** @param afterData what is said when the mail is there; empty to break the connection */
        MailHost(String afterRecipient, String afterData) throws IOException {
            this.afterRecipient = afterRecipient;
            this.afterData = afterData;
            Thread.ofVirtual().start(this::serve);
        }

        int port() {
            return socket.getLocalPort();
        }

        private void serve() {
            try {
                while (!socket.isClosed()) {
                    try (Socket client = socket.accept()) {
                        talk(client);
                    }
                }
            } catch (SocketException closed) {
                // the test is over
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        }

        private void talk(Socket client) throws IOException {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
            say(client, "220 test");
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String verb = line.length() < 4 ? line : line.substring(0, 4);
                switch (verb) {
                    case "RCPT" -> say(client, afterRecipient);
                    case "DATA" -> {
                        say(client, "354 go on");
                        data(in);
                        if (afterData.isEmpty()) {
                            return;
                        }
                        say(client, afterData);
                    }
                    case "QUIT" -> {
                        say(client, "221 bye");
                        return;
                    }
                    default -> say(client, "250 ok");
                }
            }
        }

        private void data(BufferedReader in) throws IOException {
            for (String line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
                if (line.startsWith("Message-ID: ")) {
                    messageIds.add(line);
                }
            }
        }

        private static void say(Socket client, String line) throws IOException {
            client.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
