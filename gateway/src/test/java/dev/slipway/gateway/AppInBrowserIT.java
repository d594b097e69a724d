package dev.slipway.gateway;

import static dev.slipway.gateway.LiveTable.share;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.contracts.policy.Canary.Assign;
import dev.slipway.gateway.Frames.Frame;
import dev.slipway.platform.Pace;
import dev.slipway.testkit.browser.Chromium;
import dev.slipway.testkit.browser.Tab;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** A released application in a real browser, by its host name, while half of its traffic goes to a canary. */
@Tag("thorough")
@EnabledIf(value = "dev.slipway.testkit.browser.Chromium#installed", disabledReason = Chromium.MISSING)
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

    /** Says three things over a WebSocket, each after the one before was answered, and tells the answers and how it closed. */
    private static final String TALK = """
            new Promise((resolve) => {
              const socket = new WebSocket(`ws://${location.host}/chat`);
              const heard = [];
              socket.onopen = () => socket.send('grüße 0');
              socket.onmessage = ({ data }) => {
                heard.push(data);
                if (heard.length === 3) { socket.close(4001); } else { socket.send('grüße ' + heard.length); }
              };
              socket.onclose = ({ code }) => resolve([...heard, code].join('|'));
            })""";

    private static Chromium chromium;
    private static RunningGateway gateway;

    private final LiveTable table = new LiveTable();
    private final Shop shop = new Shop();
    private final RawVersion baseline = RawVersion.answering(talk -> shop.answer(talk, "1.0.0"));
    private final RawVersion canary = RawVersion.answering(talk -> shop.answer(talk, "1.1.0"));
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
    void web_sockets_of_both_versions_carry_messages_each_with_its_version_beside_an_event_stream() {
        tab.value("{ window.streams = []; const open = () => new EventSource('/events');"
                + " window.beside = open(); window.beside.onmessage = ({data}) => window.streams.push(data); 'open' }");
        Set<String> versions = new HashSet<>();
        for (int sockets = 0; versions.size() < 2 && sockets < STREAMS_MAX; sockets++) {
            String[] heard = tab.value(TALK).asString().split("\\|");
            String version = heard[0].split(" ")[0];

            assertThat(heard).containsExactly(version + " grüße 0", version + " grüße 1", version + " grüße 2", "4001");
            versions.add(version);
        }

        assertThat(versions).containsExactlyInAnyOrder("1.0.0", "1.1.0");
        await().atMost(SOON).until(() -> tab.value("window.streams.length > 0").asBoolean());
        tab.value("window.beside.close()");
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
        private static final Pattern KEY = Pattern.compile("(?i)\r\nsec-websocket-key: *(\\S+)\r\n");

        private final AtomicInteger ids = new AtomicInteger();
        private final Map<String, CountDownLatch> awaited = new ConcurrentHashMap<>();

        void answer(RawVersion.Talk talk, String version) throws IOException {
            String asked = talk.head().substring(0, talk.head().indexOf(" HTTP/"));
            String path = asked.substring(asked.indexOf(' ') + 1);
            if (path.equals("/events")) {
                stream(talk, version);
            } else if (path.equals("/chat")) {
                chat(talk, version);
            } else if (path.startsWith("/seen/")) {
                CountDownLatch seen = awaited.remove(path.substring("/seen/".length()));
                if (seen != null) {
                    seen.countDown();
                }
                talk.send("HTTP/1.1 204 No Content\r\n\r\n");
            } else {
                String body = path.equals("/") ? PAGE : asked;
                talk.send("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: " + body.length() + "\r\n\r\n"
                        + body);
            }
        }

        private void stream(RawVersion.Talk talk, String version) throws IOException {
            talk.send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
            try {
                for (int event = 0; event < 3; event++) {
                    String id = Integer.toString(ids.incrementAndGet());
                    CountDownLatch seen = new CountDownLatch(event < 2 ? 1 : 0);
                    awaited.put(id, seen);
                    String text = "id: %s\ndata: %s\n\n".formatted(id, version);
                    talk.send(Integer.toHexString(text.length()) + "\r\n" + text + "\r\n");
                    if (!seen.await(SOON.toSeconds(), TimeUnit.SECONDS)) {
                        talk.close(); // held back on the way: the browser hears of an end
                        return;
                    }
                }
                talk.send("0\r\n\r\n");
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        }

        /** Says each message again, after its version. */
        private static void chat(RawVersion.Talk talk, String version) throws IOException {
            Matcher key = KEY.matcher(talk.head());
            assertThat(key.find()).isTrue();
            talk.send("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    + "Sec-WebSocket-Accept: " + Frames.accept(key.group(1)) + "\r\n\r\n");
            for (Frame frame = Frames.read(talk.in()); frame != null; frame = Frames.read(talk.in())) {
                talk.send(
                        frame.opcode() == Frames.CLOSE
                                ? Frames.close(frame.closeCode(), false)
                                : Frames.plain(true, frame.opcode(), version + " " + frame.text()));
            }
        }
    }
}
