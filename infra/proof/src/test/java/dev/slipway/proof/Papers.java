package dev.slipway.proof;

import dev.slipway.contracts.Sha;
import dev.slipway.contracts.Texts;
import dev.slipway.contracts.release.NotesView;
import dev.slipway.demo.DemoPolicy;
import dev.slipway.release.notes.History.Commit;
import dev.slipway.release.notes.History.Told;
import dev.slipway.release.notes.ReleaseNotes;
import dev.slipway.release.runbook.Runbook;
import dev.slipway.release.saga.Dossier;
import java.time.Duration;
import java.util.List;

/** What is rendered of releases of the demo, and what is not where there is nothing of it. */
final class Papers {
    private static final String FIRST = "1.0.0";

    private Papers() {}

    /** Of a release that has begun, whose one commit says this. */
    static NotesView notes(String message) {
        return notes(begun(DemoPolicy.shipped()), message);
    }

    private static NotesView notes(Dossier release, String message) {
        Commit commit = new Commit(new Sha("3".repeat(40)), false, message);
        return ReleaseNotes.of(release, new Told.Read(commit.sha(), List.of(commit), false, List.of()));
    }

    private static Dossier begun(String yaml) {
        ServicesTogether together = new ServicesTogether(GuidedReleases.policy(yaml));
        together.propose(FIRST, 1);
        return together.dossier(FIRST);
    }

    /**
     * Whether the runbook says that production is watched for so many seconds, and what is typed to take it back meanwhile.
     *
     * @param planned for how many it is by the policy
     */
    static boolean runbookTellsOf(int seconds, int planned) {
        String yaml = DemoPolicy.shipped().replace("bake: 10s", "bake: %ds".formatted(planned));
        ServicesTogether together = new ServicesTogether(GuidedReleases.policy(yaml));
        together.propose(FIRST, 1);
        String watched = "watched for %s of".formatted(Texts.words(Duration.ofSeconds(seconds)));
        return Runbook.of(together.dossier(FIRST), together.now()).plan().steps().stream()
                .anyMatch(step -> step.text().contains(watched) && step.back().contains("slipway release abort"));
    }

    /** Under a policy that asks for so many approvals. */
    static boolean tellsThatNobodyApproves(int approvals) {
        String yaml = DemoPolicy.sample()
                .replaceAll("approvals: \\{required: 2.*", "approvals: {required: %d}".formatted(approvals));
        return ReleaseNotes.of(begun(yaml), null).knownLimitations().toString().contains("nobody has to approve it");
    }

    /** @param attested whether the duty that was answered is one by which a backup is attested */
    static boolean tellsOfBackup(boolean attested) {
        String scan = "by: devops, before: staging, fields: [findings]";
        ServicesTogether together = new ServicesTogether(GuidedReleases.policy(
                DemoPolicy.shipped().replace(scan, attested ? scan + ", attests: backup" : scan)));
        GuidedReleases.ship(together, FIRST, 1);
        return notes(together.dossier(FIRST), "feat: greet")
                .upgrade()
                .toString()
                .contains("Back up existing data before the upgrade, as was done for this release");
    }

    /** @param staged whether staging has verified it */
    static boolean tellsOfStaging(boolean staged) {
        ServicesTogether together = new ServicesTogether(GuidedReleases.policy(DemoPolicy.shipped()));
        if (staged) {
            GuidedReleases.ship(together, FIRST, 1);
        } else {
            together.propose(FIRST, 1);
        }
        return notes(together.dossier(FIRST), "feat: greet")
                .upgrade()
                .toString()
                .contains("staging verified exactly these artifacts");
    }
}
