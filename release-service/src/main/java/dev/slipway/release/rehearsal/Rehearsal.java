package dev.slipway.release.rehearsal;

import dev.slipway.contracts.ApplicationName;
import dev.slipway.contracts.Artifact;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.SemanticVersion;
import dev.slipway.contracts.Sha;
import dev.slipway.contracts.ci.Proposal;
import dev.slipway.contracts.policy.Guide;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.policy.ReleaseKind;
import dev.slipway.contracts.release.GuideView;
import dev.slipway.contracts.release.GuideView.LineState;
import dev.slipway.contracts.release.NextVersionView;
import dev.slipway.contracts.release.PlanView.Step;
import dev.slipway.contracts.release.RehearsalView;
import dev.slipway.contracts.release.RehearsalView.Check;
import dev.slipway.contracts.release.RehearsalView.Result;
import dev.slipway.messaging.Effect;
import dev.slipway.release.application.Application;
import dev.slipway.release.application.ApplicationCore;
import dev.slipway.release.application.ApplicationInput;
import dev.slipway.release.application.Launch;
import dev.slipway.release.application.Tags;
import dev.slipway.release.application.Verified;
import dev.slipway.release.notes.History.Told;
import dev.slipway.release.saga.Dossier;
import dev.slipway.release.saga.GuideStates;
import dev.slipway.release.saga.Prospect;
import dev.slipway.release.saga.ReleaseInput;
import dev.slipway.release.saga.ReleasePlan;
import dev.slipway.release.saga.WhoIsAsked;
import dev.slipway.release.saga.Work;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What would come of a release that nobody has proposed yet. The same cores decide as when it is: an application's on whether
 * it may be proposed, and the plan and the guide of a release as they are at its beginning. Nothing that they decide is kept,
 * and nothing is sent.
 */
public final class Rehearsal {
    private static final Sha NO_SHA = new Sha("0".repeat(40));
    private static final String NOBODY = "nobody";

    /** What is released is not known yet, and decides nothing here. */
    private static final Artifact ANY = new Artifact(URI.create("file:/artifact"), Digest.of("artifact"));

    private final Question asked;
    private final Seen seen;
    private final Policy policy;

    private Rehearsal(Question asked, Seen seen) {
        this.asked = asked;
        this.seen = seen;
        this.policy = asked.policy().policy();
    }

    /**
     * What is asked.
     *
     * @param branch of which it would be made
     * @param version that was named; null for the next one
     * @param on the day on which it is to reach production, in that zone
     * @param newest the newest release of the application that is no way back; null where it had none
     */
    public record Question(
            Application application,
            Application.PolicyInForce policy,
            String branch,
            @Nullable String version,
            LocalDate on,
            ZoneId zone,
            Instant now,
            @Nullable Dossier newest) {}

    /**
     * What Git says.
     *
     * @param told what has come to the branch
     * @param next the next version by that; null where Git cannot tell
     * @param revision whether the branch's head could be released; null where it was not asked
     */
    public record Seen(
            Told told,
            @Nullable NextVersionView next,
            @Nullable ReleaseInput revision) {}

    /** The version that would be released; empty where there is none. */
    public static Optional<String> version(@Nullable String named, @Nullable NextVersionView next) {
        return Optional.ofNullable(named).or(() -> Optional.ofNullable(next).map(NextVersionView::version));
    }

    /** What Git has to be asked of a branch's head, as it is asked at a release's beginning; of no tag where it would have none. */
    public static Work.ReadRevision question(Question asked, Sha head, @Nullable String version) {
        Policy policy = asked.policy().policy();
        Policy.Merge merge = policy.merge();
        List<Verified> verified = asked.application().notLeft();
        return Work.ReadRevision.atBeginning(
                policy,
                head,
                merge == null || version == null || SemanticVersion.of(version).isEmpty()
                        ? null
                        : Tags.of(merge, version),
                verified.isEmpty() ? null : verified.getLast().proposal().sha());
    }

    /**
     * The moment at which the release is taken to begin: noon of its day, when whoever is away on that day is; now where that is
     * over.
     */
    static Instant begins(Question asked) {
        Instant noon = asked.on().atTime(LocalTime.NOON).atZone(asked.zone()).toInstant();
        boolean today = asked.now().atZone(asked.zone()).toLocalDate().equals(asked.on());
        return today || noon.isBefore(asked.now()) ? asked.now() : noon;
    }

    public static RehearsalView of(Question asked, Seen seen, ApplicationCore core) {
        Rehearsal rehearsal = new Rehearsal(asked, seen);
        return rehearsal.view(version(asked.version(), seen.next())
                .map(version -> rehearsal.launch(version, core))
                .orElse(null));
    }

    private Launch launch(String version, ApplicationCore core) {
        Proposal proposal = new Proposal(
                        new ApplicationName(asked.application().name()),
                        version,
                        head().orElse(NO_SHA),
                        List.of(ANY),
                        null)
                .on(asked.on());
        ApplicationInput propose = new ApplicationInput.Propose(proposal, NOBODY, "rehearsal of " + version, false);
        return core.decide(asked.application(), propose, begins(asked)).effects().stream()
                .filter(Effect.Send.class::isInstance)
                .map(effect -> ((Effect.Send) effect).message().body())
                .filter(Launch.class::isInstance)
                .map(Launch.class::cast)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("A proposal of " + version + " leads to nothing"));
    }

    private Optional<Sha> head() {
        return seen.told() instanceof Told.Read read ? Optional.of(read.head()) : Optional.empty();
    }

    private RehearsalView view(@Nullable Launch launch) {
        ReleaseInput.RevisionRead read = seen.revision() instanceof ReleaseInput.RevisionRead known ? known : null;
        @Nullable
        Dossier prospect = launch != null && launch.refused() == null ? Prospect.of(launch, asked.now(), read) : null;
        List<Step> steps = prospect == null
                ? List.of()
                : ReleasePlan.whole(prospect, begins(asked)).steps();
        @Nullable GuideView guide = prospect == null ? null : GuideStates.of(prospect);
        List<GuideView.Line> unanswered = guide == null
                ? List.of()
                : guide.lines().stream()
                        .filter(line -> line.state() == LineState.UNANSWERED)
                        .toList();
        List<ReleaseKind> kinds = guide == null ? List.of() : guide.kinds();
        List<Check> checks = new Readiness(asked, seen, launch).checks(unanswered);
        Guide pinned = policy.guide();
        return new RehearsalView(
                asked.application().name(),
                version(asked.version(), seen.next()).orElse(null),
                asked.branch(),
                head().orElse(null),
                asked.on().toString(),
                asked.zone().getId(),
                kinds,
                asked.policy().hash(),
                pinned == null ? null : pinned.hash(),
                checks.stream().noneMatch(check -> check.result() == Result.BLOCKED),
                checks,
                prospect == null ? List.of() : WhoIsAsked.of(prospect, steps, asked.now()),
                unanswered,
                steps);
    }
}
