package dev.slipway.gateway;

import static dev.slipway.gateway.LiveTable.share;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import dev.slipway.contracts.policy.Canary.Assign;
import dev.slipway.gateway.browser.Chromium;
import dev.slipway.gateway.browser.Tab;
import dev.slipway.platform.Pace;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** A released application in a real browser, by its host name, while half of its traffic goes to a canary. */
@EnabledIf(value = "dev.slipway.gateway.browser.Chromium#installed", disabledReason = Chromium.MISSING)
class AppInBrowserIT {
    private static final Duration SOON = Pace.patience(Duration.ofSeconds(15));
    private static final String BASELINE = "hello@1.0.0/production/1";
    private static final int STREAMS_MAX = 60;
    private static final String PAGE = "<!doctype html><meta charset=utf-8><title>Shop</title><h1>Shop</h1>";
    /** Listens to one stream, says which events have come as they come, and tells them all at the third. */
    private static final String LISTEN = """
            new Promise((resolve) => {
              const source = new EventSource('/events');
              const seen = [];
              source.onmessage = ({ data, lastEventId }) => {
                seen.push(data);
                if (seen.length === 3) { source.close(); resolve(seen.join(' ')); } else { fetch(`/seen/${lastEventId}`); }
              };
              source.onerror = () => { source.close(); resolve('broke off after ' + seen.length); };
            })""";

    private static Chromium chromium;
    private static RunningGateway gateway;

    private final LiveTable table = new LiveTable();
    private final Shop shop = new Shop();
    private final Backend baseline = Backend.answering(exchange -> shop.answer(exchange, "1.0.0"));
    private final Backend canary = Backend.answering(exchange -> shop.answer(exchange, "1.1.0"));
    private Tab tab;

    @BeforeAll
    static void start() {
        chromium = Chromium.start(Chromium.program().orElseThrow());
        gateway = RunningGateway.start();
    }

    @AfterAll
    static void stop() {
        gateway.close();
        chromium.close();
    }

    @BeforeEach
    void open() {
        table.repeat(
                2,
                Assign.REQUEST,
                BASELINE,
                share("1.0.0", baseline.address(), 50),
                share("1.1.0", canary.address(), 50));
        await().atMost(SOON)
                .until(() -> gateway.get(table.path("/")).headers().map().toString(), head -> head.contains("1.1.0"));
        tab = chromium.tab();
        tab.open(URI.create("http://" + host() + "/"));
        await().atMost(SOON).until(() -> tab.text("h1"), "Shop"::equals);
    }

    @AfterEach
    void close() {
        assertThat(tab.thrown()).isEmpty();
        tab.close();
        table.close();
        baseline.close();
        canary.close();
    }

    @Test
    void event_streams_of_both_versions_arrive_piece_by_piece_and_each_stays_with_its_version() {
        Set<String> versions = new HashSet<>();
        for (int streams = 0; versions.size() < 2 && streams < STREAMS_MAX; streams++) {
            String[] events = tab.value(LISTEN).asString().split(" ");

            assertThat(events).hasSize(3).containsOnly(events[0]);
            versions.add(events[0]);
        }

        assertThat(versions).containsExactlyInAnyOrder("1.0.0", "1.1.0");
    }

    @Test
    void the_application_is_another_origin_than_page_and_api_and_reads_nothing_there() {
        assertThat(tab.value("location.origin").asString()).isEqualTo("http://" + host());
        assertThat(gateway.get("/page/app.js").statusCode())
                .as("is open to everyone")
                .isEqualTo(200);

        String api = "http://127.0.0.1:" + gateway.port();
        assertThat(tab.value("fetch('%s/page/app.js').then(() => 'read', () => 'refused')".formatted(api))
                        .asString())
                .isEqualTo("refused");
        assertThat(tab.value("fetch('/deep/path?q=1').then((answer) => answer.text())")
                        .asString())
                .as("its own paths are untouched")
                .isEqualTo("GET /deep/path?q=1");
    }

    private String host() {
        return table.environment().application() + ".localhost:" + gateway.frontPort();
    }

    /** Sends an event only after the one before was seen by the browser, so that nothing on the way may hold it back. */
    private static final class Shop {
        private final AtomicInteger ids = new AtomicInteger();
        private final Map<String, CountDownLatch> awaited = new ConcurrentHashMap<>();

        void answer(HttpExchange exchange, String version) throws IOException {
            String path = exchange.getRequestURI().getPath();
            if (path.equals("/events")) {
                stream(exchange, version);
            } else if (path.startsWith("/seen/")) {
                CountDownLatch seen = awaited.remove(path.substring("/seen/".length()));
                if (seen != null) {
                    seen.countDown();
                }
                Backend.answer(exchange, 204, "");
            } else if (path.equals("/")) {
                exchange.getResponseHeaders().set("Content-Type", "text/html");
                Backend.answer(exchange, 200, PAGE);
            } else {
                Backend.answer(exchange, 200, exchange.getRequestMethod() + " " + exchange.getRequestURI());
            }
        }

        private void stream(HttpExchange exchange, String version) throws IOException {
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream events = exchange.getResponseBody()) {
                for (int event = 0; event < 3; event++) {
                    String id = Integer.toString(ids.incrementAndGet());
                    CountDownLatch seen = new CountDownLatch(event < 2 ? 1 : 0);
                    awaited.put(id, seen);
                    events.write("id: %s\ndata: %s\n\n".formatted(id, version).getBytes(StandardCharsets.UTF_8));
                    events.flush();
                    if (!seen.await(SOON.toSeconds(), TimeUnit.SECONDS)) {
                        return; // held back on the way: the browser hears of an end
                    }
                }
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
