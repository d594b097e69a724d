package dev.slipway.gateway;

import static dev.slipway.gateway.LiveTable.share;
import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.awaitility.Awaitility.await;

import dev.slipway.contracts.policy.Canary.Assign;
import dev.slipway.platform.Pace;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What of a request passes through the gateway to an application, and what does not. */
class PassingIT {
    private static final Duration SOON = Pace.patience(Duration.ofSeconds(10));
    private static RunningGateway gateway;
    private static Backend application;

    private final LiveTable table = new LiveTable();

    @BeforeAll
    static void start() {
        gateway = RunningGateway.start();
        application = Backend.answering(200, "application");
    }

    @AfterAll
    static void stop() {
        gateway.close();
        application.close();
    }

    @AfterEach
    void silence() {
        table.close();
    }

    @Test
    void an_application_gets_parameters_empty_segments_and_encoded_slashes_as_they_were_sent() {
        serves();

        for (String path : new String[] {
            "/a;b=1/c;jsessionid=2",
            "/a%2Fb",
            "/a//b",
            "/a%2F%2Fb",
            "/100%25",
            "/a%252Fb",
            "/a%2eb",
            "/a%00",
            "/a%0ab",
            "/;",
            "/..a/b..",
            "/a%20b?c=/../%2e%2e"
        }) {
            assertThat(gateway.get(table.path(path)).statusCode()).as(path).isEqualTo(200);
            assertThat(application.asked().getLast().uri()).hasToString(path);
        }
    }

    @Test
    void a_path_that_leads_out_of_its_prefix_is_refused_and_it_is_said_why() {
        serves();
        int asked = application.asked().size();

        for (String path : new String[] {
            "/../x", "/./x", "/..;/x", "/%2e%2e/x", "/.%2E;a=b/x", "/a%2F..%2Fb", "/a%2f%2e%2e", "/a/..", "/a%5c..%5Cb"
        }) {
            String answer =
                    gateway.raw("GET " + table.path(path) + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
            assertThat(answer).as(path).startsWith("HTTP/1.1 400");
        }
        assertThat(application.asked()).hasSize(asked);
        assertThat(gateway.get(table.path("/a/..;/b")).body()).contains("ambiguous-request", "no segment . or ..");
    }

    @Test
    void a_method_that_nobody_knows_is_answered_with_those_that_are() {
        HttpResponse<String> answer = gateway.send(
                gateway.as("admin", "/api/v1/releases").method("QUERY", HttpRequest.BodyPublishers.noBody()));

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow").orElse("")).contains("GET", "POST");
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        assertThat(answer.body()).contains("method-not-allowed");
    }

    @Test
    void the_api_is_as_strict_as_before_and_is_not_reached_by_way_of_an_application() {
        for (String path : new String[] {
            "/api/v1//releases",
            "/api/v1/releases;a=b",
            "/api/v1/releases%2Fx",
            "/api/v1/releases/%2e",
            "//api/v1/releases"
        }) {
            HttpResponse<String> answer =
                    gateway.send(gateway.as("viewer", path).GET());
            assertThat(answer.statusCode()).as(path).isEqualTo(400);
            assertThat(answer.body()).as(path).contains("ambiguous-request");
        }
        for (String path : new String[] {
            "/apps/..;/api/v1/releases",
            "/apps/a/..;/..;/api/v1/releases",
            "/apps/%2e%2e/actuator/health",
            "/apps;/a/production/x",
            "/apps/hello/production/a;b",
            "/apps/hello/production//a",
            "/apps/hello/production/a%2Fb"
        }) {
            assertThat(gateway.send(gateway.api("viewer", path).GET()).statusCode())
                    .as(path)
                    .isEqualTo(400);
        }
    }

    @Test
    void the_port_of_the_api_says_where_applications_are_reached() {
        HttpResponse<String> answer =
                gateway.send(gateway.api("viewer", "/apps/hello/production/x").GET());

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(answer.body()).contains("traffic-elsewhere", "http://127.0.0.1:" + gateway.frontPort());
    }

    @Test
    void where_the_front_listens_on_all_addresses_it_is_named_as_the_port_of_the_api_was() {
        try (RunningGateway container = RunningGateway.start("slipway.front.address=0.0.0.0")) {
            String host = "slipway.example.test:8080";
            String answer = container.rawApi(
                    "GET /apps/hello/production/x HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");

            assertThat(answer)
                    .startsWith("HTTP/1.1 404")
                    .contains("on another port: http://slipway.example.test:" + container.frontPort() + ",")
                    .doesNotContain("0.0.0.0");
        }
    }

    @Test
    void an_upgrade_to_anything_but_a_websocket_is_passed_over() {
        serves();
        String head = "GET " + table.path("/ws") + " HTTP/1.1\r\nHost: x\r\nConnection: close, Upgrade\r\n";

        assertThat(gateway.raw(head + "Upgrade: h2c\r\n\r\n")).startsWith("HTTP/1.1 200");
        assertThat(application.asked().getLast().headers()).doesNotContainKey("Upgrade");
    }

    @Test
    void a_trace_goes_on_to_the_application_and_one_is_begun_where_there_is_none() {
        serves();
        String trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

        gateway.send(gateway.request(table.path("/x"))
                .header("traceparent", trace)
                .header("tracestate", "a=b")
                .GET());
        assertThat(application.asked().getLast().headers().get("Traceparent"))
                .singleElement(as(STRING))
                .startsWith(trace.substring(0, 35));
        assertThat(application.asked().getLast().headers().get("Tracestate")).containsExactly("a=b");

        gateway.send(gateway.request(table.path("/x"))
                .header("traceparent", "nonsense")
                .GET());
        assertThat(application.asked().getLast().headers().getFirst("Traceparent"))
                .matches("00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}")
                .doesNotContain(trace.substring(3, 35));
    }

    @Test
    void a_probe_header_from_outside_never_reaches_the_application() {
        serves();

        gateway.send(
                gateway.request(table.path("/x")).header("Slipway-Probe", "1").GET());

        assertThat(application.asked().getLast().headers()).doesNotContainKey("Slipway-probe");
    }

    private void serves() {
        table.repeat(1, Assign.REQUEST, "hello@1.0.0/production/1", share("1.0.0", application.address(), 100));
        await().atMost(SOON).until(() -> gateway.get(table.path("/x")).statusCode() == 200);
    }
}
