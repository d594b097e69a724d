package dev.slipway.gateway;

import static dev.slipway.gateway.LiveTable.share;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.contracts.policy.Canary.Assign;
import dev.slipway.platform.Pace;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Heads of requests and answers through the front, compared byte for byte. */
@SuppressWarnings("StringConcatToTextBlock") // where lines end is what these tests are about
class FrontHeadsIT {
    private static final Duration SOON = Pace.patience(Duration.ofSeconds(10));
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    private static final String TRACE = "traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\r\n";
    private static RunningGateway gateway;
    private static RawVersion version;

    private final LiveTable table = new LiveTable();
    private final String host = table.host();

    @BeforeAll
    static void start() {
        gateway = RunningGateway.start();
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
    void a_requests_head_reaches_the_version_as_it_was_sent() {
        serves();
        String lines = "ACCEPT-language: de\r\nX-B: 2\r\nx-b: 1\r\nX-B:3\r\nCookie: a=\u00df\u00dc; b=\u0080\u00ff\r\n"
                + "Referer: /\u00c3\u009f\u00f0\u009f\u0098\u0080\r\nContent-Type: image/png\r\nX-Empty: \r\nOrigin: null\r\n"
                + "Authorization: Basic abc\r\nx-a: \"a, b\" ; c\r\nContent-Length: 3\r\n";
        try (RawClient client = new RawClient(gateway.frontPort())) {
            client.send("POST /a HTTP/1.1\r\nHost: " + host + ":8000\r\n" + TRACE + lines + "\r\nabc");
            assertThat(client.head()).startsWith("HTTP/1.1 200 OK\r\n");
        }

        assertThat(last())
                .isEqualTo("POST /a HTTP/1.1\r\nHost: " + host + ":8000\r\n" + TRACE + lines.replace("X-B:3", "X-B: 3")
                        + forwarded(host + ":8000") + "\r\n");
    }

    @Test
    void an_answers_head_reaches_the_client_as_it_was_written() {
        serves();
        for (String written : new String[] {
            "HTTP/1.1 200 OK\r\nContent-Type: json\r\nContent-Length: 2\r\n",
            "HTTP/1.1 200 Fine by me\r\ncontent-TYPE: a/b, c/d\r\nSet-Cookie: a=1\r\nX-A: 1\r\nset-cookie: b=\u00e4\u00ff\r\n"
                    + "SET-Cookie: c=3; Path=/\r\nContent-Length: 2\r\nServer: odd (x)\r\n",
            "HTTP/1.1 299 Nobody knows\r\nContent-Type: text/html; charset=nonsense; =; q\r\nContent-Length: 2\r\n",
            "HTTP/1.1 302 Found\r\nLocation: /elsewhere?x=1\r\nContent-Length: 2\r\n",
            "HTTP/1.1 404 Not Found\r\nAccess-Control-Allow-Origin: *\r\nContent-Length: 2\r\nX-Frame-Options: none\r\n",
            "HTTP/1.1 599 \r\nContent-Length: 2\r\nTransfer-coding: x\r\n"
        }) {
            version.now(RawVersion.plain(written + "\r\nok"));
            try (RawClient client = new RawClient(gateway.frontPort())) {
                client.send("GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
                assertThat(client.head()).isEqualTo(written + "Slipway-Version: 1.0.0\r\n\r\n");
                assertThat(client.read(2)).isEqualTo("ok");
            }
        }
    }

    @Test
    void a_target_reaches_the_version_as_it_was_sent() {
        serves();
        for (String target : new String[] {
            "/",
            "/?",
            "/a?",
            "/a//b//",
            "/a;b=1/c;",
            "/%2F%2f",
            "/..;/a/../b/.",
            "/a.",
            "/[]|^{}`",
            "/a%",
            "/%zz?%",
            "/\"<>\\",
            "/a?x=[1]&y=|&z={\"a\":1}",
            "/?a=http://x/y?z",
            "/\u00c3\u009f?\u00c3\u00bc=\u00f0\u009f\u0098\u0080",
            "/apps/other/production/x",
            "/" + "x".repeat(8000)
        }) {
            assertThat(asked("GET " + target + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n"))
                    .startsWith("GET " + target + " HTTP/1.1\r\n");
            assertThat(asked("GET " + table.path(target.equals("/..;/a/../b/.") ? "/x" : target)
                            + " HTTP/1.1\r\nHost: x\r\n\r\n"))
                    .startsWith("GET " + (target.equals("/..;/a/../b/.") ? "/x" : target) + " HTTP/1.1\r\n");
        }
        assertThat(asked("OPTIONS * HTTP/1.1\r\nHost: " + host + "\r\n\r\n")).startsWith("OPTIONS * HTTP/1.1\r\n");
        assertThat(asked("GET http://" + host + "/a?b HTTP/1.1\r\nHost: elsewhere\r\n\r\n"))
                .startsWith("GET /a?b HTTP/1.1\r\n")
                .contains("Host: " + host + "\r\n");
        assertThat(asked("GET /latin\u00e9 HTTP/1.1\r\nHost: " + host + "\r\n\r\n"))
                .as("bytes that are no UTF-8")
                .startsWith("GET /latin%E9 HTTP/1.1\r\n");
    }

    @Test
    void nothing_is_added_to_a_request_but_how_it_came() {
        serves();
        for (String method :
                new String[] {"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "PURGE", "TRACE"}) {
            assertThat(asked(method + " /x HTTP/1.1\r\nHost: " + host + "\r\n" + TRACE + "\r\n"))
                    .isEqualTo(method + " /x HTTP/1.1\r\nHost: " + host + "\r\n" + TRACE + forwarded(host) + "\r\n");
        }
        assertThat(asked("POST /x HTTP/1.1\r\nHost: " + host + "\r\n" + TRACE + "Content-Length: 0\r\n\r\n"))
                .contains("Content-Length: 0\r\n");
        assertThat(asked("GET " + table.path("/x") + " HTTP/1.1\r\nHost: y\r\n" + TRACE + "\r\n"))
                .contains("X-Forwarded-Prefix: /apps/" + table.environment() + "\r\n");
    }

    @Test
    void a_preflight_is_the_applications_own() {
        serves();
        version.now(
                RawVersion.plain(
                        "HTTP/1.1 204 No Content\r\nAccess-Control-Allow-Origin: http://a.example\r\nAccess-Control-Allow-Methods: PUT\r\n\r\n"));
        try (RawClient client = new RawClient(gateway.frontPort())) {
            client.send("OPTIONS /x HTTP/1.1\r\nHost: " + host + "\r\nOrigin: http://a.example\r\n"
                    + "Access-Control-Request-Method: PUT\r\n\r\n");
            assertThat(client.head())
                    .startsWith("HTTP/1.1 204 No Content\r\nAccess-Control-Allow-Origin: http://a.example\r\n"
                            + "Access-Control-Allow-Methods: PUT\r\n");
        }
        assertThat(last()).startsWith("OPTIONS /x HTTP/1.1\r\n").contains("Origin: http://a.example\r\n");
    }

    @Test
    void what_concerns_one_connection_alone_ends_with_it() {
        serves();
        version.now(RawVersion.plain(
                "HTTP/1.1 200 OK\r\nConnection: keep-alive, X-Own\r\nKeep-Alive: timeout=5\r\nX-Own: 1\r\n"
                        + "Proxy-Authenticate: Basic\r\nX-Kept: 1\r\nContent-Length: 2\r\nUpgrade: h2c\r\n\r\nok"));
        try (RawClient client = new RawClient(gateway.frontPort())) {
            client.send(
                    "GET / HTTP/1.1\r\nHost: " + host + "\r\n" + TRACE
                            + "Connection: keep-alive, X-Mine, Host, X-Forwarded-For\r\nKeep-Alive: 5\r\nProxy-Connection: close\r\n"
                            + "X-Mine: 1\r\nTE: trailers\r\nUpgrade: h2c\r\nX-Kept: 1\r\nX-Forwarded-For: 6.6.6.6\r\n"
                            + "Forwarded: for=6.6.6.6\r\nX-Forwarded-Port: 1\r\nProxy-Authorization: x\r\nSlipway-Probe: 1\r\n\r\n");
            assertThat(client.head())
                    .isEqualTo("HTTP/1.1 200 OK\r\nX-Kept: 1\r\nContent-Length: 2\r\nSlipway-Version: 1.0.0\r\n\r\n");
        }
        assertThat(last())
                .isEqualTo("GET / HTTP/1.1\r\nHost: " + host + "\r\n" + TRACE + "X-Kept: 1\r\n" + forwarded(host)
                        + "\r\n");
    }

    @Test
    void an_environment_is_found_by_its_hosts_name_in_any_form_and_else_by_the_path() {
        serves();
        for (String form : new String[] {host, host.toUpperCase(java.util.Locale.ROOT), host + ".", host + ":8000"}) {
            assertThat(asked("GET /by-name HTTP/1.1\r\nHost: " + form + "\r\n\r\n"))
                    .startsWith("GET /by-name HTTP/1.1\r\nHost: " + form + "\r\n");
        }
        try (RawClient client = new RawClient(gateway.frontPort())) {
            client.send("GET /by-name HTTP/1.1\r\nHost: nobody.localhost\r\n\r\n");
            assertThat(client.head()).startsWith("HTTP/1.1 404 Not Found\r\n").contains("application/problem+json");
        }
    }

    @Test
    void what_could_be_read_in_two_ways_is_refused_and_reaches_nobody() {
        serves();
        version.forget();
        String head = "POST /x HTTP/1.1\r\nHost: " + host + "\r\n";
        for (String request : new String[] {
            head + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            head + "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n",
            head + "Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
            head + "Content-Length: 3, 4\r\n\r\nabcd",
            head + "Content-Length: +3\r\n\r\nabc",
            head + "Content-Length: -3\r\n\r\nabc",
            head + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
            head + "Transfer-Encoding: identity\r\n\r\n0\r\n\r\n",
            head + "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
            head + "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
            "POST /x HTTP/1.0\r\nHost: " + host + "\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            "GET /x HTTP/1.1\r\nHost: " + host + "\r\nHost: other\r\n\r\n",
            "GET /x HTTP/1.1\r\n\r\n",
            "GET /x HTTP/1.1\r\nHost: a b\r\n\r\n",
            "GET /x HTTP/1.1\r\nno colon\r\nHost: " + host + "\r\n\r\n",
            "GET x HTTP/1.1\r\nHost: " + host + "\r\n\r\n",
            "nonsense\r\n\r\n"
        }) {
            try (RawClient client = new RawClient(gateway.frontPort())) {
                client.send(request);
                String answer = client.rest();
                assertThat(answer)
                        .as(request)
                        .startsWith("HTTP/1.1 400 Bad Request\r\n")
                        .contains("problem+json", "urn:slipway");
            }
        }
        assertThat(version.heads()).isEmpty();
    }

    @Test
    void heads_have_bounds_and_each_is_told_as_a_problem() {
        serves();
        version.forget();
        String get = "GET /x HTTP/1.1\r\nHost: " + host + "\r\n";
        assertThat(refused("GET /" + "x".repeat(20_000) + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n"))
                .startsWith("HTTP/1.1 414 ")
                .contains("application/problem+json")
                .endsWith(
                        "\r\n\r\n{\"type\":\"urn:slipway:problem:target-too-long\",\"title\":\"target too long\",\"status\":414,"
                                + "\"detail\":\"The request's path and query are too long. Send less in them.\"}");
        assertThat(refused(get + "X-A: " + "x".repeat(40_000) + "\r\n\r\n"))
                .startsWith("HTTP/1.1 431 ")
                .contains("headers-too-large");
        assertThat(refused("CONNECT a:1 HTTP/1.1\r\nHost: a:1\r\n\r\n"))
                .startsWith("HTTP/1.1 501 ")
                .contains("application/problem+json")
                .endsWith(
                        "\r\n\r\n{\"type\":\"urn:slipway:problem:method-not-implemented\",\"title\":\"method not implemented\",\"status\":501,"
                                + "\"detail\":\"CONNECT asks for a tunnel, and there are none here. Send the request itself.\"}");
        assertThat(refused("GET / HTTP/3.7\r\nHost: " + host + "\r\n\r\n")).startsWith("HTTP/1.1 505 ");
        assertThat(version.heads()).isEmpty();

        assertThat(asked(get + "X-A: " + "x".repeat(30_000) + "\r\n\r\n")).contains("x".repeat(30_000));
    }

    private String refused(String request) {
        try (RawClient client = new RawClient(gateway.frontPort())) {
            return client.send(request).rest();
        }
    }

    /** The head that the version gets for this request. */
    private static String asked(String request) {
        try (RawClient client = new RawClient(gateway.frontPort())) {
            client.send(request);
            assertThat(client.head()).as(request).startsWith("HTTP/1.1 200 OK\r\n");
        }
        return last();
    }

    private static String last() {
        return version.heads().getLast();
    }

    private static String forwarded(String host) {
        return "X-Forwarded-Host: " + host + "\r\nX-Forwarded-Proto: http\r\nX-Forwarded-For: 127.0.0.1\r\n";
    }

    private void serves() {
        version.now(RawVersion.plain(OK));
        table.repeat(1, Assign.REQUEST, "hello@1.0.0/production/1", share("1.0.0", version.address(), 100));
        await().atMost(SOON).until(() -> gateway.get(table.path("/x")).statusCode() == 200);
    }
}
