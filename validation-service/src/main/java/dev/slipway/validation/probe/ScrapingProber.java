package dev.slipway.validation.probe;

import dev.slipway.contracts.Digest;
import dev.slipway.contracts.policy.MetricRule;
import dev.slipway.metrics.Standing;
import dev.slipway.metrics.client.MetricsClient;
import dev.slipway.metrics.client.MetricsClient.Answer;
import dev.slipway.validation.assessment.MetricsProber;
import dev.slipway.validation.assessment.ProbeAnswer;
import dev.slipway.validation.evidence.EvidenceBytes;
import dev.slipway.validation.evidence.EvidenceFull;
import dev.slipway.validation.rule.WatchRule;
import dev.slipway.validation.rule.Watched;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the version under test for its metrics each second, for as long as a gate says. As the version has no users yet, what
 * is counted is counted of what the gates ask it. What decides a gate is kept, so that it can be judged again; what leaves it
 * undecided is not, as it lets nothing pass and is watched again.
 */
public final class ScrapingProber implements MetricsProber, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ScrapingProber.class);
    private static final double NANOS = 1e9;

    private final MetricsClient client;
    private final Duration every;
    private final EvidenceBytes bytes;
    private final InstantSource clock;

    /**
     * @param every pause from look to look
     * @param bytes keeps what was watched
     * @param clock by which what a program tells is fresh or not
     */
    public ScrapingProber(MetricsClient client, Duration every, EvidenceBytes bytes, InstantSource clock) {
        this.client = client;
        this.every = every;
        this.bytes = bytes;
        this.clock = clock;
    }

    @Override
    public Found watch(Watching watching, BooleanSupplier dropped) throws InterruptedException {
        long pauses = WatchRule.pauses(watching.watch(), every);
        Watched.Notes notes = new Watched.Notes(watching.rules(), every);
        WatchRule rules = WatchRule.of(watching.rules(), watching.watch(), every);
        Set<String> names = new HashSet<>();
        for (MetricRule rule : watching.rules()) {
            names.add(rule.series());
            Optional.ofNullable(rule.of()).ifPresent(names::add);
        }
        long begun = System.nanoTime();
        for (long look = 0; look <= pauses && !dropped.getAsBoolean() && !rules.isBroken(); look++) {
            if (look > 0) {
                Thread.sleep(every);
            }
            Answer answer = client.ask(watching.address(), watching.http2(), names);
            double seconds = (System.nanoTime() - begun) / NANOS;
            Instant now = clock.instant();
            switch (answer) {
                case Answer.Untold(String why) -> {
                    notes.untold(seconds, now, why);
                    rules = rules.untold(why);
                }
                case Answer.Told told -> {
                    notes.told(seconds, now, told.samples());
                    rules = rules.told(seconds, now, told.samples());
                }
            }
        }
        List<ProbeAnswer> answers = answers(rules);
        boolean decided = rules.isBroken() || answers.stream().allMatch(ProbeAnswer.AsExpected.class::isInstance);
        return new Found(answers, decided ? kept(notes, watching.revision()) : List.of());
    }

    /** What cannot be kept decides as well; who verifies the release is told that nobody can judge it again. */
    private List<Digest> kept(Watched.Notes notes, @Nullable String revision) {
        Optional<byte[]> all = notes.all().map(Watched::bytes);
        if (all.isEmpty() || revision == null) {
            return List.of();
        }
        Digest digest = Digest.of(all.get());
        try {
            bytes.keep(digest, all.get(), revision);
            return List.of(digest);
        } catch (EvidenceFull full) {
            log.warn("What metrics of {} said cannot be kept: {}", revision, full.getMessage());
            return List.of();
        }
    }

    private static List<ProbeAnswer> answers(WatchRule rules) {
        List<Standing> standings = rules.standings();
        List<ProbeAnswer> answers = new ArrayList<>();
        for (int i = 0; i < standings.size(); i++) {
            answers.add(answer(rules.courses().get(i).rule().subject(), standings.get(i)));
        }
        return answers;
    }

    private static ProbeAnswer answer(String subject, Standing standing) {
        return switch (standing) {
            case Standing.Crossed(String text, String observed, String limit) ->
                new ProbeAnswer.Wrong(subject + " " + observed, text + ", and has to be " + limit);
            case Standing.Unsure(String why) -> new ProbeAnswer.Unanswered(subject + " unknown", why);
            case Standing.Holds(String observed) -> new ProbeAnswer.AsExpected(observed);
        };
    }

    @Override
    public void close() {
        client.close();
    }
}
