package dev.slipway.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.slipway.demo.StubGateway.Answer;
import dev.slipway.platform.Pace;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveLoadTest {
    @TempDir
    Path folder;

    @Test
    void clients_with_keys_greet_by_names_and_the_versions_that_answer_are_told_apart() throws IOException {
        Answer good = new Answer(200, "{\"greeting\":\"Hello\",\"version\":\"1.0.0\"}");
        Answer bad = new Answer(500, "broken", Map.of(LiveLoad.VERSION_HEADER, "1.1.0"));
        try (StubGateway gateway = new StubGateway(n -> n % 2 == 0 ? good : bad);
                LiveLoad load =
                        LiveLoad.start(LoadSettings.behind(gateway.uri()).withRate(200))) {
            await().atMost(Pace.patience(Duration.ofSeconds(30)))
                    .until(() -> load.statistics().answers() >= 100);

            assertThat(gateway.asked).allSatisfy(asked -> {
                assertThat(asked.line()).matches("GET /apps/hello/production/greet\\?name=\\w+\\+[A-Z]");
                assertThat(asked.header(LiveLoad.CLIENT_HEADER)).matches("client-\\d{4}");
            });
            assertThat(gateway.asked.stream()
                            .map(asked -> asked.header(LiveLoad.CLIENT_HEADER))
                            .distinct())
                    .hasSizeGreaterThan(80);
            LoadStatistics statistics = load.statistics();
            assertThat(statistics.of("1.0.0").orElseThrow().failed()).isZero();
            assertThat(statistics.of("1.1.0").orElseThrow().failed())
                    .isEqualTo(statistics.of("1.1.0").orElseThrow().answers());
            assertThat(statistics.byStatus()).containsOnlyKeys(200, 500);
            assertThat(statistics.p95Millis()).isPositive();
        }
    }

    @Test
    void the_rate_is_kept_and_can_be_changed_while_it_runs() throws IOException {
        long began = System.nanoTime();
        try (StubGateway gateway = new StubGateway(_ -> new Answer(200, "{}"));
                LiveLoad load =
                        LiveLoad.start(LoadSettings.behind(gateway.uri()).withRate(2))) {
            await().atMost(Pace.patience(Duration.ofSeconds(30)))
                    .pollDelay(Duration.ofSeconds(1))
                    .untilAsserted(
                            () -> assertThat(load.statistics().sent()).isBetween(1L, 2 + 2 * secondsSince(began)));

            load.rate(100);

            await().during(Duration.ofMillis(500))
                    .atMost(Pace.patience(Duration.ofSeconds(5)))
                    .until(() -> load.statistics().sent() >= 50);
        }
    }

    private static long secondsSince(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos).toSeconds();
    }

    @Test
    void a_gateway_that_does_not_answer_keeps_no_more_than_a_few_waiting() throws IOException {
        CountDownLatch answer = new CountDownLatch(1);
        try (StubGateway gateway = new StubGateway(_ -> waitFor(answer))) {
            LoadSettings settings = new LoadSettings(List.of(gateway.uri()), 500, 10, 5, Duration.ofSeconds(30), 1);
            try (LiveLoad load = LiveLoad.start(settings)) {
                await().atMost(Pace.patience(Duration.ofSeconds(30)))
                        .until(() -> load.statistics().skipped() >= 20);

                assertThat(load.statistics().sent()).isEqualTo(5);
                assertThat(load.statistics().answers()).isZero();
            } finally {
                answer.countDown();
            }
        }
    }

    @Test
    void the_process_ends_when_nothing_answers_any_more() throws IOException {
        URI nobody;
        try (StubGateway gone = new StubGateway(_ -> new Answer(200, ""))) {
            nobody = gone.uri();
        }
        Path statistics = folder.resolve("load.json");
        LoadMain.Options options =
                LoadMain.parse("--url", nobody.toString(), "--rate", "50", "--stats", statistics.toString());

        int status = LoadMain.run(options, Duration.ofMillis(300), new CountDownLatch(1));

        assertThat(status).isEqualTo(3);
        assertThat(Files.readString(statistics)).contains("\"byVersion\":{}").contains("\"unanswered\":");
    }

    @Test
    void options_that_are_unknown_or_out_of_range_are_refused() {
        assertThatThrownBy(() -> LoadMain.parse("--url", "http://127.0.0.1:1", "--speed", "3"))
                .hasMessageContaining("--speed");
        assertThatThrownBy(() -> LoadMain.parse("--rate", "3")).hasMessageContaining("--url");
        assertThatThrownBy(() -> LoadMain.parse("--url", "http://127.0.0.1:1", "--rate", "0"))
                .hasMessageContaining("rate");
    }

    private static Answer waitFor(CountDownLatch answer) {
        try {
            answer.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        return new Answer(200, "{}");
    }
}
