package dev.slipway.proof;

import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.release.GuideView;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.demo.DemoPolicy;
import dev.slipway.proof.GuidedReleases.People;
import dev.slipway.release.saga.Dossier;
import dev.slipway.release.saga.GuideStates;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Releases under the policy that the demo goes by, on the cores of all services: the first one with all that the policy asks for,
 * and again without one thing of it. Each is made once.
 */
final class PointRuns {
    /** Who alone may approve files of deployment. */
    static final String DEVOPS = "ben@example.test";

    static final String OTHER = "cleo@example.test";

    private static final String THIRD = "dora@example.test";
    private static final String FIRST = "1.0.0";
    private static final String SECOND = "1.1.0";
    /** What waits for somebody who never comes waits in vain from early on. */
    private static final int STUCK_SECONDS = 240;

    private static final Policy POLICY = GuidedReleases.policy(DemoPolicy.shipped());

    private final GateEvidence evidence;
    private final Map<Lack, Dossier> made = new HashMap<>();
    private final Dossier whole;

    PointRuns(Path folder) {
        this.evidence = GateEvidence.of(folder, FIRST);
        ServicesTogether together = new ServicesTogether(POLICY, evidence);
        GuidedReleases.ship(together, FIRST, 1);
        this.whole = together.dossier(FIRST);
    }

    /** A release that lacks nothing. */
    Dossier whole() {
        return whole;
    }

    /** One that lacks this alone, as far as it comes. */
    Dossier without(Lack lack) {
        return made.computeIfAbsent(lack, this::made);
    }

    private Dossier made(Lack lack) {
        return switch (lack) {
            case Lack.Gate(String id) -> first(evidence.without(id), People.ALL, STUCK_SECONDS);
            case Lack.Duty(String id) -> first(evidence, new People(List.of(DEVOPS, OTHER), Set.of(id)), STUCK_SECONDS);
            case Lack.Yes(String of) ->
                first(
                        evidence,
                        new People(of.equals(DEVOPS) ? List.of(OTHER, THIRD) : List.of(DEVOPS), Set.of()),
                        STUCK_SECONDS);
            case Lack.Users _ -> {
                ServicesTogether together = new ServicesTogether(POLICY, evidence);
                together.samples(false);
                yield shipped(together, FIRST, 1, STUCK_SECONDS);
            }
            case Lack.Program _ -> {
                ServicesTogether together = new ServicesTogether(POLICY, evidence);
                together.programsStart(false);
                yield shipped(together, FIRST, 1, STUCK_SECONDS);
            }
            case Lack.WayBack _ -> {
                ServicesTogether together = new ServicesTogether(POLICY);
                GuidedReleases.ship(together, FIRST, 1);
                together.wayBack(false);
                yield shipped(together, SECOND, 2, STUCK_SECONDS);
            }
            case Lack.Said _, Lack.Decided _ -> throw new IllegalArgumentException("no release shows it: " + lack);
        };
    }

    private static Dossier first(GateEvidence evidence, People people, int seconds) {
        ServicesTogether together = new ServicesTogether(POLICY, evidence);
        GuidedReleases.ship(together, FIRST, 1, people, seconds);
        return together.dossier(FIRST);
    }

    private static Dossier shipped(ServicesTogether together, String version, long ordinal, int seconds) {
        GuidedReleases.ship(together, version, ordinal, People.ALL, seconds);
        return together.dossier(version);
    }

    /** Where a release is in the line of this text. */
    static GuideView.Line line(Dossier release, String text) {
        return GuideStates.of(release).lines().stream()
                .filter(line -> line.text().equals(text))
                .findFirst()
                .orElseThrow();
    }

    /** Whether a second release whose answers fail so often is taken back by itself, so that users have the first one again. */
    static boolean goesBack(int percent) {
        ServicesTogether together = new ServicesTogether(POLICY);
        GuidedReleases.ship(together, FIRST, 1);
        String before = together.verified().orElseThrow();
        together.newVersionFails(percent);
        GuidedReleases.ship(together, SECOND, 2);
        return together.phase(SECOND) == ReleasePhase.ROLLED_BACK
                && together.verified().orElseThrow().equals(before);
    }
}
