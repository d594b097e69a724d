package dev.slipway.validation;

import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.QuestionKey;
import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.WireJson;
import dev.slipway.contracts.traffic.TrafficSample;
import dev.slipway.contracts.validation.Judge;
import dev.slipway.contracts.validation.JudgedSeconds;
import dev.slipway.contracts.validation.JudgementStatus;
import dev.slipway.validation.simulation.JudgedBounds;
import dev.slipway.validation.simulation.Replay;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notes what each rollout is judged by, in the order in which it was counted, so that it can be gone over again. It is no part
 * of judging: what cannot be kept is counted and lost. One instance hears all of an environment, as its samples have one key.
 */
class Recorder implements AutoCloseable {
    /** Keeps nothing. */
    static final Recorder NOTHING = new Recorder(
            new Nowhere(),
            new Bounds(1 << 20, Duration.ofDays(1)),
            JudgedBounds.SHIPPED,
            Instant::now,
            new SimpleMeterRegistry());

    private static final Logger log = LoggerFactory.getLogger(Recorder.class);

    private final Recordings recordings;
    private final Bounds bounds;
    private final JudgedBounds judged;
    private final InstantSource clock;
    private final MeterRegistry meters;
    private final Map<EnvironmentId, Part> open = new HashMap<>(); // as many as there are rollouts here at this moment
    private final Map<EnvironmentId, QuestionKey> begun = new HashMap<>(); // nothing of it was lost here so far
    private final Map<EnvironmentId, Word> settled = new HashMap<>(); // the last one of each environment here

    /**
     * How much is held back before it is kept.
     *
     * @param partBytes about that many, before compression
     * @param partEvery and no longer than that
     */
    record Bounds(int partBytes, Duration partEvery) {}

    /** What a judge has said for good about a rollout. */
    record Word(QuestionKey rollout, int passedStep, boolean worse) {
        static Optional<Word> of(JudgementStatus status) {
            return status.passedStep() > 0 || status.worse() != null
                    ? Optional.of(new Word(status.question(), status.passedStep(), status.worse() != null))
                    : Optional.empty();
        }
    }

    /** @param judged which the judge here goes by, noted beside each question */
    Recorder(Recordings recordings, Bounds bounds, JudgedBounds judged, InstantSource clock, MeterRegistry meters) {
        this.recordings = recordings;
        this.bounds = bounds;
        this.judged = judged;
        this.clock = clock;
        this.meters = meters;
    }

    /** A sample was counted while this was asked. */
    synchronized void heard(Judge asked, TrafficSample sample) {
        Instant now = clock.instant();
        Part part = open.get(asked.environment());
        if (part != null && !part.asked.question().equals(asked.question())) {
            keep(asked.environment());
            part = null;
        }
        if (part == null) {
            part = new Part(asked, now);
            tried(asked.environment(), asked.question(), Optional::empty);
            open.put(asked.environment(), part);
            part.add(Replay.Line.of(now, asked, judged));
        } else if (!part.asked.equals(asked)) {
            part.asked = asked;
            part.add(Replay.Line.of(now, asked, judged));
        }
        part.add(Replay.Line.of(now, sample));
        if (part.bytes >= bounds.partBytes()) {
            keep(asked.environment());
        }
    }

    /**
     * The judge has given its word on a rollout: what it rests on is kept now, so that whoever checks the release does not have
     * to wait. What is heard until judging is stopped changes nothing in it.
     *
     * @return what is kept of it; nothing if that was said before, or if nothing could be kept, which is then tried again
     */
    synchronized Optional<JudgedSeconds> settled(EnvironmentId environment, Word word) {
        if (word.equals(settled.put(environment, word))) {
            return Optional.empty();
        }
        Part part = open.remove(environment);
        List<String> lines = part == null ? List.of() : part.lines;
        Optional<JudgedSeconds> kept = kept(environment, word.rollout(), lines);
        if (kept.isEmpty()) {
            settled.remove(environment);
        }
        return kept;
    }

    /** Nothing is judged there any more: what is held back is kept now. */
    synchronized void ended(EnvironmentId environment) {
        keep(environment);
    }

    /** Done again and again. */
    synchronized void keepWhatIsOld() {
        Instant before = clock.instant().minus(bounds.partEvery());
        List.copyOf(open.entrySet()).stream()
                .filter(part -> !part.getValue().since.isAfter(before))
                .forEach(part -> keep(part.getKey()));
    }

    @Override
    public synchronized void close() {
        List.copyOf(open.keySet()).forEach(this::keep);
    }

    private void keep(EnvironmentId environment) {
        Part part = open.remove(environment);
        if (part != null) {
            kept(environment, part.asked.question(), part.lines);
        }
    }

    private Optional<JudgedSeconds> kept(EnvironmentId environment, QuestionKey rollout, List<String> lines) {
        Optional<JudgedSeconds> kept = tried(environment, rollout, () -> recordings.add(environment, rollout, lines));
        if (!lines.isEmpty()) {
            meters.counter("slipway.recordings", "kept", Boolean.toString(kept.isPresent()))
                    .increment();
        }
        return kept;
    }

    /** Begins with it, too: once, and again after something was lost. */
    private Optional<JudgedSeconds> tried(
            EnvironmentId environment, QuestionKey rollout, Supplier<Optional<JudgedSeconds>> work) {
        try {
            if (!rollout.equals(begun.get(environment))) {
                recordings.begin(environment, rollout);
                begun.put(environment, rollout);
            }
            return work.get();
        } catch (RuntimeException trouble) {
            begun.remove(environment);
            log.warn("What {} is judged by cannot be kept: {}", rollout, trouble.toString());
            return Optional.empty();
        }
    }

    private static final class Part {
        private final List<String> lines = new ArrayList<>();
        private final Instant since;
        private Judge asked;
        private int bytes;

        private Part(Judge asked, Instant since) {
            this.asked = asked;
            this.since = since;
        }

        private void add(Replay.Line line) {
            String json = WireJson.mapper().writeValueAsString(line);
            lines.add(json);
            bytes += json.length();
        }
    }

    private static final class Nowhere implements Recordings {
        @Override
        public void begin(EnvironmentId environment, QuestionKey rollout) {}

        @Override
        public Optional<JudgedSeconds> add(EnvironmentId environment, QuestionKey rollout, List<String> lines) {
            return Optional.empty();
        }

        @Override
        public Optional<Recordings.Part> part(EnvironmentId environment, ReleaseId release, int number) {
            return Optional.empty();
        }
    }
}
