package dev.slipway.release.retention;

import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.Texts;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.policy.Retention;
import dev.slipway.contracts.validation.Baseline;
import dev.slipway.release.application.Application;
import dev.slipway.release.application.Launch;
import dev.slipway.release.application.Verified;
import dev.slipway.release.saga.Dossier;
import dev.slipway.release.saga.ReleaseState;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What of a release has been kept for long enough. Reports go before the record that names them. */
public final class Ageing {
    private Ageing() {}

    /** What goes. */
    public enum Part {
        EVIDENCE,
        RECORDS
    }

    /** A part that is due, by this rule. */
    public record Due(Part part, String rule) {}

    /**
     * How long it is kept: of the policy that it began with and the present one, the longer. So a policy that keeps longer
     * does so for what is there, and one that keeps shorter takes nothing away that was promised.
     *
     * @param present the application's policy; null where it has none any more
     */
    public static Retention kept(Dossier d, @Nullable Policy present) {
        Launch launch = d.launch();
        Policy pinned = launch == null ? null : launch.policy();
        if (pinned == null) {
            return present == null ? Retention.DEFAULT : present.kept();
        }
        return present == null ? pinned.kept() : pinned.kept().orLonger(present.kept());
    }

    /** When it ended; nothing while it goes on. */
    public static Optional<Instant> ended(Dossier d) {
        return d.state() instanceof ReleaseState.Ended ? Optional.of(d.since()) : Optional.empty();
    }

    /**
     * What goes now, if anything does.
     *
     * @param needed releases of which nothing goes, see {@link #needed}
     * @param keeping what was held or went; null where nothing was
     */
    public static Optional<Due> due(
            Dossier d, Retention kept, Set<ReleaseId> needed, @Nullable Keeping keeping, Instant now) {
        Instant end = ended(d).orElse(null);
        if (end == null || needed.contains(d.id()) || (keeping != null && keeping.hold() != null)) {
            return Optional.empty();
        }
        if (keeping == null || keeping.evidence() == null) {
            return over(end, kept.evidence(), now)
                    ? Optional.of(new Due(Part.EVIDENCE, rule("evidence", kept.evidence())))
                    : Optional.empty();
        }
        return keeping.evidenceGone() && keeping.records() == null && over(end, kept.records(), now)
                ? Optional.of(new Due(Part.RECORDS, rule("records", kept.records())))
                : Optional.empty();
    }

    private static boolean over(Instant end, Duration kept, Instant now) {
        return !now.isBefore(end.plus(kept));
    }

    static String rule(String what, Duration kept) {
        boolean days = kept.equals(Duration.ofDays(kept.toDays()));
        return "%s: %s".formatted(what, days ? Texts.counted(kept.toDays(), "day", "days") : Texts.words(kept));
    }

    /**
     * Releases of which nothing goes however old they are: what production runs, what is on its way, and what that is compared
     * with or takes its artifacts from.
     *
     * @param live the application's releases on their way
     */
    public static Set<ReleaseId> needed(Application application, List<Dossier> live) {
        Set<ReleaseId> needed = new HashSet<>(application.live());
        List<Verified> verified = application.notLeft();
        if (!verified.isEmpty()) {
            needed.add(verified.getLast().release());
        }
        for (Dossier d : live) {
            needed.add(d.id());
            Launch launch = d.launch();
            Baseline baseline = launch == null ? null : launch.baseline();
            if (baseline != null) {
                needed.add(baseline.release());
            }
            if (launch != null && launch.configured() != null) {
                needed.add(launch.configured().of());
            }
        }
        return needed;
    }
}
