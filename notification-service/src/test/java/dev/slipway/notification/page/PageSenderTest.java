package dev.slipway.notification.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.slipway.contracts.WireJson;
import dev.slipway.contracts.notification.Channel;
import dev.slipway.contracts.notification.PageCheck;
import dev.slipway.messaging.TaskRun;
import dev.slipway.notification.conversation.ConversationInput;
import dev.slipway.notification.conversation.ConversationInput.NotSent;
import dev.slipway.notification.conversation.ConversationInput.Sent;
import dev.slipway.notification.conversation.ConversationInput.Trouble;
import dev.slipway.notification.conversation.Delivery.Content;
import dev.slipway.notification.conversation.Delivery.Form;
import dev.slipway.notification.conversation.Party;
import dev.slipway.notification.conversation.Sending;
import dev.slipway.platform.Pace;
import dev.slipway.web.guard.Guarded;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.timelimiter.TimeLimiterConfig;
import io.github.resilience4j.timelimiter.TimeLimiterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Announcements put on pages, against a server that answers what a test tells it to. */
class PageSenderTest {
    private static final Instant SINCE = Instant.parse("2026-05-04T10:00:00Z");
    private static final String ID = "hello@1.1.0/STATUS_PAGE/page/announcement-status/1";
    private static final Content CONTENT = new Content("hello 1.1.0 is released", "It greets.");

    private static final TaskRun RUN = new TaskRun() {
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
        public boolean claimedBefore() {
            return false;
        }

        @Override
        public boolean dropped() {
            return false;
        }
    };

    private record Reply(int status, String body, Map<String, String> headers) {}

    private final Queue<Reply> replies = new ArrayDeque<>();
    private final List<String> calls = new ArrayList<>();
    private final List<String> tokens = new ArrayList<>();

    @TempDir
    Path folder;

    private HttpServer server;
    private String host;

    @SuppressWarnings("NullAway.Init") // set before each test
    PageSenderTest() {}

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            calls.add("%s %s %s"
                    .formatted(exchange.getRequestMethod(), exchange.getRequestURI(), body)
                    .strip());
            for (String name : List.of("Authorization", "PRIVATE-TOKEN")) {
                String token = exchange.getRequestHeaders().getFirst(name);
                if (token != null) {
                    tokens.add(token);
                }
            }
            Reply reply = replies.poll();
            if (reply == null) {
                exchange.close(); // the connection breaks without an answer
                return;
            }
            reply.headers()
                    .forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
            byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(reply.status(), bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        host = "127.0.0.1:" + server.getAddress().getPort();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void replies(int status, String body) {
        replies.add(new Reply(status, body, Map.of()));
    }

    private PageSender sender(List<String> hosts, @Nullable String token) throws IOException {
        return PageSender.of(settings(hosts, token), guarded(), WireJson.mapper());
    }

    private PageSettings settings(List<String> hosts, @Nullable String token) throws IOException {
        Path file = folder.resolve("token");
        if (token == null) {
            Files.deleteIfExists(file);
        } else {
            Files.writeString(file, token + "\nand nothing else\n");
        }
        return new PageSettings(
                hosts,
                Pace.patience(Duration.ofSeconds(5)),
                Pace.patience(Duration.ofSeconds(5)),
                100_000,
                List.of(new PageSettings.Credential(host, file)));
    }

    private static Guarded guarded() {
        return new Guarded(
                "pages",
                CircuitBreakerRegistry.of(Map.of("pages", CircuitBreakerConfig.ofDefaults())),
                BulkheadRegistry.ofDefaults(),
                TimeLimiterRegistry.of(TimeLimiterConfig.custom()
                        .timeoutDuration(Pace.patience(Duration.ofSeconds(10)))
                        .build()));
    }

    private ConversationInput sent(Channel channel, String path, boolean unsure) throws Exception {
        return sent(sender(List.of(host), "secret-token"), channel, path, unsure);
    }

    private ConversationInput sent(PageSender sender, Channel channel, String path, boolean unsure) throws Exception {
        Party party = new Party("announcement", "announcement status", channel, "http://" + host + path);
        return sender.perform(
                RUN, new Sending(ID, 1, Form.MAIL, "hello@1.1.0", party, null, null, unsure, SINCE, CONTENT));
    }

    private ConversationInput incident(boolean unsure) throws Exception {
        return sent(Channel.STATUS_PAGE, "/v1/pages/p1/incidents", unsure);
    }

    // ---- looked at before there is anything to put there

    private PageCheck looked(String path) throws Exception {
        return looked(List.of(host), "secret-token", path);
    }

    private PageCheck looked(List<String> hosts, @Nullable String token, String path) throws Exception {
        PageCheck seen = PageLook.of(settings(hosts, token), guarded(), WireJson.mapper())
                .at("http://" + host + path);
        assertThat(seen.address()).isEqualTo("http://" + host + path);
        assertThat(seen.text()).doesNotContain("secret-token");
        return seen;
    }

    @Test
    void a_page_that_is_shown_to_the_token_is_usable_and_nothing_is_written_there() throws Exception {
        replies(200, "[]");
        assertThat(looked("/v1/pages/p1/incidents").usable()).isTrue();
        replies(200, "{\"permissions\": {\"push\": true}}");
        assertThat(looked("/repos/team/shop").text())
                .isEqualTo("It is shown to the token for %s, which may write.".formatted(host));
        replies(200, "{\"permissions\": {\"project_access\": null, \"group_access\": {\"access_level\": 30}}}");
        assertThat(looked("/api/v4/projects/team%2Fshop").usable()).isTrue();
        replies(200, "{}");
        assertThat(looked("/repos/team/shop").text()).endsWith("whether that may write is not said before it does.");

        assertThat(calls)
                .containsExactly(
                        "GET /v1/pages/p1/incidents?limit=1",
                        "GET /repos/team/shop",
                        "GET /api/v4/projects/team%2Fshop",
                        "GET /repos/team/shop");
        assertThat(tokens)
                .containsExactly("OAuth secret-token", "Bearer secret-token", "secret-token", "Bearer secret-token");
    }

    @Test
    void a_token_that_may_not_write_or_is_not_accepted_is_said_with_what_helps() throws Exception {
        replies(200, "{\"permissions\": {\"push\": false}}");
        assertThat(looked("/repos/team/shop"))
                .isEqualTo(new PageCheck(
                        "http://" + host + "/repos/team/shop",
                        false,
                        "The token for %s may see it and not write: set one that may in its token-file."
                                .formatted(host)));
        replies(200, "{\"permissions\": {\"project_access\": {\"access_level\": 20}}}");
        assertThat(looked("/api/v4/projects/7").usable()).isFalse();
        replies(401, "");
        assertThat(looked("/v1/pages/p1/incidents").text()).contains("does not accept the token", "token-file");
        replies(404, "");
        assertThat(looked("/v1/pages/p1/incidents").text())
                .isEqualTo("There is no such page, or the token for %s may not see it.".formatted(host));
    }

    @Test
    void a_host_that_is_not_allowed_or_has_no_token_is_not_called() throws Exception {
        assertThat(looked(List.of(), "secret-token", "/repos/team/shop").text())
                .contains("slipway.pages.hosts", "./slipway allow --host");
        assertThat(looked(List.of(host), null, "/repos/team/shop").text()).contains("slipway.pages.credentials");
        assertThat(looked("/wiki/home").usable()).isFalse();
        assertThat(looked("/wiki/home").text()).contains("https://api.github.com/repos/OWNER/NAME");
        assertThat(calls).isEmpty();
    }

    // ---- status page

    @Test
    void an_incident_that_is_resolved_is_put_on_a_status_page_and_known_by_its_link() throws Exception {
        replies(201, "{\"id\": \"i1\", \"shortlink\": \"https://stspg.example.test/i1\"}");

        assertThat(incident(false)).isEqualTo(new Sent(1, "https://stspg.example.test/i1", null));
        assertThat(calls)
                .singleElement()
                .asString()
                .startsWith("POST /v1/pages/p1/incidents ")
                .contains(
                        "\"name\":\"hello 1.1.0 is released\"",
                        "\"status\":\"resolved\"",
                        "\"body\":\"It greets.\"",
                        "\"delivery\":\"" + ID + "\"");
        assertThat(tokens).containsExactly("OAuth secret-token");
    }

    @Test
    void one_that_may_be_there_is_looked_for_before_it_is_put_there_once_more() throws Exception {
        replies(200, """
                [{"id": "i0", "metadata": {"slipway": {"delivery": "another"}}},
                 {"id": "i1", "metadata": {"slipway": {"delivery": "%s"}}}]""".formatted(ID));
        assertThat(incident(true)).isEqualTo(new Sent(1, "i1", null));
        assertThat(calls).singleElement().asString().startsWith("GET /v1/pages/p1/incidents?limit=100");

        replies(200, "[]");
        replies(201, "{\"id\": \"i2\"}");
        assertThat(incident(true)).isEqualTo(new Sent(1, "i2", null));

        replies.add(new Reply(503, "", Map.of()));
        assertThat(incident(true))
                .as("who cannot be asked is not told, and still unsure")
                .isInstanceOfSatisfying(NotSent.class, not -> {
                    assertThat(not.trouble()).isEqualTo(Trouble.PASSING);
                    assertThat(not.unsure()).isTrue();
                });
    }

    @Test
    void what_breaks_off_may_have_been_accepted_and_what_is_refused_was_not() throws Exception {
        assertThat(incident(false)).isInstanceOfSatisfying(NotSent.class, not -> {
            assertThat(not.trouble()).isEqualTo(Trouble.PASSING);
            assertThat(not.unsure()).isTrue();
        });
        replies(422, "{\"error\": \"name is too\\nlong\"}");
        assertThat(incident(false)).isInstanceOfSatisfying(NotSent.class, not -> {
            assertThat(not.trouble()).isEqualTo(Trouble.FINAL);
            assertThat(not.unsure()).isFalse();
            assertThat(not.error()).contains("status 422", "name is too long");
        });
        replies.add(new Reply(429, "", Map.of("Retry-After", "7")));
        assertThat(incident(false)).isInstanceOfSatisfying(NotSent.class, not -> {
            assertThat(not.trouble()).isEqualTo(Trouble.PASSING);
            assertThat(not.after()).isEqualTo(Duration.ofSeconds(7));
        });
        replies(401, "");
        assertThat(incident(false)).isInstanceOfSatisfying(NotSent.class, not -> {
            assertThat(not.trouble()).isEqualTo(Trouble.HOST);
            assertThat(not.error()).contains("token-file").doesNotContain("secret-token");
        });
    }

    @Test
    void no_host_is_called_that_the_administrator_does_not_name_and_none_without_a_token() throws Exception {
        ConversationInput other =
                sent(sender(List.of("api.statuspage.io"), "t"), Channel.STATUS_PAGE, "/v1/pages/p1/incidents", false);
        ConversationInput bare =
                sent(sender(List.of(host), null), Channel.STATUS_PAGE, "/v1/pages/p1/incidents", false);
        ConversationInput broken =
                sent(sender(List.of(host), "a b"), Channel.STATUS_PAGE, "/v1/pages/p1/incidents", false);

        assertThat(other).isInstanceOfSatisfying(NotSent.class, not -> {
            assertThat(not.trouble()).isEqualTo(Trouble.HOST);
            assertThat(not.error()).contains("./slipway allow --host " + host);
        });
        assertThat(List.of(bare, broken))
                .allSatisfy(each -> assertThat(each)
                        .isInstanceOfSatisfying(
                                NotSent.class, not -> assertThat(not.error()).contains("slipway.pages.credentials")));
        assertThat(calls).isEmpty();
    }

    @Test
    void a_redirect_is_not_followed() throws Exception {
        replies.add(new Reply(307, "", Map.of("Location", "http://" + host + "/elsewhere")));

        assertThat(incident(false))
                .isInstanceOfSatisfying(
                        NotSent.class, not -> assertThat(not.trouble()).isEqualTo(Trouble.FINAL));
        assertThat(calls).hasSize(1);
    }

    // ---- text of a release

    @Test
    void the_text_of_a_release_at_github_is_made_at_a_tag_that_is_there() throws Exception {
        replies(404, "{\"message\": \"Not Found\"}");
        replies(200, "{\"ref\": \"refs/tags/v1.1.0\"}");
        replies(201, "{\"id\": 7, \"html_url\": \"https://git.example.test/team/shop/releases/tag/v1.1.0\"}");

        assertThat(sent(Channel.RELEASE_TEXT, "/repos/team/shop/releases/tags/v1.1.0", false))
                .isEqualTo(new Sent(1, "https://git.example.test/team/shop/releases/tag/v1.1.0", null));
        assertThat(calls)
                .satisfiesExactly(
                        looks -> assertThat(looks).isEqualTo("GET /repos/team/shop/releases/tags/v1.1.0"),
                        tag -> assertThat(tag).isEqualTo("GET /repos/team/shop/git/ref/tags/v1.1.0"),
                        makes -> assertThat(makes)
                                .startsWith("POST /repos/team/shop/releases ")
                                .contains("\"tag_name\":\"v1.1.0\"", "\"body\":\"It greets.\""));
        assertThat(tokens).containsOnly("Bearer secret-token");
    }

    @Test
    void where_there_is_no_tag_none_is_made() throws Exception {
        replies(404, "{}");
        replies(404, "{}");

        assertThat(sent(Channel.RELEASE_TEXT, "/repos/team/shop/releases/tags/v1.1.0", false))
                .isInstanceOfSatisfying(NotSent.class, not -> {
                    assertThat(not.trouble()).isEqualTo(Trouble.HOST);
                    assertThat(not.error()).contains("has no tag v1.1.0");
                });
        assertThat(calls).noneMatch(call -> call.startsWith("POST"));
    }

    @Test
    void a_release_that_is_there_gets_this_text_and_one_that_has_it_is_left_as_it_is() throws Exception {
        String release =
                "{\"id\": 7, \"name\": \"hello 1.1.0 is released\", \"body\": \"%s\", \"html_url\": \"https://r\"}";
        replies(200, release.formatted("TODO"));
        replies(200, release.formatted("It greets."));

        assertThat(sent(Channel.RELEASE_TEXT, "/repos/team/shop/releases/tags/v1.1.0", false))
                .isEqualTo(new Sent(1, "https://r", null));
        assertThat(calls.getLast()).startsWith("PATCH /repos/team/shop/releases/7 ");

        calls.clear();
        replies(200, release.formatted("It greets."));
        assertThat(sent(Channel.RELEASE_TEXT, "/repos/team/shop/releases/tags/v1.1.0", true))
                .isEqualTo(new Sent(1, "https://r", null));
        assertThat(calls).singleElement().asString().startsWith("GET");
    }

    @Test
    void gitlab_speaks_of_a_description_and_takes_its_own_header() throws Exception {
        String at = "/api/v4/projects/team%2Fshop/releases/v1.1.0";
        replies(404, "{}");
        replies(201, "{\"tag_name\": \"v1.1.0\", \"_links\": {\"self\": \"https://g\"}}");
        assertThat(sent(Channel.RELEASE_TEXT, at, false)).isEqualTo(new Sent(1, "https://g", null));
        assertThat(calls.getLast())
                .startsWith("POST /api/v4/projects/team%2Fshop/releases ")
                .contains("\"description\":\"It greets.\"", "\"tag_name\":\"v1.1.0\"");

        replies(200, "{\"name\": \"another\", \"description\": \"\"}");
        replies(200, "{}");
        assertThat(sent(Channel.RELEASE_TEXT, at, false)).isEqualTo(new Sent(1, "http://" + host + at, null));
        assertThat(calls.getLast()).startsWith("PUT " + at + " ");
        assertThat(tokens).containsOnly("secret-token");
    }

    @Test
    void an_address_that_is_none_is_given_up_at_once() throws Exception {
        assertThat(sent(Channel.RELEASE_TEXT, "/elsewhere", false))
                .isInstanceOfSatisfying(
                        NotSent.class, not -> assertThat(not.trouble()).isEqualTo(Trouble.FINAL));
        assertThat(calls).isEmpty();
    }
}
