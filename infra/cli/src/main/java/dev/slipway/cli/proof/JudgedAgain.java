package dev.slipway.cli.proof;

import dev.slipway.contracts.QuestionKey;
import dev.slipway.contracts.Texts;
import dev.slipway.contracts.WireJson;
import dev.slipway.contracts.deployment.RolloutStatus.RolloutCause;
import dev.slipway.contracts.validation.Judge;
import dev.slipway.contracts.validation.JudgedSeconds;
import dev.slipway.contracts.validation.JudgementStatus;
import dev.slipway.validation.judgement.Judgement;
import dev.slipway.validation.simulation.JudgedBounds;
import dev.slipway.validation.simulation.Replay;
import dev.slipway.validation.simulation.SealedSeconds;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Goes over the seconds that production was judged by: that they are those on which the judge's words rest that the release has
 * on record, that it was asked as the policy wants ({@link AskedOfJudge}), and what it says over them now, at the end and wherever
 * production went on ({@link WordsAgain}), by the bounds that stand beside its questions. Positions count recorded lines, questions included, from 1.
 */
final class JudgedAgain {
    private static final String NOT_AGAIN = "not run again";

    private final Bundle bundle;
    private final List<String> lines;
    private final AskedOfJudge asked;
    private final List<JudgedSeconds> bounds = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();
    private final Set<Optional<JudgedBounds>> wentBy = new LinkedHashSet<>();
    private @Nullable QuestionKey rollout;

    private JudgedAgain(Bundle bundle) {
        this.bundle = bundle;
        this.lines = bundle.seconds();
        this.asked = new AskedOfJudge(bundle);
    }

    /**
     * What came of it.
     *
     * @param said for people, in one line
     */
    record Found(String said, List<String> faults) {}

    static Found of(Bundle bundle) {
        JudgedAgain again = new JudgedAgain(bundle);
        String said;
        try {
            again.readBounds();
            said = again.lines.isEmpty() ? again.absent() : again.present();
        } catch (JacksonException | IllegalArgumentException unreadable) {
            again.fault("which seconds the judge saw cannot be read in the record");
            said = NOT_AGAIN;
        }
        return new Found(said, again.faults);
    }

    /** Of the rollout that came last; what is kept is its seconds. */
    private void readBounds() {
        bundle.proof().records().stream()
                .map(link -> link.record().path("set").path("seconds"))
                .filter(JsonNode::isObject)
                .forEach(said -> {
                    QuestionKey about = WireJson.mapper().treeToValue(said.path("rollout"), QuestionKey.class);
                    if (!about.equals(rollout)) {
                        rollout = about;
                        bounds.clear();
                    }
                    bounds.add(WireJson.mapper().treeToValue(said.path("stored"), JudgedSeconds.class));
                });
    }

    private String absent() {
        if (bounds.isEmpty()) {
            return NOT_AGAIN + ": the seconds that production was judged by are not kept";
        }
        JsonNode going = bundle.kept().path("evidence");
        if (going.isObject()) {
            return NOT_AGAIN
                    + ": the %d seconds that production was judged by went by retention (%s), as was decided on %s"
                            .formatted(
                                    last().lines(),
                                    going.path("rule").asString(""),
                                    going.path("decided").asString("").split("T", 2)[0]);
        }
        missing(1);
        return NOT_AGAIN;
    }

    private JudgedSeconds last() {
        return bounds.getLast();
    }

    private String present() {
        if (!isWhatWasSeen()) {
            return NOT_AGAIN;
        }
        Optional<Boolean> found = worse();
        if (found.isEmpty()) {
            return NOT_AGAIN;
        }
        boolean worse = found.get();
        int interruptions = bounds.isEmpty() ? 0 : last().interruptions();
        if (worse != heardOfJudge() && interruptions == 0) {
            fault(
                    worse
                            ? "over the stored seconds the judge finds the version worse, and the release was not told so"
                            : "the release was told that its version was worse, and over the stored seconds the judge does not find that");
        }
        return "%d seconds judged again: %s; %s%s%s"
                .formatted(lines.size(), worse ? "worse" : "not worse", bound(), by(), lost(interruptions));
    }

    /** Which bounds it was judged by, where these are not those that ship, or where nobody noted which they were. */
    private String by() {
        boolean usual = wentBy.isEmpty() || wentBy.equals(Set.of(Optional.of(JudgedBounds.SHIPPED)));
        return usual ? "" : "; by " + wentBy.stream().map(JudgedAgain::named).collect(Collectors.joining(", then by "));
    }

    private static String named(Optional<JudgedBounds> noted) {
        return noted.map(bounds -> within(bounds)
                        + (bounds.way() == Judgement.BY_ANSWER ? ", slow answers weighed one by one as then" : ""))
                .orElse("the bounds that ship, as nobody noted then which they were");
    }

    private static String within(JudgedBounds bounds) {
        return bounds.by(JudgedBounds.SHIPPED.way()).equals(JudgedBounds.SHIPPED)
                ? "the bounds that ship"
                : "bounds of the installation: guardrail-window %s, second-within %s"
                        .formatted(Texts.words(bounds.window()), Texts.words(bounds.secondWithin()));
    }

    private String bound() {
        if (bounds.isEmpty()) {
            return "they are not bound to the record";
        }
        return last().lines() == lines.size()
                ? "they are those of the record"
                : "the first %d are those of the record, the others were heard after the judge's last word"
                        .formatted(last().lines());
    }

    private static String lost(int interruptions) {
        return interruptions == 0
                ? ""
                : "; %s in which more was judged than could be kept, so that it may say something else than it did"
                        .formatted(Texts.counted(interruptions, "interruption", "interruptions"));
    }

    /** Whether each line is the one that the record's digests are made of. */
    private boolean isWhatWasSeen() {
        QuestionKey about = rollout;
        if (about == null) {
            return true; // from before that was on record
        }
        SealedSeconds seals = SealedSeconds.of(about);
        long agreed = 0;
        for (long number = 1; number <= Math.min(lines.size(), last().lines()); number++) {
            if (!isTied(seals, number)) {
                fault("recorded second %d: it is not what the judge saw there".formatted(number));
                return false;
            }
            JudgedSeconds head = seals.head(0).orElseThrow();
            for (JudgedSeconds bound : bounds) {
                if (bound.lines() == number && !bound.digest().equals(head.digest())) {
                    fault("recorded seconds %d to %d: they are not what the judge saw".formatted(agreed + 1, number));
                    return false;
                }
                agreed = bound.lines() == number ? number : agreed;
            }
        }
        if (lines.size() < last().lines()) {
            missing(lines.size() + 1L);
            return false;
        }
        return true;
    }

    private boolean isTied(SealedSeconds seals, long number) {
        try {
            return seals.hear(lines.get(Math.toIntExact(number - 1)));
        } catch (IllegalArgumentException broken) {
            return false;
        }
    }

    private void missing(long from) {
        fault("recorded second %d: it is missing%s, and no record says that retention let it go"
                .formatted(from, from == last().lines() ? "" : ", and all up to second " + last().lines()));
    }

    private Optional<Boolean> worse() {
        WordsAgain words = new WordsAgain();
        int number = 0;
        try {
            for (String line : lines) {
                number++;
                Replay.Line heard = WireJson.mapper().readValue(line, Replay.Line.class);
                Judge question = heard.judge();
                if (question != null) {
                    wentBy.add(Optional.ofNullable(heard.bounds()));
                    asked(number, question);
                }
                words.hear(number, heard);
            }
        } catch (JacksonException | IllegalArgumentException wrong) {
            fault("recorded second %d cannot be read".formatted(number));
            return Optional.empty();
        }
        if (rollout != null && last().interruptions() == 0) {
            words.faults(bundle.proof().records(), rollout, last().lines()).forEach(this::fault);
        }
        JudgementStatus last = words.result().last();
        return Optional.of(last != null && last.worse() != null);
    }

    private void asked(int number, Judge question) {
        asked.fault(question).ifPresent(what -> fault("recorded second %d: %s".formatted(number, what)));
    }

    private boolean heardOfJudge() {
        return bundle.proof().records().stream()
                .flatMap(link -> link.record().path("set").path("rollouts").valueStream())
                .filter(status -> status.path("environment").asString("").endsWith("/production")
                        && status.path("cause").isObject())
                .anyMatch(status -> WireJson.mapper()
                        .treeToValue(status.path("cause"), RolloutCause.class)
                        .saidByJudge());
    }

    private void fault(String what) {
        faults.add(what);
    }
}
