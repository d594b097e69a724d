package dev.slipway.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.Digest;
import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.QuestionKey;
import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.WireJson;
import dev.slipway.contracts.policy.Canary;
import dev.slipway.contracts.traffic.TrafficSample;
import dev.slipway.contracts.validation.Judge;
import dev.slipway.contracts.validation.JudgedSeconds;
import dev.slipway.testkit.MovableClock;
import dev.slipway.validation.simulation.JudgedBounds;
import dev.slipway.validation.simulation.Replay;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is noted of a judgement, in which parts, and what happens where it cannot be kept. */
final class RecorderTest {
    private static final Instant START = Instant.parse("2026-01-05T10:00:00Z");
    private static final EnvironmentId PRODUCTION = EnvironmentId.parse("hello/production");
    private static final QuestionKey ROLLOUT = QuestionKey.parse("hello@1.1.0/production/1");

    private static final Recorder.Word WORSE = new Recorder.Word(ROLLOUT, 0, true);

    private static final JudgedBounds JUDGED = new JudgedBounds(Duration.ofSeconds(90), Duration.ofSeconds(20));

    private final Kept kept = new Kept();
    private final MovableClock clock = new MovableClock(START);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Recorder recorder =
            new Recorder(kept, new Recorder.Bounds(4_000, Duration.ofSeconds(30)), JUDGED, clock, meters);

    @Test
    void each_question_is_noted_once_before_the_samples_that_were_counted_under_it() {
        recorder.heard(judge(ROLLOUT, 0), sample(0));
        recorder.heard(judge(ROLLOUT, 0), sample(1));
        recorder.heard(judge(ROLLOUT, 1), sample(2));
        recorder.close();

        assertThat(kept.parts).hasSize(1);
        assertThat(kept.lines(0))
                .extracting(line -> line.judge() == null ? -1 : line.judge().step())
                .containsExactly(0, -1, -1, 1, -1);
        assertThat(kept.lines(0).getFirst().at()).isEqualTo(START);
    }

    @Test
    void a_part_is_kept_when_it_is_large_when_it_is_old_and_when_the_rollout_ends() {
        for (int i = 0; i < 40; i++) {
            recorder.heard(judge(ROLLOUT, 0), sample(i));
        }
        int large = kept.parts.size();
        assertThat(large).isPositive();

        recorder.keepWhatIsOld();
        assertThat(kept.parts).hasSize(large);
        clock.advance(Duration.ofSeconds(30));
        recorder.keepWhatIsOld();
        assertThat(kept.parts).hasSize(large + 1);

        recorder.heard(judge(ROLLOUT, 0), sample(50));
        recorder.heard(judge(QuestionKey.parse("hello@1.2.0/production/1"), 0), sample(51));
        assertThat(kept.parts).hasSize(large + 2);
        assertThat(kept.lines(large + 1).getFirst().judge())
                .as("each part stands for itself")
                .isNotNull();
    }

    @Test
    void what_the_judge_rests_on_is_kept_and_told_as_soon_as_it_has_said_so_and_once() {
        recorder.heard(judge(ROLLOUT, 0), sample(0));
        recorder.heard(judge(ROLLOUT, 0), sample(1));
        assertThat(recorder.settled(PRODUCTION, WORSE).map(JudgedSeconds::lines))
                .as("the last second, too")
                .contains(3L);
        assertThat(kept.parts).hasSize(1);

        recorder.heard(judge(ROLLOUT, 0), sample(2));
        assertThat(recorder.settled(PRODUCTION, WORSE)).isEmpty();
        assertThat(kept.parts).as("what is seen until it is stopped").hasSize(1);
        recorder.ended(PRODUCTION);
        assertThat(kept.parts).hasSize(2);
        recorder.ended(PRODUCTION);
        assertThat(kept.parts).as("nothing is held back").hasSize(2);
        assertThat(kept.begun).isEqualTo(1);
    }

    @Test
    void each_word_of_a_judge_is_told_what_it_rests_on_also_where_nothing_is_held_back() {
        recorder.heard(judge(ROLLOUT, 0), sample(0));
        assertThat(recorder.settled(PRODUCTION, new Recorder.Word(ROLLOUT, 1, false))
                        .map(JudgedSeconds::lines))
                .contains(2L);
        clock.advance(Duration.ofSeconds(30));
        recorder.heard(judge(ROLLOUT, 1), sample(1));
        clock.advance(Duration.ofSeconds(30));
        recorder.keepWhatIsOld();

        assertThat(recorder.settled(PRODUCTION, new Recorder.Word(ROLLOUT, 2, false))
                        .map(JudgedSeconds::lines))
                .contains(4L);
    }

    @Test
    void what_cannot_be_kept_is_lost_counted_as_an_interruption_and_hinders_nobody() {
        recorder.heard(judge(ROLLOUT, 0), sample(0));
        kept.broken = true;
        assertThat(recorder.settled(PRODUCTION, WORSE)).isEmpty();
        kept.broken = false;
        recorder.heard(judge(ROLLOUT, 0), sample(1));

        assertThat(recorder.settled(PRODUCTION, WORSE))
                .as("tried again")
                .map(JudgedSeconds::interruptions)
                .contains(1);
        assertThat(kept.parts).hasSize(1);
        assertThat(meters.counter("slipway.recordings", "kept", "false").count())
                .isEqualTo(1);
        assertThat(meters.counter("slipway.recordings", "kept", "true").count()).isEqualTo(1);
    }

    @Test
    void whoever_goes_on_where_somebody_was_killed_counts_what_that_one_held_back_as_lost() {
        recorder.heard(judge(ROLLOUT, 0), sample(0));
        recorder.close();
        JudgedBounds others = new JudgedBounds(Duration.ofSeconds(60), Duration.ofSeconds(8));
        Recorder next = new Recorder(kept, new Recorder.Bounds(4_000, Duration.ofSeconds(30)), others, clock, meters);

        next.heard(judge(ROLLOUT, 0), sample(1));

        assertThat(next.settled(PRODUCTION, WORSE).map(JudgedSeconds::interruptions))
                .contains(1);
        assertThat(List.of(kept.lines(0).getFirst(), kept.lines(1).getFirst()))
                .as("each notes what its own judge went by")
                .extracting(Replay.Line::bounds)
                .containsExactly(JUDGED, others);
    }

    @Test
    void the_bounds_that_the_judge_goes_by_stand_beside_each_question_and_no_second() {
        recorder.heard(judge(ROLLOUT, 0), sample(0));
        recorder.heard(judge(ROLLOUT, 1), sample(1));
        recorder.close();

        assertThat(kept.lines(0)).extracting(Replay.Line::bounds).containsExactly(JUDGED, null, JUDGED, null);
    }

    private static Judge judge(QuestionKey rollout, int step) {
        Canary rules = new Canary(
                Canary.Assign.REQUEST,
                0.01,
                40,
                Canary.OnInconclusive.HOLD,
                Duration.ZERO,
                Canary.Traffic.LIVE,
                new Canary.Guardrails(null, List.of()),
                Duration.ofHours(1));
        return new Judge(rollout, PRODUCTION, "b", "a", step, 10 * step, Duration.ofMinutes(1), step, rules);
    }

    private static TrafficSample sample(int second) {
        return new TrafficSample(PRODUCTION, "g1", "b1", START.plusSeconds(second), 1, List.of());
    }

    private static final class Kept implements Recordings {
        private final List<List<String>> parts = new ArrayList<>();
        private int begun;
        private boolean broken;

        @Override
        public void begin(EnvironmentId environment, QuestionKey rollout) {
            begun++;
        }

        @Override
        public Optional<JudgedSeconds> add(EnvironmentId environment, QuestionKey rollout, List<String> lines) {
            if (broken) {
                throw new IllegalStateException("no store");
            }
            if (!lines.isEmpty()) {
                parts.add(List.copyOf(lines));
            }
            long all = parts.stream().mapToLong(List::size).sum();
            return all == 0
                    ? Optional.empty()
                    : Optional.of(new JudgedSeconds(all, Digest.of(parts.toString()), begun - 1));
        }

        @Override
        public Optional<Part> part(EnvironmentId environment, ReleaseId release, int number) {
            return Optional.empty();
        }

        private List<Replay.Line> lines(int part) {
            return parts.get(part).stream()
                    .map(line -> WireJson.mapper().readValue(line, Replay.Line.class))
                    .toList();
        }
    }
}
