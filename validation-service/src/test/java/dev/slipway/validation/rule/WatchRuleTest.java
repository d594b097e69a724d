package dev.slipway.validation.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.MetricRule;
import dev.slipway.contracts.policy.MetricRule.As;
import dev.slipway.contracts.policy.MetricRule.Sense;
import dev.slipway.contracts.policy.Stage;
import dev.slipway.metrics.Exposition.Sample;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a program told of its metrics says the same whenever it is judged. */
public final class WatchRuleTest {
    private static final Instant NOW = Instant.parse("2026-01-05T10:00:00Z");
    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final int PAUSES = 10;
    private static final MetricRule DEPTH =
            new MetricRule("queue_depth", Map.of(), As.VALUE, null, Map.of(), Sense.BELOW, 5, false, false);
    private static final MetricRule FAILED =
            new MetricRule("failed_total", Map.of(), As.RATIO, "jobs_total", Map.of(), Sense.BELOW, 0.5, false, false);

    public static Gate gate() {
        return new Gate(
                "depth",
                "",
                Stage.STAGING,
                null,
                null,
                List.of(),
                null,
                null,
                List.of(),
                Gate.WITHIN_DEFAULT,
                List.of(DEPTH, FAILED),
                EVERY.multipliedBy(PAUSES));
    }

    private static List<Sample> samples(int look, double depth, @Nullable Instant measured) {
        return List.of(
                new Sample("queue_depth", Map.of("queue", "mail", "zone", "b"), depth, measured),
                new Sample("jobs_total", Map.of(), 20 * look),
                new Sample("failed_total", Map.of("why", "late"), 2 * look),
                new Sample("other_total", Map.of(), Double.NaN));
    }

    /** A program whose queue is so long at each look. */
    public static Watched watched(int looks, double depth) {
        Watched.Notes notes = new Watched.Notes(gate().metrics(), EVERY);
        for (int look = 0; look < looks; look++) {
            notes.told(look, NOW.plusSeconds(look), samples(look, depth, null));
        }
        return notes.all().orElseThrow();
    }

    @Test
    void what_was_watched_says_as_much_as_the_watch_itself_did() {
        WatchRule rules = WatchRule.of(gate().metrics(), EVERY.multipliedBy(PAUSES), EVERY);
        for (int look = 0; look <= PAUSES; look++) {
            rules = rules.told(look, NOW.plusSeconds(look), samples(look, 3, null));
        }

        assertThat(rules.isBroken()).isFalse();
        assertThat(WatchRule.judge(gate(), watched(PAUSES + 1, 3))).isInstanceOf(Ruling.Holds.class);
        assertThat(WatchRule.judge(gate(), watched(5, 7)))
                .isInstanceOfSatisfying(
                        Ruling.Breaks.class,
                        broken -> assertThat(broken.why()).contains("queue_depth was at least 7 in 5 looks in a row"));
    }

    @Test
    void who_stopped_watching_before_time_knows_nothing() {
        assertThat(WatchRule.judge(gate(), watched(PAUSES, 3)))
                .isEqualTo(new Ruling.Unknown("It was not watched for as long as the gate says"));
    }

    @Test
    void looks_in_vain_and_values_of_long_ago_are_no_data() {
        Watched.Notes vain = new Watched.Notes(gate().metrics(), EVERY);
        Watched.Notes old = new Watched.Notes(gate().metrics(), EVERY);
        for (int look = 0; look <= PAUSES; look++) {
            Instant at = NOW.plusSeconds(look);
            old.told(look, at, samples(look, 3, NOW.minusSeconds(3_600)));
            if (look < PAUSES) {
                vain.told(look, at, samples(look, 3, null));
            } else {
                vain.untold(look, at, "GET /metrics gave no answer");
            }
        }

        assertThat(WatchRule.judge(gate(), vain.all().orElseThrow()))
                .isEqualTo(new Ruling.Unknown("queue_depth: GET /metrics gave no answer"));
        assertThat(WatchRule.judge(gate(), old.all().orElseThrow()))
                .isInstanceOfSatisfying(
                        Ruling.Unknown.class,
                        unknown -> assertThat(unknown.why()).contains("has to be of the last 5 min"));
    }

    @Test
    void it_is_kept_as_bytes_that_say_all_that_its_rules_look_at_and_nothing_else() {
        Watched watched = watched(PAUSES + 1, 3);
        byte[] bytes = watched.bytes();

        assertThat(Watched.read(bytes)).contains(watched);
        assertThat(Watched.read(bytes).orElseThrow().bytes()).isEqualTo(bytes);
        assertThat(watched.series()).extracting(Watched.Series::name).doesNotContain("other_total");
        assertThat(Watched.read("{}".getBytes(StandardCharsets.UTF_8))).isEmpty();
        String torn = new String(bytes, StandardCharsets.UTF_8).replaceFirst("\"s\":0", "\"s\":9");
        assertThat(Watched.read(torn.getBytes(StandardCharsets.UTF_8))).isEmpty();
    }

    @Test
    void of_more_than_is_kept_nothing_is() {
        Watched.Notes notes = new Watched.Notes(gate().metrics(), EVERY);
        List<Sample> many = java.util.stream.IntStream.range(0, 1_000)
                .mapToObj(queue -> new Sample("queue_depth", Map.of("queue", "q" + queue), 0))
                .toList();
        for (int look = 0; look < 147; look++) {
            notes.told(look, NOW, many);
        }
        assertThat(notes.all()).isPresent();
        assertThat(notes.all().orElseThrow().bytes()).hasSizeLessThan(6_000_000);

        notes.told(147, NOW, many);
        assertThat(notes.all()).isEmpty();
    }
}
