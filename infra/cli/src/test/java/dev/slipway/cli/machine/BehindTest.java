package dev.slipway.cli.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BehindTest {
    @Test
    void what_waits_is_summed_and_the_oldest_and_the_dead_letters_are_told() throws Exception {
        String metrics = """
                # TYPE slipway_listener_lag gauge
                slipway_listener_lag{group="release-service",topics="slipway.ci.events"} 3.0
                slipway_listener_lag{group="release-service.statuses",topics="a,b"} 1.2E3
                slipway_listener_behind_seconds{group="release-service",topics="slipway.ci.events"} 2.5
                slipway_listener_behind_seconds{group="release-service.statuses",topics="a,b"} 61.0
                slipway_dead_letters_waiting{topic="slipway.ci.events"} 2.0
                slipway_dead_letters_waiting{topic="local"} 0.0
                slipway_dead_letters_total{topic="slipway.ci.events"} 9.0
                jvm_threads{state="new"} 7
                """;

        assertThat(Behind.read(new BufferedReader(new StringReader(metrics))))
                .isEqualTo(new Behind(1203, 61, Map.of("slipway.ci.events", 2L)));
    }

    @Test
    void a_service_that_listens_and_is_too_busy_to_answer_is_not_said_to_be_behind_with_nothing() throws Exception {
        try (ServerSocket busy = new ServerSocket(0, 5, InetAddress.ofLiteral("127.0.0.1"))) {
            assertThat(Behind.ofService(busy.getLocalPort(), "token", Duration.ofMillis(100)))
                    .isEqualTo(Behind.UNTOLD);
        }
    }

    @Test
    void a_service_that_answers_something_else_has_not_said_it_either() throws Exception {
        try (ServerSocket refusing = new ServerSocket(0, 5, InetAddress.ofLiteral("127.0.0.1"))) {
            Thread answering = Thread.ofVirtual().start(() -> {
                try (Socket asked = refusing.accept()) {
                    asked.getOutputStream().write("HTTP/1.1 503 \r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                } catch (IOException broken) {
                    throw new UncheckedIOException(broken);
                }
            });
            assertThat(Behind.ofService(refusing.getLocalPort(), "token", Duration.ofSeconds(20)))
                    .isEqualTo(Behind.UNTOLD);
            answering.join();
        }
    }

    @Test
    void a_service_that_does_not_answer_is_behind_with_nothing_that_is_known() {
        assertThat(Behind.ofService(1, "token")).isEqualTo(Behind.NOTHING);
    }
}
