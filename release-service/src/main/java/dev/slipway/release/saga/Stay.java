package dev.slipway.release.saga;

import dev.slipway.contracts.Texts;
import dev.slipway.contracts.release.Milestone;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** How long staging has to have verified a release before it goes on to production (ADR 64). */
final class Stay {
    private Stay() {}

    /** Empty where the policy names no time, or where staging has not verified it. */
    static Optional<Instant> until(Dossier d) {
        Duration atLeast = d.guide().environments().staging().atLeast();
        return atLeast == null || d.isRollback()
                ? Optional.empty()
                : verifiedAt(d).map(at -> at.plus(atLeast));
    }

    /** The first time that it was told; where a release has told all that it may, since it is a candidate. */
    private static Optional<Instant> verifiedAt(Dossier d) {
        return d.milestones().stream()
                .filter(told -> told.kind() == Milestone.Kind.STAGED)
                .map(Milestone::at)
                .findFirst()
                .or(() -> d.state() instanceof ReleaseState.Candidate ? Optional.of(d.since()) : Optional.empty());
    }

    /** Until when it still has to stay; empty where it need not any more. */
    static Optional<Instant> rest(Dossier d, Instant now) {
        return until(d).filter(now::isBefore);
    }

    /** For a sentence: {@code 24 h}. */
    static String words(Dossier d) {
        Duration atLeast = d.guide().environments().staging().atLeast();
        return atLeast == null ? "" : Texts.words(atLeast);
    }
}
