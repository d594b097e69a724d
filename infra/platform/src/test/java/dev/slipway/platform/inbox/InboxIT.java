package dev.slipway.platform.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.platform.Pace;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class InboxIT {
    private static final int MESSAGES_MAX = 5;
    private static final String TOKEN = "Bearer xoxb-local";

    private final Path directory;
    private final HttpClient http = HttpClient.newHttpClient();
    private Inbox inbox;

    InboxIT(@TempDir Path directory) {
        this.directory = directory;
        inbox = start(directory);
    }

    @AfterEach
    void stop() {
        inbox.close();
        http.close();
    }

    @Test
    void a_card_is_posted_answered_in_its_thread_and_updated() throws Exception {
        JsonNode posted = slack("chat.postMessage", """
                {"channel":"#releases","text":"1.1.0 is rolling out","client_msg_id":"c-1",
                 "blocks":[{"type":"section"}],"metadata":{"event_type":"release","event_payload":{"id":"r1"}}}""");
        String ts = posted.path("ts").stringValue();
        slack("chat.postMessage", """
                {"channel":"#releases","text":"errors 30 %%","thread_ts":"%s"}""".formatted(ts));
        JsonNode updated = slack("chat.update", """
                {"channel":"#releases","ts":"%s","text":"1.1.0 was rolled back"}""".formatted(ts));

        assertThat(posted.path("ok").booleanValue()).isTrue();
        assertThat(updated.path("ts").stringValue()).isEqualTo(ts);
        JsonNode shown = inbox("").path("slack");
        assertThat(shown).hasSize(2);
        assertThat(shown.get(0).path("text").stringValue()).isEqualTo("1.1.0 was rolled back");
        assertThat(shown.get(0).path("clientMessageId").stringValue()).isEqualTo("c-1");
        assertThat(shown.get(0)
                        .path("metadata")
                        .path("event_payload")
                        .path("id")
                        .stringValue())
                .isEqualTo("r1");
        assertThat(shown.get(0).has("updatedAt")).isTrue();
        assertThat(shown.get(1).path("threadTs").stringValue()).isEqualTo(ts);
        assertThat(shown.get(1).has("updatedAt")).isFalse();
    }

    @Test
    void the_same_message_sent_twice_is_shown_twice() throws Exception {
        String message = """
                {"channel":"#releases","text":"again","client_msg_id":"c-1"}""";

        JsonNode first = slack("chat.postMessage", message);
        JsonNode second = slack("chat.postMessage", message);

        assertThat(first.path("ts").stringValue()).isLessThan(second.path("ts").stringValue());
        assertThat(inbox("").path("slack")).hasSize(2);
    }

    @Test
    void a_form_says_the_same_as_json() throws Exception {
        String form =
                "token=xoxb-local&channel=C1&text=" + encoded("a & b") + "&blocks=" + encoded("[{\"type\":\"x\"}]");

        JsonNode answer = body(send("/api/chat.postMessage", "application/x-www-form-urlencoded", "", form));

        assertThat(answer.path("ok").booleanValue()).isTrue();
        JsonNode shown = inbox("").path("slack").get(0);
        assertThat(shown.path("text").stringValue()).isEqualTo("a & b");
        assertThat(shown.path("blocks").get(0).path("type").stringValue()).isEqualTo("x");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            chat.postMessage | {"channel":"C1"}                                | no_text
            chat.postMessage | {"text":"x"}                                    | channel_not_found
            chat.postMessage | {"channel":"C1","text":"x","blocks":{}}         | invalid_blocks
            chat.postMessage | {"channel":"C1","text":"x","thread_ts":"y"}     | invalid_arguments
            chat.postMessage | {"channel":"C1","text":"x","metadata":{"a":1}}  | invalid_metadata_format
            chat.postMessage | {"channel":                                     | invalid_json
            chat.postMessage | []                                              | json_not_object
            chat.update      | {"channel":"C1","ts":"1.000000","text":"x"}     | message_not_found
            chat.update      | {"channel":"C1","text":"x"}                     | message_not_found
            chat.delete      | {"channel":"C1"}                                | unknown_method
            """)
    void what_is_wrong_is_told_in_slacks_words(String method, String body, String error) throws Exception {
        JsonNode answer = slack(method, body);

        assertThat(answer.path("ok").booleanValue()).isFalse();
        assertThat(answer.path("error").stringValue()).isEqualTo(error);
        assertThat(inbox("").path("slack")).isEmpty();
    }

    @Test
    void a_call_needs_a_token_and_has_a_size() throws Exception {
        String message = """
                {"channel":"C1","text":"x"}""";
        String large = """
                {"channel":"C1","text":"%s"}""".formatted("x".repeat(5_000));

        assertThat(error(send("/api/chat.postMessage", "application/json", "", message)))
                .isEqualTo("not_authed");
        assertThat(error(send("/api/chat.postMessage", "application/json", "Bearer ", message)))
                .isIn("not_authed", "invalid_auth");
        assertThat(error(send("/api/chat.postMessage", "application/json", TOKEN, large)))
                .isEqualTo("request_too_large");
        assertThat(error(send("/api/chat.postMessage", "text/plain", TOKEN, message)))
                .isEqualTo("invalid_post_type");
        assertThat(body(send("/api/auth.test", "application/json", TOKEN, ""))
                        .path("ok")
                        .booleanValue())
                .isTrue();
    }

    @Test
    void a_mail_is_shown_once_with_everyone_to_whom_it_went() throws Exception {
        mail("First", "Rolled back.\r\n.\r\nSee the timeline.", "lead@example.org", "ops@example.org");

        JsonNode mails = inbox("").path("email");

        assertThat(mails).hasSize(1);
        JsonNode mail = mails.get(0);
        assertThat(mail.path("from").stringValue()).isEqualTo("slipway@example.org");
        assertThat(mail.path("to").valueStream().map(JsonNode::stringValue))
                .containsExactlyInAnyOrder("lead@example.org", "ops@example.org");
        assertThat(mail.path("subject").stringValue()).isEqualTo("First");
        assertThat(mail.path("text").stringValue().strip()).isEqualTo("Rolled back.\r\n.\r\nSee the timeline.");
        assertThat(mail.path("inReplyTo").stringValue()).isEqualTo("<root@slipway>");
        assertThat(mail.path("references").get(1).stringValue()).isEqualTo("<second@slipway>");
        assertThat(mail.path("headers").path("X-Slipway-Delivery").stringValue())
                .isEqualTo("d-1");
        assertThat(mail.path("messageId").stringValue()).startsWith("<");
    }

    @Test
    void a_mail_above_the_limit_is_not_taken_and_the_next_one_is() throws Exception {
        assertThatThrownBy(() -> mail("Large", "x\r\n".repeat(30_000), "lead@example.org"))
                .isInstanceOf(MessagingException.class);

        mail("Small", "x", "lead@example.org");

        assertThat(inbox("").path("email")).hasSize(1);
    }

    @Test
    void the_inbox_is_there_after_a_restart_and_its_ids_go_on() throws Exception {
        String ts = post("before");
        mail("Before", "x", "lead@example.org");
        inbox.close();
        Files.writeString(directory.resolve("slack.jsonl"), "{\"seq\":9,\"chan", StandardOpenOption.APPEND);

        inbox = start(directory);
        JsonNode updated = slack("chat.update", """
                {"channel":"C1","ts":"%s","text":"after"}""".formatted(ts));
        String later = post("later");

        assertThat(updated.path("ok").booleanValue()).isTrue();
        assertThat(later).isGreaterThan(ts);
        assertThat(texts(inbox(""))).containsExactly("after", "later");
        assertThat(inbox("").path("email")).hasSize(1);
        inbox.close();
        inbox = start(directory);
        assertThat(texts(inbox(""))).containsExactly("after", "later");
    }

    @Test
    void only_the_latest_are_kept_in_memory_and_on_disk() throws Exception {
        for (int i = 0; i < 200; i++) {
            post("message " + i + " " + "x".repeat(100));
        }
        String[] latest = IntStream.range(195, 200)
                .mapToObj(i -> "message " + i + " " + "x".repeat(100))
                .toArray(String[]::new);

        assertThat(texts(inbox(""))).containsExactly(latest);
        assertThat(Files.size(directory.resolve("slack.jsonl")) + Files.size(directory.resolve("slack.1.jsonl")))
                .isLessThan(10_000);
        inbox.close();
        inbox = start(directory);
        assertThat(texts(inbox(""))).containsExactly(latest);
    }

    @Test
    void a_cursor_shows_what_has_come_or_changed_since() throws Exception {
        String ts = post("one");
        post("two");
        long cursor = inbox("").path("next").longValue();

        assertThat(inbox("?after=" + cursor).path("slack")).isEmpty();
        slack("chat.update", """
                {"channel":"C1","ts":"%s","text":"one, changed"}""".formatted(ts));
        mail("New", "x", "lead@example.org");

        assertThat(texts(inbox("?after=" + cursor))).containsExactly("one, changed");
        assertThat(inbox("?after=" + cursor).path("email")).hasSize(1);
    }

    @Test
    void an_app_reads_back_what_it_posted_with_its_metadata() throws Exception {
        String card = post("card");
        for (int i = 0; i < 3; i++) {
            slack("chat.postMessage", """
                    {"channel":"C1","text":"reply %d","thread_ts":"%s",
                     "metadata":{"event_type":"d","event_payload":{"delivery":"d-%d"}}}""".formatted(i, card, i));
        }
        String next = post("next card");

        JsonNode history = form("conversations.history", "channel=C1&limit=1");
        assertThat(readBack(history)).containsExactly("next card");
        assertThat(history.path("has_more").booleanValue()).isTrue();
        String cursor = history.path("response_metadata").path("next_cursor").stringValue();
        assertThat(readBack(form("conversations.history", "channel=C1&limit=1&cursor=" + cursor)))
                .containsExactly("card");
        assertThat(readBack(form("conversations.history", "channel=C1&oldest=" + next)))
                .containsExactly("next card");
        JsonNode thread = form("conversations.replies", "channel=C1&include_all_metadata=true&ts=" + card);
        assertThat(readBack(thread)).containsExactly("card", "reply 0", "reply 1", "reply 2");
        assertThat(thread.path("messages")
                        .get(3)
                        .path("metadata")
                        .path("event_payload")
                        .path("delivery")
                        .asString())
                .isEqualTo("d-2");
        assertThat(form("conversations.replies", "channel=C1&ts=" + card)
                        .path("messages")
                        .get(3)
                        .has("metadata"))
                .isFalse();
        assertThat(form("conversations.list", "limit=100")
                        .path("channels")
                        .get(0)
                        .path("id")
                        .asString())
                .isEqualTo("C1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            conversations.history | channel=C9                 | channel_not_found
            conversations.history | channel=C1&oldest=soon     | invalid_ts_oldest
            conversations.history | channel=C1&limit=many      | invalid_limit
            conversations.replies | channel=C1&ts=1.000000     | thread_not_found
            """)
    void what_cannot_be_read_back_is_told_in_slacks_words(String method, String arguments, String error)
            throws Exception {
        post("card");

        assertThat(form(method, arguments).path("error").stringValue()).isEqualTo(error);
    }

    @Test
    void a_mail_with_the_same_id_is_shown_once_and_its_copies_are_counted() throws Exception {
        mailWithId("<d-1@slipway>", "First", "x", "lead@example.org");
        mailWithId("<d-1@slipway>", "First", "x", "lead@example.org");
        mailWithId("<d-1@slipway>", "First", "x", "lead@example.org");
        mailWithId("<d-1@slipway>", "First", "x", "ops@example.org");

        JsonNode mails = inbox("").path("email");

        assertThat(mails).hasSize(2);
        assertThat(mails.get(0).path("repeats").intValue()).isEqualTo(2);
        assertThat(mails.get(1).has("repeats")).isFalse();
        inbox.close();
        inbox = start(directory);
        assertThat(inbox("").path("email").get(0).path("repeats").intValue()).isEqualTo(2);
    }

    private JsonNode form(String method, String arguments) throws Exception {
        return body(send("/api/" + method, "application/x-www-form-urlencoded", TOKEN, arguments));
    }

    private static List<String> readBack(JsonNode answer) {
        return answer.path("messages")
                .valueStream()
                .map(message -> message.path("text").stringValue())
                .toList();
    }

    private static Inbox start(Path where) {
        return Inbox.start(new InboxSettings(where, 0, 0, MESSAGES_MAX, 4_096, 64 * 1024, 4_096), Clock.systemUTC());
    }

    private String post(String text) throws Exception {
        return slack("chat.postMessage", """
                {"channel":"C1","text":"%s"}""".formatted(text)).path("ts").stringValue();
    }

    private static List<String> texts(JsonNode inbox) {
        return inbox.path("slack")
                .valueStream()
                .map(message -> message.path("text").stringValue())
                .toList();
    }

    private JsonNode inbox(String query) throws Exception {
        URI uri = URI.create(inbox.slackUrl() + "/inbox" + query);
        return body(http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString()));
    }

    private JsonNode slack(String method, String json) throws Exception {
        return body(send("/api/" + method, "application/json; charset=utf-8", TOKEN, json));
    }

    private HttpResponse<String> send(String path, String type, String authorization, String body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(inbox.slackUrl() + path))
                .timeout(Pace.patience(Duration.ofSeconds(10)))
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode body(HttpResponse<String> response) {
        return Arrivals.JSON.readTree(response.body());
    }

    private static String error(HttpResponse<String> response) {
        return body(response).path("error").stringValue();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private void mail(String subject, String text, String... to) throws Exception {
        mailWithId(null, subject, text, to);
    }

    private void mailWithId(@Nullable String id, String subject, String text, String... to) throws Exception {
        Properties properties = new Properties();
        properties.setProperty("mail.smtp.host", "127.0.0.1");
        properties.setProperty("mail.smtp.port", Integer.toString(inbox.smtpPort()));
        properties.setProperty("mail.smtp.timeout", "10000");
        MimeMessage message = new MimeMessage(Session.getInstance(properties)) {
            @Override
            protected void updateMessageID() throws MessagingException {
                super.updateMessageID();
                if (id != null) {
                    setHeader("Message-ID", id);
                }
            }
        };
        message.setFrom("slipway@example.org");
        for (String one : to) {
            message.addRecipient(Message.RecipientType.TO, new InternetAddress(one));
        }
        message.setSubject(subject);
        message.setText(text);
        message.setHeader("In-Reply-To", "<root@slipway>");
        message.setHeader("References", "<root@slipway> <second@slipway>");
        message.setHeader("X-Slipway-Delivery", "d-1");
        Transport.send(message);
    }
}
