package dev.slipway.gateway;

import static dev.slipway.gateway.LiveTable.share;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.contracts.policy.Canary.Assign;
import dev.slipway.platform.Pace;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Bodies through the front: where they begin and end, what comes before and after them. */
@SuppressWarnings("StringConcatToTextBlock") // where lines end is what these tests are about
class FrontBodiesIT {
    private static final Duration SOON = Pace.patience(Duration.ofSeconds(10));
    private static final Duration CONTINUE_WITHIN = Pace.patience(Duration.ofMillis(700));
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    private static final String OURS = "Slipway-Version: 1.0.0\r\n";
    private static RunningGateway gateway;
    private static RawVersion version;

    private final LiveTable table = new LiveTable();
    private final String host = table.host();
    private final String get = "GET /x HTTP/1.1\r\nHost: " + host + "\r\n\r\n";

    @BeforeAll
    static void start() {
        gateway = RunningGateway.start("slipway.front.continue-within=" + CONTINUE_WITHIN.toMillis() + "ms");
        version = RawVersion.answering(OK);
    }

    @AfterAll
    static void stop() {
        gateway.close();
        version.close();
    }

    @AfterEach
    void silence() {
        table.close();
    }

    @Test
    void a_stream_begins_with_its_head_and_each_piece_goes_at_once() throws Exception {
        serves();
        SynchronousQueue<String> pieces = new SynchronousQueue<>();
        version.now(talk -> {
            talk.send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
            try {
                for (String piece = pieces.take(); !piece.isEmpty(); piece = pieces.take()) {
                    talk.send(piece);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        try (RawClient client = new RawClient(gateway.frontPort())) {
            client.send(get);

            assertThat(client.head())
                    .isEqualTo("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n"
                            + OURS + "\r\n");
            assertThat(client.silentFor(200)).isTrue();
            for (int i = 0; i < 3; i++) {
                pieces.put("9\r\ndata: " + i + "\n\n\r\n");
                assertThat(client.read(14)).isEqualTo("9\r\ndata: " + i + "\n\n\r\n");
            }
            pieces.put("0\r\n\r\n");
            assertThat(client.read(5)).isEqualTo("0\r\n\r\n");
            pieces.put("");
        }
    }

    @Test
    void informational_answers_are_no_answer() {
        serves();
        version.now(RawVersion.plain("HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n"
                + "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 102 Processing\r\n\r\n" + OK));
        try (RawClient client = new RawClient(gateway.frontPort())) {
            for (int i = 0; i < 3; i++) {
                client.send(get);
                assertThat(client.head()).isEqualTo("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n" + OURS + "\r\n");
                assertThat(client.read(2)).isEqualTo("ok");
            }
        }
    }

    @Test
    void trailers_follow_the_chunks() {
        serves();
        version.now(RawVersion.plain("HTTP/1.1 200 OK\r\nTrailer: X-Sum\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "2\r\nok\r\n0\r\nX-Sum: 1\r\nx-other: \u00e4\r\n\r\n"));
        try (RawClient client = new RawClient(gateway.frontPort())) {
            client.send(get);
            assertThat(client.head()).contains("Trailer: X-Sum\r\nTransfer-Encoding: chunked\r\n");
            assertThat(client.until("\r\n\r\n")).isEqualTo("2\r\nok\r\n0\r\nX-Sum: 1\r\nx-other: \u00e4\r\n\r\n");
            client.send(get);
            assertThat(client.head()).startsWith("HTTP/1.1 200 OK\r\n");
        }
    }

    @Test
    void a_client_of_http_1_0_gets_no_chunks_and_the_end_of_the_connection() {
        serves();
        version.now(RawVersion.plain(
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n3\r\nay!\r\n0\r\n\r\n"));
        try (RawClient client = new RawClient(gateway.frontPort())) {
            client.send("GET /x HTTP/1.0\r\nHost: " + host + "\r\n\r\n");
            String answer = client.rest();
            assertThat(answer).startsWith("HTTP/1.1 200 OK\r\n").endsWith("\r\n\r\nokay!");
            assertThat(answer.toLowerCase(java.util.Locale.ROOT)).doesNotContain("transfer-encoding");
        }
        try (RawClient client = new RawClient(gateway.frontPort())) {
            client.send("GET " + table.path("/x") + " HTTP/1.0\r\n\r\n");
            assertThat(client.rest()).endsWith("\r\n\r\nokay!");
        }
        assertThat(version.heads().getLast())
                .startsWith("GET /x HTTP/1.1\r\nhost: " + version.address().getAuthority() + "\r\n");
    }

    @Test
    void an_answer_that_ends_with_its_connection_is_whole_and_the_clients_connection_goes_on() {
        serves();
        version.now(talk -> {
            talk.send("HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\nold times");
            talk.close();
        });
        try (RawClient client = new RawClient(gateway.frontPort())) {
            for (int i = 0; i < 2; i++) {
                client.send(get);
                assertThat(client.head())
                        .isEqualTo("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n"
                                + OURS + "\r\n");
                assertThat(client.until("0\r\n\r\n")).isEqualTo("9\r\nold times\r\n0\r\n\r\n");
            }
        }
    }

    @Test
    void answers_without_a_body_keep_their_head_and_leave_the_connection_usable() {
        serves();
        try (RawClient client = new RawClient(gateway.frontPort())) {
            for (String[] one : new String[][] {
                {"HEAD", "HTTP/1.1 200 OK\r\nContent-Length: 1234\r\nETag: \"a\"\r\n"},
                {"HEAD", "HTTP/1.1 200 OK\r\nETag: \"a\"\r\nTransfer-Encoding: chunked\r\n"},
                {"GET", "HTTP/1.1 204 No Content\r\nETag: \"a\"\r\n"},
                {"DELETE", "HTTP/1.1 204 Gone for good\r\n"},
                {"GET", "HTTP/1.1 304 Not Modified\r\nContent-Length: 1234\r\nETag: \"a\"\r\nDate: now\r\n"},
                {"GET", "HTTP/1.1 304 Not Modified\r\nETag: \"a\"\r\n"},
                {"GET", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n"}
            }) {
                version.now(RawVersion.plain(one[1] + "\r\n"));
                client.send(one[0] + " /x HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
                assertThat(client.head()).isEqualTo(one[1] + OURS + "\r\n");
            }
        }
    }

    @Test
    void a_body_waits_for_the_version_and_one_that_is_refused_is_not_asked_for() {
        serves();
        String put = "PUT /x HTTP/1.1\r\nHost: " + host + "\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n";
        version.now(talk -> talk.send("HTTP/1.1 417 No\r\nContent-Length: 2\r\n\r\nno"));
        try (RawClient client = new RawClient(gateway.frontPort())) {
            client.send(put);
            assertThat(client.rest())
                    .startsWith("HTTP/1.1 417 No\r\n")
                    .contains(OURS)
                    .endsWith("\r\n\r\nno");
        }
        assertThat(version.heads().getLast()).contains("Expect: 100-continue\r\n");

        CountDownLatch leave = new CountDownLatch(1);
        version.now(talk -> {
            try {
                assertThat(leave.await(Pace.seconds(10), TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            talk.send("HTTP/1.1 100 Continue\r\n\r\n");
            talk.send("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n" + talk.read(3));
        });
        try (RawClient client = new RawClient(gateway.frontPort())) {
            client.send(put);
            assertThat(client.silentFor(200)).isTrue();
            leave.countDown();
            assertThat(client.head()).startsWith("HTTP/1.1 100 ");
            client.send("abc");
            assertThat(client.head()).startsWith("HTTP/1.1 200 ");
            assertThat(client.read(3)).isEqualTo("abc");
        }

        version.now(talk -> talk.send("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n" + talk.read(3)));
        try (RawClient client = new RawClient(gateway.frontPort())) {
            client.send(put);
            assertThat(client.head())
                    .as("of a version that does not know Expect")
                    .startsWith("HTTP/1.1 100 ");
            client.send("def");
            client.head();
            assertThat(client.read(3)).isEqualTo("def");
        }
    }

    @Test
    void bodies_reach_the_version_byte_by_byte_framed_as_they_were() {
        serves();
        version.now(talk -> {
            String body = talk.head().contains("chunked") ? talk.readUntil("\r\n0\r\n\r\n") : talk.read(300_000);
            talk.send("HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
        });
        String all = bytes(300_000);
        try (RawClient client = new RawClient(gateway.frontPort())) {
            client.send("POST /x HTTP/1.1\r\nHost: " + host + "\r\nContent-Length: 300000\r\n\r\n" + all);
            client.head();
            assertThat(client.read(300_000)).isEqualTo(all);
            assertThat(version.heads().getLast())
                    .contains("Content-Length: 300000\r\n")
                    .doesNotContain("hunked");

            client.send("POST /x HTTP/1.1\r\nHost: " + host
                    + "\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n");
            assertThat(client.head()).contains("Content-Length: 15\r\n");
            assertThat(client.read(15)).isEqualTo("5\r\nhello\r\n0\r\n\r\n");
            assertThat(version.heads().getLast())
                    .contains("Transfer-Encoding: chunked\r\n")
                    .doesNotContain("ontent-");
        }
    }

    @Test
    void trailers_of_a_request_follow_its_chunks_and_say_nothing_that_belongs_in_a_head() {
        serves();
        version.now(talk -> {
            String body = talk.readUntil("\r\n0\r\n");
            for (String line = talk.readUntil("\r\n"); line.length() > 2; line = talk.readUntil("\r\n")) {
                body += line;
            }
            talk.send("HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
        });
        String chunks = " /x HTTP/1.1\r\nHost: " + host
                + "\r\nTrailer: X-Sum\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n";
        String handedOn = "5\r\nhello\r\n0\r\nX-Sum: 1\r\nx-other: \u00e4\r\n";
        try (RawClient client = new RawClient(gateway.frontPort())) {
            for (String method : new String[] {"POST", "PUT", "GET", "POST"}) {
                client.send(method + chunks + "X-Sum: 1\r\nHost: evil.test\r\nX-Forwarded-For: 1.2.3.4\r\n"
                        + "Authorization: Bearer x\r\nCookie: a=b\r\nSlipway-Probe: 1\r\nx-other: \u00e4\r\n\r\n");
                assertThat(client.head()).as(method).contains("Content-Length: " + handedOn.length() + "\r\n");
                assertThat(client.read(handedOn.length())).as(method).isEqualTo(handedOn);
                assertThat(version.heads().getLast()).contains("Trailer: X-Sum\r\n");

                client.send("POST" + chunks + "\r\n");
                client.head();
                assertThat(client.read(13)).as("none is left of the one before").isEqualTo("5\r\nhello\r\n0\r\n");
            }
        }
    }

    @Test
    void a_large_answer_arrives_whole() {
        serves();
        String all = bytes(3_000_000);
        version.now(RawVersion.plain("HTTP/1.1 200 OK\r\nContent-Length: 3000000\r\n\r\n" + all));
        try (RawClient client = new RawClient(gateway.frontPort())) {
            client.send(get);
            client.head();
            assertThat(client.read(3_000_000).equals(all)).isTrue();
            client.send(get);
            assertThat(client.head()).startsWith("HTTP/1.1 200 OK\r\n");
        }
    }

    @Test
    void requests_sent_ahead_are_answered_in_their_order() {
        serves();
        version.now(talk -> {
            String n = talk.head().substring(5, 6);
            talk.send("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n" + n);
        });
        StringBuilder ahead = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            ahead.append("GET /" + i + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
        }
        try (RawClient client = new RawClient(gateway.frontPort())) {
            client.send(ahead + "POST /8 HTTP/1.1\r\nHost: " + host
                    + "\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n");
            for (int i = 0; i < 8; i++) {
                assertThat(client.head()).startsWith("HTTP/1.1 200 OK\r\n");
                assertThat(client.read(1)).isEqualTo(Integer.toString(i));
            }
            assertThat(client.rest())
                    .as("what cannot be read is refused in its turn")
                    .startsWith("HTTP/1.1 400 ");
        }
    }

    private static String bytes(int count) {
        StringBuilder bytes = new StringBuilder(count);
        for (int i = 0; i < count; i++) {
            bytes.append((char) ((i * 31 + i / 256) & 0xff));
        }
        return bytes.toString();
    }

    private void serves() {
        version.now(RawVersion.plain(OK));
        table.repeat(1, Assign.REQUEST, "hello@1.0.0/production/1", share("1.0.0", version.address(), 100));
        await().atMost(SOON).until(() -> gateway.get(table.path("/x")).statusCode() == 200);
    }
}
