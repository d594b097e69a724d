package dev.slipway.validation.revision;

import dev.slipway.contracts.Digest;
import dev.slipway.messaging.Core;
import dev.slipway.messaging.Decision;
import dev.slipway.messaging.Effect;
import dev.slipway.messaging.Message;
import dev.slipway.messaging.Refusal;
import dev.slipway.validation.evidence.Facts;
import dev.slipway.validation.revision.RevisionInput.CheckArrived;
import dev.slipway.validation.revision.RevisionInput.EvidenceArrived;
import dev.slipway.validation.revision.RevisionInput.Expired;
import dev.slipway.validation.revision.RevisionInput.Subscribed;
import dev.slipway.validation.revision.RevisionInput.UnreadableArrived;
import dev.slipway.validation.revision.RevisionInput.Unsubscribed;
import dev.slipway.validation.revision.RevisionMessages.RevisionStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The story of a revision: evidence and checks usually come before the release that needs them, so they are kept here
 * until they expire, and each assessment that subscribes is told all that is known, at once and at each arrival. Of a suite
 * the newest attempt counts ({@link Attempts}), the older ones stay on record; within an attempt the same bytes count once.
 * A report that cannot be read is noted, until one of the same kind, suite and attempt comes that can. A time that a check
 * claims and that lies after its arrival counts as the arrival. The oldest subscriber makes room for
 * one too many: it asks again if it still waits. Nothing expires while an assessment waits for it. What is refused for
 * its bound changes nothing.
 *
 * <p>Every (state, input) pair, as a test holds it against the code:
 *
 * <pre>
 * UNHEARD
 *   EvidenceArrived new | EvidenceArrived again | UnreadableArrived new | UnreadableArrived again | CheckArrived new
 *       | CheckArrived again → noted, timer expire
 *   Subscribed | Subscribed again → noted, says revision.changed, timer expire
 *   Expired → noted
 *   Unsubscribed | Unsubscribed unknown → nothing
 * OPEN, with a report, a check and a subscriber
 *   EvidenceArrived new | UnreadableArrived new | UnreadableArrived again | CheckArrived new → noted, says
 *       revision.changed, timer expire
 *   Subscribed → noted, says revision.changed
 *   Subscribed again → says revision.changed
 *   Expired → says revision.changed, timer expire
 *   Unsubscribed → noted
 *   EvidenceArrived again | CheckArrived again | Unsubscribed unknown → nothing
 * OPEN, full, with a subscriber
 *   EvidenceArrived new | UnreadableArrived new | UnreadableArrived again | CheckArrived new → refused revision-full
 *   Subscribed → noted, says revision.changed
 *   Subscribed again → says revision.changed
 *   Expired → says revision.changed, timer expire
 *   Unsubscribed → noted
 *   EvidenceArrived again | CheckArrived again | Unsubscribed unknown → nothing
 * OPEN, with a report and an unreadable one
 *   EvidenceArrived new | EvidenceArrived again | UnreadableArrived new | CheckArrived new | CheckArrived again →
 *       noted, timer expire
 *   Subscribed | Subscribed again → noted, says revision.changed
 *   Expired → noted
 *   UnreadableArrived again | Unsubscribed | Unsubscribed unknown → nothing
 * EXPIRED
 *   EvidenceArrived new | EvidenceArrived again | UnreadableArrived new | UnreadableArrived again | CheckArrived new
 *       | CheckArrived again → refused revision-expired
 *   Subscribed | Subscribed again → says revision.changed
 *   Unsubscribed | Unsubscribed unknown | Expired → nothing
 * </pre>
 */
public final class Revision implements Core<RevisionState, RevisionInput> {
    public static final String EXPIRE = "expire";
    private static final int EXPIRE_AGAIN_PART = 10;

    /**
     * Limits of a revision.
     *
     * @param evidenceMax pushes of reports
     * @param filesMax reports in all pushes
     * @param checksMax pipeline runs
     * @param subscribersMax assessments told at the same time
     * @param expireAfter how long after the last arrival it is kept
     */
    public record Bounds(int evidenceMax, int filesMax, int checksMax, int subscribersMax, Duration expireAfter) {}

    private final Bounds bounds;

    public Revision(Bounds bounds) {
        this.bounds = bounds;
    }

    @Override
    public RevisionState initial(String id) {
        return RevisionState.unheardOf(id);
    }

    @Override
    public boolean finished(RevisionState state) {
        return state.expired();
    }

    @Override
    public Decision<RevisionState> decide(RevisionState state, RevisionInput input, Instant now) {
        return switch (input) {
            case EvidenceArrived arrived -> evidence(state, arrived, now);
            case UnreadableArrived arrived -> unreadable(state, arrived.report(), now);
            case CheckArrived arrived -> check(state, arrived.check(), now);
            case Subscribed subscribed -> subscribe(state, subscribed.assessment(), now);
            case Unsubscribed unsubscribed -> unsubscribe(state, unsubscribed.assessment());
            case Expired _ -> state.expired() ? Decision.stay(state) : expire(state, now);
        };
    }

    private Decision<RevisionState> evidence(RevisionState state, EvidenceArrived input, Instant now) {
        Evidence evidence = input.evidence();
        if (state.expired()) {
            return Decision.refuse(state, expired(state));
        }
        RevisionState readable = evidence.files().isEmpty()
                ? state // how a run ended makes no report of it readable
                : state.readable(evidence.kind(), evidence.suite(), evidence.of());
        Set<Digest> counted = state.counted(evidence);
        List<EvidenceArrived.File> fresh = input.files().stream()
                .filter(file -> !counted.contains(file.digest()))
                .toList();
        List<Digest> files = fresh.stream().map(EvidenceArrived.File::digest).toList();
        if (state.holds(evidence, files)) {
            return readable.equals(state)
                    ? Decision.stay(state)
                    : arrived(readable, now).because("%s evidence can be read again".formatted(evidence.kind()));
        }
        if (readable.pushes() >= bounds.evidenceMax()) {
            return Decision.refuse(state, full("pushes of reports", bounds.evidenceMax()));
        }
        if (readable.files() + files.size() > bounds.filesMax()) {
            return Decision.refuse(state, full("reports", bounds.filesMax()));
        }
        Facts facts =
                Facts.together(fresh.stream().map(EvidenceArrived.File::facts).toList());
        return arrived(readable.with(evidence.counting(files, facts)), now).because(told(evidence, facts));
    }

    private static String told(Evidence evidence, Facts facts) {
        String exit = evidence.exit() == null ? "" : " exit " + evidence.exit();
        return "%s evidence%s%s".formatted(evidence.kind(), facts.list().isEmpty() ? "" : " " + facts, exit);
    }

    private Decision<RevisionState> unreadable(RevisionState state, Unreadable report, Instant now) {
        if (state.expired()) {
            return Decision.refuse(state, expired(state));
        }
        if (state.holds(report)) {
            return Decision.stay(state);
        }
        RevisionState others = state.readable(report.kind(), report.suite(), report.of());
        if (others.pushes() >= bounds.evidenceMax()) {
            return Decision.refuse(state, full("pushes of reports", bounds.evidenceMax()));
        }
        return arrived(others.with(report), now)
                .because("%s evidence cannot be read: %s".formatted(report.kind(), report.why()));
    }

    private Decision<RevisionState> check(RevisionState state, Check told, Instant now) {
        Check check = told.notAfter(now);
        if (state.expired()) {
            return Decision.refuse(state, expired(state));
        }
        if (state.holds(check) || state.hasEnded(check)) {
            return Decision.stay(state);
        }
        RevisionState rest = state.ended(check);
        if (rest.checks().count() >= bounds.checksMax()) {
            return Decision.refuse(state, full("pipeline runs", bounds.checksMax()));
        }
        return arrived(rest.with(check), now).because("check %s %s".formatted(check.name(), how(check)));
    }

    private static String how(Check check) {
        if (check.isPending()) {
            return "has begun";
        }
        if (check.isNeutral()) {
            return "was skipped";
        }
        return check.succeeded() ? "succeeded" : "failed";
    }

    private Decision<RevisionState> arrived(RevisionState next, Instant now) {
        List<Effect> effects = new ArrayList<>();
        next.subscribers().forEach(assessment -> effects.add(tell(next, assessment)));
        effects.add(Effect.startTimer(EXPIRE, now.plus(bounds.expireAfter())));
        return new Decision<>(next, effects, null, null);
    }

    private Decision<RevisionState> subscribe(RevisionState state, String assessment, Instant now) {
        Effect told = tell(state, assessment);
        if (state.expired() || state.subscribers().contains(assessment)) {
            return Decision.move(state, told);
        }
        List<String> subscribers = new ArrayList<>(state.subscribers());
        subscribers.add(assessment);
        if (subscribers.size() > bounds.subscribersMax()) {
            subscribers.removeFirst();
        }
        Decision<RevisionState> subscribed = Decision.move(state.subscribedBy(subscribers), told);
        return state.unknown() && state.subscribers().isEmpty()
                ? subscribed.and(Effect.startTimer(EXPIRE, now.plus(bounds.expireAfter())))
                : subscribed;
    }

    private static Decision<RevisionState> unsubscribe(RevisionState state, String assessment) {
        List<String> rest = state.subscribers().stream()
                .filter(known -> !known.equals(assessment))
                .toList();
        return rest.size() == state.subscribers().size()
                ? Decision.stay(state)
                : Decision.move(state.subscribedBy(rest));
    }

    /** Whoever waits for it keeps it; one that does not wait any more says so when it is told. */
    private Decision<RevisionState> expire(RevisionState state, Instant now) {
        if (!state.subscribers().isEmpty()) {
            List<Effect> effects = new ArrayList<>();
            state.subscribers().forEach(assessment -> effects.add(tell(state, assessment)));
            effects.add(Effect.startTimer(EXPIRE, now.plus(bounds.expireAfter().dividedBy(EXPIRE_AGAIN_PART))));
            return new Decision<>(state, effects, null, null);
        }
        return Decision.move(state.expire(), Effect.stopTimer(EXPIRE)).because("nothing arrived for too long");
    }

    private static Effect tell(RevisionState state, String assessment) {
        return Effect.send(Message.status(
                Message.LOCAL,
                assessment,
                RevisionMessages.CHANGED,
                new RevisionStatus(state.id(), state.suites(), state.latestChecks()),
                releaseOf(assessment),
                "revision/" + assessment));
    }

    /** An assessment's id is the text of its question, which starts with the release. */
    private static String releaseOf(String assessment) {
        int slash = assessment.indexOf('/');
        return slash < 0 ? assessment : assessment.substring(0, slash);
    }

    private Refusal expired(RevisionState state) {
        return new Refusal(
                "revision-expired",
                "Nothing arrived for %s in %d days, so it takes no more evidence. Release a newer commit."
                        .formatted(state.id(), bounds.expireAfter().toDays()));
    }

    private static Refusal full(String what, int max) {
        return new Refusal(
                "revision-full",
                "A revision keeps at most %d %s. Merge them before they are sent, or release a newer commit."
                        .formatted(max, what));
    }
}
