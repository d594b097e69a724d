package dev.slipway.validation.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.MetricQuery;
import dev.slipway.contracts.policy.MetricRule.Sense;
import dev.slipway.contracts.policy.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What servers that collect metrics have to answer. */
public final class QueryRuleTest {
    private static final Instant NOW = Instant.parse("2026-01-05T10:00:00Z");

    /** One that asks whether something is up, and how long the queue is. */
    public static Gate gate() {
        return new Gate(
                "arrives",
                "",
                Stage.STAGING,
                null,
                null,
                List.of(),
                null,
                null,
                List.of(),
                Duration.ofMinutes(30),
                List.of(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                List.of(
                        new MetricQuery("up", "http://127.0.0.1:9090", Sense.ABOVE, 0, null),
                        new MetricQuery("depth", "http://127.0.0.1:9090", Sense.BELOW, 5, Duration.ofMinutes(1))),
                null,
                null);
    }

    private static Reading of(double value, int secondsAgo) {
        return Reading.of(value, NOW.minusSeconds(secondsAgo), NOW);
    }

    @Test
    void numbers_that_are_fresh_and_on_the_good_side_hold() {
        assertThat(QueryRule.judge(gate(), List.of(of(1, 300), of(4.9, 60)))).isEqualTo(new Ruling.Holds());
        assertThat(QueryRule.observed(gate(), List.of(of(1, 0), of(4.9, 60))))
                .isEqualTo("up 1 of 2026-01-05T10:00:00Z; depth 4.9 of 2026-01-05T09:59:00Z");
    }

    @Test
    void a_number_on_the_other_side_or_just_at_its_limit_breaks_and_may_be_mended() {
        assertThat(QueryRule.judge(gate(), List.of(of(0, 0), of(4, 0))))
                .isEqualTo(new Ruling.Breaks("up has to be > 0", true));
        assertThat(QueryRule.judge(gate(), List.of(of(1, 0), of(5, 0))))
                .isEqualTo(new Ruling.Breaks("depth has to be < 5", true));
    }

    @Test
    void no_number_and_an_old_one_are_not_known() {
        assertThat(QueryRule.judge(gate(), List.of(of(1, 0), of(1, 61))))
                .isEqualTo(new Ruling.Unknown(
                        "depth: its number is of 2026-01-05T09:58:59Z, and has to be of the last 1 min"));
        assertThat(QueryRule.judge(gate(), List.of(Reading.nothing("there is no such series", NOW), of(1, 0))))
                .isEqualTo(new Ruling.Unknown("up: there is no such series"));
        assertThat(QueryRule.judge(gate(), List.of())).isEqualTo(new Ruling.Unknown("Nothing was asked"));
    }
}
