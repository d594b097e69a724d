package dev.slipway.notification.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.slipway.contracts.WireJson;
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
import dev.slipway.notification.tls.CompanyCertificate;
import dev.slipway.platform.Pace;
import dev.slipway.web.guard.Guarded;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.timelimiter.TimeLimiterConfig;
import io.github.resilience4j.timelimiter.TimeLimiterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The sender against a server that answers what a test tells it to. */
class SlackSenderIT {
    private static final Instant SINCE = Instant.parse("2026-05-04T10:00:00Z");
    private static final String ID = "hello@1.1.0/SLACK/#hello/2";
    private static final String THERE = """
            {"ok":true,"messages":[{"ts":"18.000001","metadata":{"event_payload":{"delivery":"another"}}},
             {"ts":"18.000002","metadata":{"event_payload":{"delivery":"%s"}}}]}""".formatted(ID);
    private static final String NOT_THERE = "{\"ok\":true,\"messages\":[{\"ts\":\"18.000001\"}]}";
    private static final String POSTED = "{\"ok\":true,\"channel\":\"C1\",\"ts\":\"19.000001\"}";

    private final Queue<String> answers = new ArrayDeque<>();
    private final List<String> calls = new ArrayList<>();
    private HttpServer server;
    private SlackSender sender;

    @SuppressWarnings("NullAway.Init") // set before each test
    SlackSenderIT() {}

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            calls.add(exchange.getRequestURI().getPath() + " " + body);
            String answer = answers.poll();
            if (answer == null || answer.isEmpty()) {
                exchange.close(); // the connection breaks without an answer
                return;
            }
            byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        sender = sender(URI.create("http://127.0.0.1:" + server.getAddress().getPort()), "");
    }

    private static SlackSender sender(URI url, String authority) {
        SlackSettings settings = new SlackSettings(
                url,
                "xoxb-test",
                Pace.patience(Duration.ofSeconds(2)),
                Pace.patience(Duration.ofSeconds(2)),
                100_000,
                2,
                authority);
        Guarded slack = new Guarded(
                "slack",
                CircuitBreakerRegistry.ofDefaults(),
                BulkheadRegistry.ofDefaults(),
                TimeLimiterRegistry.of(TimeLimiterConfig.custom()
                        .timeoutDuration(Pace.patience(Duration.ofSeconds(5)))
                        .build()));
        return SlackSender.of(settings, slack, WireJson.mapper());
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void what_is_sent_for_the_first_time_is_not_looked_for() throws Exception {
        answers.add(POSTED);

        assertThat(sent(false, false, "17.000001", "C1")).isEqualTo(new Sent(2, null, "C1"));
        assertThat(calls)
                .singleElement()
                .asString()
                .startsWith("/chat.postMessage")
                .contains(ID);
    }

    @Test
    void a_connection_that_breaks_leaves_it_open_whether_it_arrived() throws Exception {
        answers.add("");

        assertThat(sent(false, false, "17.000001", "C1")).isInstanceOfSatisfying(NotSent.class, failed -> {
            assertThat(failed.trouble()).isEqualTo(Trouble.PASSING);
            assertThat(failed.unsure()).isTrue();
        });
    }

    @Test
    void what_nobody_listened_to_has_not_arrived() throws Exception {
        server.stop(0);

        assertThat(sent(false, false, "17.000001", "C1"))
                .isInstanceOfSatisfying(
                        NotSent.class, failed -> assertThat(failed.unsure()).isFalse());
    }

    @Test
    void what_is_found_is_not_sent_again() throws Exception {
        answers.add(THERE);
        assertThat(sent(true, false, "17.000001", "C1")).isEqualTo(new Sent(2, null, "C1"));
        answers.add(THERE);
        assertThat(sent(false, true, null, "C1")).isEqualTo(new Sent(2, "18.000002", "C1"));

        assertThat(calls.get(0)).startsWith("/conversations.replies").contains("ts=17.000001", "channel=C1");
        assertThat(calls.get(1)).startsWith("/conversations.history").contains("include_all_metadata=true");
    }

    @Test
    void what_is_not_found_is_sent() throws Exception {
        answers.addAll(List.of(NOT_THERE, POSTED));

        assertThat(sent(true, false, "17.000001", "C1")).isInstanceOf(Sent.class);
        assertThat(calls).hasSize(2);
    }

    @Test
    void a_channel_that_is_only_known_by_its_name_is_looked_up_first() throws Exception {
        answers.addAll(List.of(
                "{\"ok\":true,\"channels\":[{\"id\":\"C0\",\"name\":\"ops\"}],"
                        + "\"response_metadata\":{\"next_cursor\":\"more\"}}",
                "{\"ok\":true,\"channels\":[{\"id\":\"C7\",\"name\":\"hello\"}]}",
                THERE));

        assertThat(sent(true, false, null, null)).isEqualTo(new Sent(2, "18.000002", "C7"));
        assertThat(calls.get(1)).contains("cursor=more");
        assertThat(calls.get(2)).contains("channel=C7");
    }

    @Test
    void while_slack_cannot_be_asked_nothing_is_sent() throws Exception {
        answers.add("{\"ok\":false,\"error\":\"internal_error\"}");

        assertThat(sent(true, false, "17.000001", "C1")).isInstanceOfSatisfying(NotSent.class, failed -> {
            assertThat(failed.trouble()).isEqualTo(Trouble.PASSING);
            assertThat(failed.unsure()).isTrue();
        });
        assertThat(calls).hasSize(1);
    }

    @Test
    void where_the_app_may_not_read_twice_is_better_than_never() throws Exception {
        answers.addAll(List.of("{\"ok\":false,\"error\":\"missing_scope\"}", POSTED));

        assertThat(sent(true, false, "17.000001", "C1")).isInstanceOf(Sent.class);
    }

    @ParameterizedTest
    @CsvSource({
        "invalid_auth, HOST",
        "account_inactive, HOST",
        "token_revoked, HOST",
        "token_expired, HOST",
        "not_authed, HOST",
        "missing_scope, HOST",
        "team_access_not_granted, HOST",
        "not_in_channel, FINAL",
        "channel_not_found, FINAL",
        "is_archived, FINAL",
        "invalid_blocks, FINAL",
        "ratelimited, PASSING",
        "service_unavailable, PASSING"
    })
    void what_slack_says_is_of_the_host_or_of_this_channel(String code, Trouble trouble) throws Exception {
        answers.add("{\"ok\":false,\"error\":\"%s\"}".formatted(code));

        assertThat(sent(false, false, "17.000001", "C1")).isInstanceOfSatisfying(NotSent.class, failed -> {
            assertThat(failed.trouble()).isEqualTo(trouble);
            assertThat(failed.error()).startsWith("Slack: ").contains("(" + code + ")");
        });
    }

    @Test
    void an_answer_that_is_none_is_told_in_words() throws Exception {
        answers.add("<html>proxy</html>");

        assertThat(sent(false, false, "17.000001", "C1")).isInstanceOfSatisfying(NotSent.class, failed -> {
            assertThat(failed.trouble()).isEqualTo(Trouble.PASSING);
            assertThat(failed.error()).isEqualTo("Slack: it gave no answer that can be read");
        });
    }

    @Test
    void a_certificate_of_the_companys_own_is_trusted_where_it_is_named_and_only_there(@TempDir Path folder)
            throws Exception {
        CompanyCertificate company = CompanyCertificate.in(folder);
        HttpsServer secured = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        secured.setHttpsConfigurator(new HttpsConfigurator(company.server()));
        secured.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            byte[] bytes = POSTED.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        secured.start();
        try {
            URI url = URI.create("https://127.0.0.1:" + secured.getAddress().getPort());
            assertThat(sender(url, company.pem()).perform(run(false), sending(Form.REPLY, false, null, null)))
                    .isInstanceOf(Sent.class);
            assertThat(sender(url, "").perform(run(false), sending(Form.REPLY, false, null, null)))
                    .isInstanceOfSatisfying(NotSent.class, failed -> {
                        assertThat(failed.trouble()).isEqualTo(Trouble.HOST);
                        assertThat(failed.error()).contains("certificate is refused", "slipway.slack.authority");
                    });
        } finally {
            secured.stop(0);
        }
    }

    @Test
    void a_card_is_painted_again_without_looking() throws Exception {
        answers.add(POSTED);

        sender.perform(run(true), sending(Form.CARD_UPDATE, true, "17.000001", "C1"));

        assertThat(calls).singleElement().asString().startsWith("/chat.update").doesNotContain("metadata");
    }

    private ConversationInput sent(
            boolean unsure, boolean claimedBefore, @Nullable String thread, @Nullable String room) throws Exception {
        return sender.perform(run(claimedBefore), sending(Form.REPLY, unsure, thread, room));
    }

    private static Sending sending(Form form, boolean unsure, @Nullable String thread, @Nullable String room) {
        Party party = new Party("technical-lead", "Ada", Channel.SLACK, "#hello");
        return new Sending(
                ID, 2, form, "hello@1.1.0", party, thread, room, unsure, SINCE, new Content("subject", "text"));
    }

    private static TaskRun run(boolean claimedBefore) {
        return new TaskRun() {
            @Override
            public String aggregateId() {
                return "any";
            }

            @Override
            public String taskId() {
                return "send-2-1";
            }

            @Override
            public long fence() {
                return 1;
            }

            @Override
            public boolean claimedBefore() {
                return claimedBefore;
            }

            @Override
            public boolean dropped() {
                return false;
            }
        };
    }
}
