package dev.slipway.demo;

import static dev.slipway.demo.People.MONDAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LoadRecorderTest {
    private final LoadRecorder recorder = new LoadRecorder();

    @Test
    void answers_are_counted_by_status_and_by_version() {
        recorder.answered(200, "1.0.0", MONDAY, Duration.ofMillis(5));
        recorder.answered(200, "1.1.0", MONDAY.plusSeconds(1), Duration.ofMillis(5));
        recorder.answered(500, "1.1.0", MONDAY.plusSeconds(2), Duration.ofMillis(5));
        recorder.answered(503, null, MONDAY, Duration.ofMillis(5));

        LoadStatistics statistics = recorder.statistics();

        assertThat(statistics.byStatus())
                .containsEntry(200, 2L)
                .containsEntry(500, 1L)
                .containsEntry(503, 1L);
        assertThat(statistics.answers()).isEqualTo(4);
        LoadStatistics.OfVersion bad = statistics.of("1.1.0").orElseThrow();
        assertThat(bad.answers()).isEqualTo(2);
        assertThat(bad.failed()).isEqualTo(1);
        assertThat(bad.lastAnsweredAt()).isEqualTo(MONDAY.plusSeconds(2).plusMillis(5));
    }

    @Test
    void the_first_request_of_a_version_is_the_earliest_sent_not_the_first_answered() {
        recorder.answered(200, "1.1.0", MONDAY.plusSeconds(2), Duration.ofMillis(5));
        recorder.answered(200, "1.1.0", MONDAY, Duration.ofSeconds(4));

        LoadStatistics.OfVersion version = recorder.statistics().of("1.1.0").orElseThrow();

        assertThat(version.firstSentAt()).isEqualTo(MONDAY);
        assertThat(version.firstAnsweredAt()).isEqualTo(MONDAY.plusSeconds(2).plusMillis(5));
    }

    @Test
    void quantiles_are_right_within_five_percent() {
        for (int millis = 1; millis <= 100; millis++) {
            recorder.answered(200, "1.0.0", MONDAY, Duration.ofMillis(millis));
        }

        LoadStatistics statistics = recorder.statistics();

        assertThat(statistics.p50Millis()).isCloseTo(50, within(2.5));
        assertThat(statistics.p95Millis()).isCloseTo(95, within(4.75));
    }

    @Test
    void before_the_first_answer_there_is_no_quantile() {
        recorder.sent();
        recorder.unanswered();

        LoadStatistics statistics = recorder.statistics();

        assertThat(statistics.p50Millis()).isNull();
        assertThat(statistics.sent()).isEqualTo(1);
        assertThat(statistics.unanswered()).isEqualTo(1);
    }

    @Test
    void versions_that_a_broken_server_makes_up_do_not_fill_the_memory() {
        for (int i = 0; i < 1_000; i++) {
            recorder.answered(200, "made-up-" + i, MONDAY, Duration.ofMillis(1));
        }

        assertThat(recorder.statistics().byVersion()).hasSize(100);
        assertThat(recorder.statistics().answers()).isEqualTo(1_000);
    }
}
