package dev.slipway.validation.revision;

import dev.slipway.messaging.Core;
import dev.slipway.messaging.Decision;
import dev.slipway.messaging.Effect;
import dev.slipway.messaging.Message;
import dev.slipway.messaging.Refusal;
import dev.slipway.validation.revision.RevisionInput.CheckArrived;
import dev.slipway.validation.revision.RevisionInput.EvidenceArrived;
import dev.slipway.validation.revision.RevisionInput.Expired;
import dev.slipway.validation.revision.RevisionInput.Subscribed;
import dev.slipway.validation.revision.RevisionInput.Unsubscribed;
import dev.slipway.validation.revision.RevisionMessages.RevisionStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The story of a revision: evidence and checks usually come before the release that needs them, so they are kept here
 * until they expire, and each assessment that subscribes is told all that is known, at once and at each arrival.
 *
 * <ul>
 *   <li>open + EvidenceArrived or CheckArrived, new: kept, subscribers told, expiry starts again
 *   <li>open + the same again (natural key): nothing
 *   <li>open + one too many: refused, code {@code revision-full}
 *   <li>open + Subscribed: told; remembered, the oldest subscriber makes room (it asks again if it still waits)
 *   <li>open + Unsubscribed: forgotten
 *   <li>open + Expired: everything is let go of; expired
 *   <li>expired + EvidenceArrived or CheckArrived: refused, code {@code revision-expired}
 *   <li>expired + Subscribed: told that nothing is known; Unsubscribed, Expired: nothing
 * </ul>
 */
public final class Revision implements Core<RevisionState, RevisionInput> {
    public static final String EXPIRE = "expire";

    /**
     * Limits of a revision.
     *
     * @param evidenceMax reports
     * @param checksMax pipeline runs
     * @param subscribersMax assessments told at the same time
     * @param expireAfter how long after the last arrival it is kept
     */
    public record Bounds(int evidenceMax, int checksMax, int subscribersMax, Duration expireAfter) {}

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
            case EvidenceArrived arrived -> evidence(state, arrived.evidence(), now);
            case CheckArrived arrived -> check(state, arrived.check(), now);
            case Subscribed subscribed -> subscribe(state, subscribed.assessment(), now);
            case Unsubscribed unsubscribed -> unsubscribe(state, unsubscribed.assessment());
            case Expired _ -> state.expired() ? Decision.stay(state) : expire(state);
        };
    }

    private Decision<RevisionState> evidence(RevisionState state, Evidence evidence, Instant now) {
        if (state.expired()) {
            return Decision.refuse(state, expired(state));
        }
        if (state.holds(evidence)) {
            return Decision.stay(state);
        }
        if (state.evidence().count() >= bounds.evidenceMax()) {
            return Decision.refuse(state, full("reports", bounds.evidenceMax()));
        }
        return arrived(state.with(evidence), now)
                .because("%s evidence %s".formatted(evidence.kind(), evidence.facts()));
    }

    private Decision<RevisionState> check(RevisionState state, Check check, Instant now) {
        if (state.expired()) {
            return Decision.refuse(state, expired(state));
        }
        if (state.holds(check)) {
            return Decision.stay(state);
        }
        if (state.checks().count() >= bounds.checksMax()) {
            return Decision.refuse(state, full("pipeline runs", bounds.checksMax()));
        }
        return arrived(state.with(check), now)
                .because("check %s %s".formatted(check.name(), check.succeeded() ? "succeeded" : "failed"));
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

    private static Decision<RevisionState> expire(RevisionState state) {
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
