package dev.slipway.release.saga;

import dev.slipway.chain.CanonicalJson;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.WireJson;
import dev.slipway.contracts.release.GuideView.LineState;
import dev.slipway.contracts.release.PlanView;
import dev.slipway.contracts.release.PlanView.Asked;
import dev.slipway.contracts.release.PlanView.Progress;
import dev.slipway.contracts.release.PlanView.Step;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Pins a release's runbook: when it begins, and anew when a decision changes its plan (who is asked, the release day, freezes).
 * What facts make of the plan later, as a freeze that came or a way back that was taken, pins nothing: whoever reads the runbook
 * then is told what reads otherwise.
 */
public final class RunbookPins {
    private RunbookPins() {}

    /** Its plan without where it is in it. */
    public static PinnedRunbook.Content content(Dossier d, Instant now) {
        PlanView whole = ReleasePlan.whole(d, now);
        return new PinnedRunbook.Content(
                whole.policyHash(),
                whole.guideHash(),
                whole.steps().stream().map(RunbookPins::toCome).toList());
    }

    private static Step toCome(Step step) {
        return new Step(
                step.id(),
                step.phase(),
                Progress.AHEAD,
                step.title(),
                step.text(),
                step.asked().stream().map(RunbookPins::open).toList(),
                step.back());
    }

    private static Asked open(Asked asked) {
        return new Asked(
                asked.kind(),
                asked.name(),
                asked.text(),
                asked.of(),
                asked.within(),
                LineState.OPEN,
                PlanAsked.NOT_ASKED);
    }

    static Digest digest(PinnedRunbook.Content content) {
        return digest(WireJson.mapper().<JsonNode>valueToTree(content));
    }

    static Digest digest(JsonNode content) {
        return new Digest("sha256:" + CanonicalJson.sha256(content));
    }

    /** The release after an input, with its runbook pinned where that began it or changed its plan. */
    static Dossier pinned(Dossier before, Dossier after, ReleaseInput input, Instant now) {
        if (after.launch() == null || after.launch().policy() == null || after.state() instanceof ReleaseState.Ended) {
            return after;
        }
        if (before.launch() == null) {
            return with(after, "as it began", now);
        }
        String decided = decided(input);
        if (decided == null || after.runbook() == null || content(before, now).equals(content(after, now))) {
            return after;
        }
        return with(after, decided, now);
    }

    private static Dossier with(Dossier d, String why, Instant now) {
        PinnedRunbook.Content content = content(d, now);
        return Change.of(d, now)
                .runbook(PinnedRunbook.after(d.runbook(), digest(content), now, why, content))
                .done();
    }

    /** What was decided about the plan as such; null for what only goes along it. */
    private static @Nullable String decided(ReleaseInput input) {
        return switch (input) {
            case ReleaseInput.HandOver said -> "as %s handed over to %s".formatted(said.email(), said.to());
            case ReleaseInput.SetDay said -> "as %s set the release day to %s".formatted(said.email(), said.day());
            case ReleaseInput.FreezesChanged _ -> "as another policy has other freezes";
            case ReleaseInput.Launched _,
                    ReleaseInput.Superseded _,
                    ReleaseInput.HoldChanged _,
                    ReleaseInput.Fixed _,
                    ReleaseInput.RevisionRead _,
                    ReleaseInput.RevisionRefused _,
                    ReleaseInput.Merged _,
                    ReleaseInput.MergeRefused _,
                    ReleaseInput.AnnouncementsWritten _,
                    ReleaseInput.Heard _,
                    ReleaseInput.Request _,
                    ReleaseInput.TimedOut _,
                    ReleaseInput.AskAgain _ -> null;
        };
    }

    /** What reads otherwise now, one line a step, in the order of the present plan; empty where nothing does. */
    public static List<String> differences(PinnedRunbook.Content pinned, PinnedRunbook.Content present) {
        List<String> differences = new ArrayList<>();
        if (!pinned.policyHash().equals(present.policyHash())) {
            differences.add("it is by policy %s, pinned was %s".formatted(present.policyHash(), pinned.policyHash()));
        }
        Map<String, Step> left = new LinkedHashMap<>();
        pinned.steps().forEach(step -> left.put(step.id(), step));
        for (Step step : present.steps()) {
            Step was = left.remove(step.id());
            if (was == null) {
                differences.add("%s (%s) is not in the pinned one".formatted(step.id(), step.title()));
            } else if (!was.equals(step)) {
                differences.add("%s (%s) has %s".formatted(step.id(), step.title(), parts(was, step)));
            }
        }
        left.values().forEach(step -> differences.add("%s (%s) is left out".formatted(step.id(), step.title())));
        return differences;
    }

    private static String parts(Step was, Step is) {
        List<String> parts = new ArrayList<>();
        if (!was.title().equals(is.title()) || !was.text().equals(is.text()) || was.phase() != is.phase()) {
            parts.add("another text");
        }
        if (!was.asked().equals(is.asked())) {
            parts.add("something else that is asked, or of somebody else");
        }
        if (!was.back().equals(is.back())) {
            parts.add("another way back");
        }
        return String.join(", and ", parts);
    }
}
