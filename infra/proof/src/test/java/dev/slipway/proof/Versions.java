package dev.slipway.proof;

import dev.slipway.contracts.ApplicationName;
import dev.slipway.contracts.Artifact;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.Sha;
import dev.slipway.contracts.ci.Proposal;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.demo.DemoPolicy;
import dev.slipway.messaging.Decision;
import dev.slipway.messaging.Effect;
import dev.slipway.release.application.Application;
import dev.slipway.release.application.ApplicationCore;
import dev.slipway.release.application.ApplicationInput;
import dev.slipway.release.application.ApplicationLimits;
import dev.slipway.release.application.Launch;
import dev.slipway.release.application.Moved;
import dev.slipway.release.notes.History;
import dev.slipway.release.notes.NextVersion;
import java.net.URI;
import java.time.Instant;
import java.util.List;

/** What the core of an application makes of version numbers. */
final class Versions {
    private static final Policy POLICY = GuidedReleases.policy(DemoPolicy.shipped());
    private static final Instant NOW = Instant.parse("2026-01-05T10:00:00Z");

    private final ApplicationCore core = new ApplicationCore(new ApplicationLimits(64, 4, 4, 8, 8));
    private Application application = core.initial("hello");
    private int keys;

    private Versions() {
        take(new ApplicationInput.PutPolicy(POLICY, "h1", "admin@example.test"));
    }

    /** Whether a release of a version is begun after these, of which users had traffic. */
    static boolean isTaken(String version, String... released) {
        Versions versions = new Versions();
        for (String before : released) {
            versions.released(before);
        }
        return versions.proposed(version).refused() == null;
    }

    /** What is suggested after these, of which users had traffic. */
    static String suggested(String... released) {
        Versions versions = new Versions();
        for (String before : released) {
            versions.released(before);
        }
        History.Commit commit = new History.Commit(new Sha("3".repeat(40)), false, "feat: greet");
        return String.valueOf(new NextVersion(versions.application, POLICY)
                .of("production", new History.Told.Read(commit.sha(), List.of(commit), false, List.of()))
                .version());
    }

    private void released(String version) {
        ReleaseId id = proposed(version).id();
        take(new ApplicationInput.ReleaseMoved(
                new Moved(id, ReleasePhase.ROLLED_BACK, false, false, null, null, null, true)));
    }

    private Launch proposed(String version) {
        String digit = Integer.toHexString(++keys);
        Proposal proposal = new Proposal(
                new ApplicationName("hello"),
                version,
                new Sha(digit.repeat(40)),
                List.of(new Artifact(URI.create("file:/srv/hello.jar"), new Digest("sha256:" + digit.repeat(64)))),
                null,
                null);
        return take(new ApplicationInput.Propose(proposal, "ci@example.test", "key " + keys, false)).effects().stream()
                .filter(Effect.Send.class::isInstance)
                .map(effect -> ((Effect.Send) effect).message().body())
                .filter(Launch.class::isInstance)
                .map(Launch.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private Decision<Application> take(ApplicationInput input) {
        Decision<Application> decision = core.decide(application, input, NOW);
        application = decision.state();
        return decision;
    }
}
