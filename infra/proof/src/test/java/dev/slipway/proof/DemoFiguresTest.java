package dev.slipway.proof;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.WireJson;
import dev.slipway.proof.DemoFigures.Times;
import dev.slipway.release.dora.Dora;
import dev.slipway.release.dora.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The demo's figures are held against its journals: a figure that is otherwise than these say is found. */
class DemoFiguresTest {
    private static final Instant COMMITTED = Instant.parse("2026-01-05T10:00:00Z");
    private static final Instant COMPLETED = Instant.parse("2026-01-05T10:01:12.345Z");
    private static final Instant FAILED = Instant.parse("2026-01-05T10:03:00.100Z");
    private static final Instant HEALTHY = Instant.parse("2026-01-05T10:03:02.300Z");

    private static final JsonNode GOOD = JsonMapper.shared().readTree("""
        [{"version": 1, "at": "2026-01-05T10:00:20Z", "state": "VALIDATING"},
         {"version": 30, "at": "2026-01-05T10:01:12.345Z", "state": "COMPLETED"},
         {"version": 31, "at": "2026-01-05T10:02:00Z", "state": "COMPLETED"}]\
        """);
    private static final JsonNode BAD = JsonMapper.shared().readTree("""
        [{"version": 20, "at": "2026-01-05T10:02:50Z", "state": "ROLLING_OUT"},
         {"version": 21, "at": "2026-01-05T10:03:00.100Z", "state": "ROLLING_BACK"},
         {"version": 23, "at": "2026-01-05T10:03:02.300Z", "state": "ROLLED_BACK"}]\
        """);

    private static final Times TIMES = Times.of(COMMITTED.getEpochSecond() + "\n", GOOD, BAD);

    @Test
    void figures_that_follow_from_the_journals_are_taken() {
        assertThatCode(() -> DemoFigures.assertDora(dora(COMMITTED, COMPLETED, FAILED, HEALTHY), TIMES))
                .doesNotThrowAnyException();
    }

    @Test
    void a_figure_from_another_moment_is_found() {
        for (JsonNode wrong : List.of(
                dora(COMMITTED.minusSeconds(3), COMPLETED, FAILED, HEALTHY),
                dora(COMMITTED, COMPLETED.plusSeconds(40), FAILED, HEALTHY),
                dora(COMMITTED, COMPLETED, FAILED.plusMillis(100), HEALTHY),
                dora(COMMITTED, COMPLETED, FAILED, HEALTHY.plusMillis(100)))) {
            assertThatThrownBy(() -> DemoFigures.assertDora(wrong, TIMES)).isInstanceOf(AssertionError.class);
        }
    }

    private static JsonNode dora(Instant committed, Instant completed, Instant failed, Instant healthy) {
        Outcome good = new Outcome(
                new ReleaseId("hello@1.0.0"),
                "1.0.0",
                Outcome.Kind.CHANGE,
                null,
                null,
                committed,
                COMMITTED.plusSeconds(20),
                true,
                null,
                null,
                completed);
        Outcome bad = new Outcome(
                new ReleaseId("hello@1.1.0"),
                "1.1.0",
                Outcome.Kind.CHANGE,
                null,
                null,
                COMMITTED.plusSeconds(90),
                COMMITTED.plusSeconds(100),
                false,
                failed,
                healthy,
                healthy);
        return WireJson.mapper()
                .valueToTree(new Dora(30, HEALTHY.plusSeconds(60), Duration.ofHours(24))
                        .of("hello", List.of(good, bad), true));
    }
}
