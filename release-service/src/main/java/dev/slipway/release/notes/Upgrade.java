package dev.slipway.release.notes;

import dev.slipway.contracts.Texts;
import dev.slipway.contracts.deployment.WayBackStatus;
import dev.slipway.contracts.policy.Duty;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.release.ChangeView;
import dev.slipway.contracts.release.DutyView;
import dev.slipway.contracts.release.GuideView.LineState;
import dev.slipway.contracts.release.Milestone;
import dev.slipway.contracts.validation.Baseline;
import dev.slipway.release.application.Launch;
import dev.slipway.release.saga.Dossier;
import dev.slipway.release.saga.DutyStates;
import dev.slipway.release.saga.ForwardOnly;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is recommended to whoever upgrades, a sentence each. */
final class Upgrade {
    private Upgrade() {}

    /** What breaks first; then the three that always hold, with what is known; then the way back. */
    static List<String> of(Dossier d, List<ChangeView> breaking, @Nullable String unread) {
        List<String> advice = new ArrayList<>();
        for (ChangeView change : breaking) {
            advice.add(Texts.sentence("It breaks: "
                    + (change.note() == null ? change.subject() : change.subject() + ": " + change.note())));
        }
        advice.add("Back up existing data before the upgrade" + backedUp(d));
        if (!d.isRollback() && !d.isConfiguration()) {
            advice.add("Review the compatibility notes: " + compatibility(breaking.size(), unread));
        }
        advice.add("Test it in a staging environment first" + staged(d));
        advice.add(back(d));
        return advice;
    }

    /**
     * The same for those who use it, who hear of what breaks elsewhere: neither who has said what, nor what is typed here. It does
     * not change while a release goes on unless a fact of it does, as a review is of exactly these words.
     */
    static List<String> forUsers(Dossier d, List<ChangeView> breaking, @Nullable String unread) {
        List<String> advice = new ArrayList<>();
        advice.add("Back up existing data before the upgrade"
                + (attested(d).isEmpty() ? "." : ", as was done for this release."));
        advice.add("Review the compatibility notes: " + compatibility(breaking.size(), unread));
        advice.add("Test it in a staging environment first.");
        Baseline since = d.release().baseline();
        if (since != null && ForwardOnly.reason(d) != null) {
            advice.add("It may only go forward: do not go back to %s from it.".formatted(since.version()));
        }
        return advice;
    }

    private static String backedUp(Dossier d) {
        String said = attested(d).stream()
                .map(answer -> "%s at %s".formatted(answer.by(), answer.at()))
                .collect(Collectors.joining(", "));
        return said.isEmpty() ? "." : ", as was done for this release: attested by %s.".formatted(said);
    }

    /** Who has said, in a duty by which the policy has that attested, that it was done; nothing where nobody has. */
    private static List<DutyView.Answer> attested(Dossier d) {
        Policy policy = d.release().policy();
        List<String> attesting = policy == null
                ? List.of()
                : policy.duties().stream()
                        .filter(duty -> duty.attests() == Duty.Attests.BACKUP)
                        .map(Duty::id)
                        .toList();
        return DutyStates.of(d).stream()
                .filter(duty -> attesting.contains(duty.id()) && duty.state() == LineState.PASSED)
                .flatMap(duty -> duty.answers().stream())
                .filter(answer -> answer.result() == DutyView.Result.PASSED)
                .toList();
    }

    private static String compatibility(int breaking, @Nullable String unread) {
        if (unread != null) {
            return "what has changed is not known here.";
        }
        return breaking == 0
                ? "no commit says that it breaks anything."
                : Texts.counted(breaking, "change breaks", "changes break") + " something, as above.";
    }

    private static String staged(Dossier d) {
        return d.milestones().stream()
                .filter(milestone -> milestone.kind() == Milestone.Kind.STAGED)
                .findFirst()
                .map(staged ->
                        ": Slipway did, and staging verified exactly these artifacts at %s.".formatted(staged.at()))
                .orElse(".");
    }

    private static String back(Dossier d) {
        Launch.Rollback rollback = d.release().rollback();
        Baseline since = d.release().baseline();
        String application = d.id().application().value();
        if (rollback != null) {
            return "It went back from %s; a new version goes forward again.".formatted(rollback.fromVersion());
        }
        if (since == null) {
            return "There is no version before it to go back to.";
        }
        if (ForwardOnly.reason(d) != null) {
            return "It may only go forward: do not go back to %s, release a newer version. To take production back all the same: slipway app rollback %s --although-forward-only REASON"
                    .formatted(since.version(), application);
        }
        WayBackStatus way = d.wayBack();
        String command = "slipway app rollback %s --reason WHY".formatted(application);
        return way == null || way.to() == null || way.toVersion() == null
                ? "To go back to %s, of which production has a snapshot (%s): %s"
                        .formatted(since.version(), since.release(), command)
                : "To go back to %s, of which production has a snapshot (%s), %s: %s"
                        .formatted(way.toVersion(), way.to(), way.proven() ? "tried before" : "not proven", command);
    }
}
