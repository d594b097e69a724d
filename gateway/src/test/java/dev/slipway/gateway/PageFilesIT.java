package dev.slipway.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PageFilesIT {
    private static RunningGateway gateway;

    @BeforeAll
    static void start() {
        gateway = RunningGateway.start();
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/, text/html",
        "/page/app.js, text/javascript",
        "/page/page.css, text/css",
        "/page/favicon.svg, image/svg+xml"
    })
    void a_file_is_open_to_all_and_tells_browsers_to_run_nothing_else(String path, String type) {
        HttpResponse<String> answer = gateway.get(path);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(header(answer, "Content-Type")).startsWith(type);
        assertThat(header(answer, "Content-Security-Policy"))
                .contains(
                        "default-src 'none'",
                        "script-src 'self'",
                        "style-src 'self'",
                        "img-src 'self'",
                        "connect-src 'self'",
                        "base-uri 'none'",
                        "form-action 'none'",
                        "frame-ancestors 'none'",
                        "require-trusted-types-for 'script'")
                .doesNotContain("unsafe", "*", "http");
        assertThat(header(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(header(answer, "X-Frame-Options")).isEqualTo("DENY");
        assertThat(header(answer, "Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(header(answer, "Cross-Origin-Opener-Policy")).isEqualTo("same-origin");
        assertThat(header(answer, "Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
        assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/page/app.js", "/page/page.css"})
    void a_file_that_has_not_changed_is_not_sent_again(String path) {
        HttpResponse<String> first = gateway.get(path);
        assertThat(header(first, "Cache-Control")).isEqualTo("no-cache");
        assertThat(first.headers().firstValue("Last-Modified")).isEmpty();

        HttpResponse<String> again = gateway.send(gateway.request(path)
                .header("If-None-Match", header(first, "ETag"))
                .GET());
        HttpResponse<String> changed = gateway.send(gateway.request(path)
                .header("If-None-Match", "\"of-another-version\"")
                .GET());

        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(changed.statusCode()).isEqualTo(200);
        assertThat(changed.body()).isEqualTo(first.body());
    }

    @Test
    void nothing_but_the_files_is_open() {
        assertThat(gateway.get("/page/nothing.js").statusCode()).isEqualTo(404);
        assertThat(gateway.get("/page/../application.yml").statusCode()).isIn(400, 401, 404);
        assertThat(gateway.get("/page/%2e%2e/%2e%2e/application.yml").statusCode())
                .isIn(400, 401, 404);
        assertThat(gateway.get("/application.yml").statusCode()).isEqualTo(401);
        assertThat(gateway.get("/static/index.html").statusCode()).isEqualTo(401);
        assertThat(gateway.get("/api/v1/releases").statusCode()).isEqualTo(401);
        assertThat(gateway.send(gateway.request("/").POST(BodyPublishers.ofString("x")))
                        .statusCode())
                .isEqualTo(401);
        assertThat(gateway.send(gateway.request("/page/app.js").DELETE()).statusCode())
                .isEqualTo(401);
    }

    @Test
    void a_head_request_tells_the_same_without_the_body() {
        HttpResponse<String> answer = gateway.send(gateway.request("/").method("HEAD", BodyPublishers.noBody()));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(header(answer, "Content-Security-Policy")).contains("default-src 'none'");
        assertThat(answer.body()).isEmpty();
    }

    private static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }
}
