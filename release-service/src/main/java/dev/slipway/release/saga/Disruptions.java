package dev.slipway.release.saga;

import static dev.slipway.contracts.EnvironmentId.PRODUCTION;

import dev.slipway.contracts.Texts;
import dev.slipway.contracts.deployment.RolloutStatus;
import dev.slipway.contracts.release.Cause;
import dev.slipway.contracts.release.Disruption;
import dev.slipway.contracts.validation.Excess;
import dev.slipway.contracts.validation.JudgementStatus;
import dev.slipway.release.application.Launch;
import java.time.Instant;
import java.util.Optional;

/**
 * What users had of a version that production went back from, or holds (ADR 70). It is kept with the release from when production
 * goes back, or from when what repairs it takes its place (ADR 69), and grows with what the judge hears after that; while production
 * holds a version it is what the judge says now. A rollback by a person to a kept snapshot keeps what users had of the version that
 * it leaves.
 */
public final class Disruptions {
    private Disruptions() {}

    /** Empty where production had no answer of it, or neither went back, nor holds it, nor has had it repaired. */
    public static Optional<Disruption> of(Dossier d) {
        Disruption kept = d.disruption();
        return kept == null ? said(d).filter(Disruption::held) : Optional.of(kept);
    }

    /** With what is known of it by now, if production has left it; an older word never takes anything away. */
    static Dossier kept(Dossier d, Instant now) {
        return said(d).filter(each -> !each.held() && isMore(each, d))
                .map(each -> Change.of(d, now).disruption(each).done())
                .orElse(d);
    }

    /** People who hear that it went back, or is held, hear what users had of it so far. */
    static Cause told(Dossier d, Cause why) {
        return of(d).filter(each -> each.from() != null)
                .map(each -> new Cause(
                        why.kind(),
                        "%s %s, as far as is counted by now.".formatted(Texts.sentence(why.text()), each.text()),
                        why.observed(),
                        why.limit()))
                .orElse(why);
    }

    private static Optional<Disruption> said(Dossier d) {
        return ofItself(d).or(() -> ofLeft(d));
    }

    /** Of a version that was verified, and that a person had production leave. */
    private static Optional<Disruption> ofLeft(Dossier d) {
        JudgementStatus judged = d.judgement();
        Launch.Rollback rollback = d.release().rollback();
        return rollback == null
                        || judged == null
                        || judged.left().isEmpty()
                        || !judged.question().equals(d.question(PRODUCTION))
                ? Optional.empty()
                : Optional.of(Disruption.ofLeft(rollback.fromVersion(), most(judged), judged.left()));
    }

    private static Optional<Disruption> ofItself(Dossier d) {
        JudgementStatus judged = d.judgement();
        return judged == null
                        || (judged.canary().answers() == 0 && judged.excess().isEmpty())
                ? Optional.empty()
                : d.rollout(PRODUCTION)
                        .filter(status -> status.question().equals(judged.question()) && concerns(status))
                        .map(status -> Disruption.of(
                                d.release().proposal().version(),
                                Telling.previousVersion(d),
                                answers(judged),
                                judged.excess(),
                                status.paused() && !isLeft(status)));
    }

    private static boolean concerns(RolloutStatus status) {
        boolean moves = switch (status.phase()) {
            case STEPPING, BAKING, FULL -> true;
            case WAITING, STARTING, WARMING_UP, VERIFIED, RESTORING, RESTORED, DISPLACED, NOT_ADMITTED, UNKNOWN ->
                false;
        };
        return isLeft(status) || (moves && status.paused());
    }

    /** Whether production goes back from it, or what repairs it took its place; what never had a share was never judged. */
    private static boolean isLeft(RolloutStatus status) {
        return switch (status.phase()) {
            case RESTORING, RESTORED, DISPLACED -> true;
            case WAITING, STARTING, WARMING_UP, STEPPING, BAKING, FULL, VERIFIED, NOT_ADMITTED, UNKNOWN -> false;
        };
    }

    private static long most(JudgementStatus judged) {
        return judged.left().stream().mapToLong(Excess::answers).max().orElse(0);
    }

    /** What came after judging had ended is none of the counts of a side. */
    private static long answers(JudgementStatus judged) {
        return Math.max(
                judged.canary().answers(),
                judged.excess().stream().mapToLong(Excess::answers).max().orElse(0));
    }

    private static boolean isMore(Disruption said, Dossier d) {
        Disruption kept = d.disruption();
        if (kept == null) {
            return true;
        }
        Instant had = kept.to();
        Instant has = said.to();
        return has != null && (had == null || has.isAfter(had) || (has.equals(had) && bad(said) > bad(kept)));
    }

    private static long bad(Disruption disruption) {
        return disruption.excess().stream().mapToLong(Excess::bad).sum();
    }
}
