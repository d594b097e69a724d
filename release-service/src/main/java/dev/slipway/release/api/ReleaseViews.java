package dev.slipway.release.api;

import dev.slipway.contracts.Digest;
import dev.slipway.contracts.policy.Configuration;
import dev.slipway.contracts.policy.Guide;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.release.Contacts;
import dev.slipway.contracts.release.GuideFileView;
import dev.slipway.contracts.release.ReleaseView;
import dev.slipway.contracts.release.ReleaseView.ApprovalView;
import dev.slipway.contracts.release.ReleaseView.TimelineEntry;
import dev.slipway.contracts.release.Waiting;
import dev.slipway.contracts.validation.GateVerdict;
import dev.slipway.contracts.validation.JudgementStatus;
import dev.slipway.messaging.JournalEntry;
import dev.slipway.release.application.Launch;
import dev.slipway.release.saga.Disruptions;
import dev.slipway.release.saga.Dossier;
import dev.slipway.release.saga.DutyStates;
import dev.slipway.release.saga.ForwardOnly;
import dev.slipway.release.saga.GuideInForce;
import dev.slipway.release.saga.ReleaseState;
import dev.slipway.release.saga.ReviewAsking;
import dev.slipway.release.saga.Telling;
import dev.slipway.release.saga.Timetable;
import dev.slipway.release.saga.Votes;
import dev.slipway.release.saga.Waiver;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Releases as the API shows them. */
final class ReleaseViews {
    private static final Set<String> TOLD = Set.of("deliveries");

    private ReleaseViews() {}

    static ReleaseView view(Dossier d) {
        return view(d, d.guideFile());
    }

    /** In a list, which tells in how many lines its guide's file differs, and not in which. */
    static ReleaseView listed(Dossier d) {
        GuideFileView file = d.guideFile();
        return view(
                d,
                file == null
                        ? null
                        : new GuideFileView(
                                file.file(),
                                file.state(),
                                file.why(),
                                file.sha256(),
                                List.of(),
                                file.lines().size() + file.more(),
                                file.adopted()));
    }

    private static ReleaseView view(Dossier d, @Nullable GuideFileView file) {
        Launch release = d.release();
        Policy policy = release.policy();
        return new ReleaseView(
                d.id(),
                d.id().application().value(),
                release.proposal().version(),
                release.proposal().sha(),
                release.proposal().artifacts(),
                release.policyHash(),
                d.ordinal(),
                d.kind(),
                d.state().phase(),
                d.since(),
                release.at(),
                release.publisher(),
                d.people(),
                d.unmatched(),
                d.cause(),
                waiting(d),
                Telling.gates(d),
                policy == null ? 0 : policy.approvals().required(),
                d.approvals().stream()
                        .map(approval -> new ApprovalView(approval.email(), approval.at()))
                        .toList(),
                Telling.rollout(d),
                d.mergedAs() == null ? null : d.mergedAs().value(),
                d.milestones(),
                Math.toIntExact(Math.max(1, release.attempt())),
                Telling.next(d),
                configuration(release),
                release.changes(),
                d.waivers().stream().map(Waiver::view).toList(),
                guideHash(d),
                DutyStates.of(d),
                d.staff() == null ? null : d.staff().owner(),
                List.of(),
                Timetable.dates(d),
                policy == null ? List.of() : Contacts.of(policy.contacts()),
                Votes.view(d),
                Disruptions.of(d).orElse(null),
                null,
                List.of(),
                ForwardOnly.reason(d),
                file,
                ReviewAsking.awaited(d));
    }

    private static @Nullable String guideHash(Dossier d) {
        Guide guide = GuideInForce.of(d);
        return guide == null ? null : guide.hash();
    }

    private static @Nullable Digest configuration(Launch release) {
        Policy policy = release.policy();
        if (release.rollback() != null) {
            return Configuration.digest(release.rollback().target());
        }
        return policy == null
                ? null
                : Configuration.digest(policy.environments().production().target());
    }

    /** With what the judgement waits for and what open gates have seen, which ticks and so is not part of the status. */
    private static @Nullable Waiting waiting(Dossier d) {
        Waiting waiting = Telling.waiting(d);
        String ticking = d.state() instanceof ReleaseState.RollingOut ? judgement(d) : seen(d);
        return waiting == null || ticking.isEmpty()
                ? waiting
                : new Waiting(
                        waiting.owner(),
                        waiting.what() + ": " + ticking,
                        waiting.since(),
                        waiting.until(),
                        waiting.command());
    }

    private static String judgement(Dossier d) {
        JudgementStatus judgement = d.judgement();
        return judgement == null ? "" : judgement.waitingFor();
    }

    /** What a gate that is tried again has seen: the value, or the status, that is not as it should be. */
    private static String seen(Dossier d) {
        return Telling.gates(d).stream()
                .filter(gate -> !gate.complete()
                        && gate.verdict() != GateVerdict.Verdict.PASSED
                        && !gate.observed().isBlank())
                .map(GateVerdict::cause)
                .findFirst()
                .orElse("");
    }

    /**
     * The journal, oldest first, with the state that each entry led to.
     *
     * @param all whether to show also that people were told, which is no decision and is most of it
     */
    static List<TimelineEntry> timeline(List<JournalEntry> journal, boolean all) {
        List<TimelineEntry> timeline = new ArrayList<>();
        String state = "";
        for (JournalEntry entry : journal) {
            if (!all && entry.added() == null && TOLD.containsAll(entry.set().propertyNames())) {
                continue;
            }
            JsonNode changed = entry.set().path("state");
            if (!changed.isMissingNode()) {
                String type = changed.path("type").asString("");
                state = type.equals("ENDED") ? changed.path("phase").asString("") : type;
            }
            String reason = entry.reason();
            timeline.add(new TimelineEntry(
                    entry.version(), entry.at(), entry.actor(), entry.input(), state, reason == null ? "" : reason));
        }
        return timeline;
    }
}
