package dev.slipway.messaging;

import dev.slipway.messaging.Deciding.Kind;
import dev.slipway.messaging.Effect.StartTimer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One document, and what was decided about it since it was loaded. Nothing of it is written yet: several inputs become one
 * version, which holds what follows from all of them.
 */
final class Attempt<S, I> {
    private final Kind<S, I> kind;
    private final StoredAggregate before;
    private final boolean ended;
    private final S loaded;
    private final Drafting draft;
    private final Instant now;
    private final List<@Nullable Refusal> refusals = new ArrayList<>();
    private S state;
    private int ignored;
    private boolean urgent;

    /** @param ended whether it is a finished document: it still decides, but can only send, and take what its kind amends it by */
    Attempt(Kind<S, I> kind, StoredAggregate before, boolean ended, S loaded, Drafting draft, Instant now) {
        this.kind = kind;
        this.before = before;
        this.ended = ended;
        this.loaded = loaded;
        this.draft = draft;
        this.now = now;
        this.state = loaded;
    }

    /** Decides on top of what was decided before. What it says of the version holds once it is written. */
    Outcome<S> decide(Trigger<I> trigger) {
        if (!trigger.valid().test(before)) {
            refusals.add(null);
            return new Outcome<>(state, before.version(), false, null);
        }
        Decision<S> decision = kind.core().decide(state, trigger.input(), now);
        Refusal refusal = decision.refusal();
        boolean moves = !decision.state().equals(state);
        List<Effect> effects = decision.effects().stream()
                .filter(effect -> (refusal == null && !ended) || effect instanceof Effect.Send)
                .toList();
        boolean amends = ended && moves && kind.manners().amends(trigger.input(), refusal != null);
        if (amends) {
            amend(trigger, decision, effects);
        } else if (ended) {
            ignored += moves ? 1 : 0;
            draft.answer(trigger, effects);
        } else {
            state = moves ? decision.state() : state;
            take(trigger, effects, new Drafting.Taken(moves, decision.reason()));
        }
        refusals.add(refusal);
        boolean changes = moves && (amends || !ended);
        return new Outcome<>(state, before.version() + (changes ? 1 : 0), changes, refusal);
    }

    /** What is told about it leaves without the outbox, which nobody looks at any more. */
    private void amend(Trigger<I> trigger, Decision<S> decision, List<Effect> told) {
        if (!kind.core().finished(decision.state())) {
            throw new IllegalStateException(
                    "%s %s has ended, and an amendment would begin it anew".formatted(kind.name(), before.id()));
        }
        state = decision.state();
        draft.take(trigger, List.of(), Map.of(), new Drafting.Taken(true, decision.reason()));
        draft.answer(trigger, told);
    }

    private void take(Trigger<I> trigger, List<Effect> effects, Drafting.Taken how) {
        urgent |= kind.manners().isUrgent(trigger.input());
        Map<String, Integer> again = new HashMap<>();
        List<Effect> paced = effects.stream()
                .map(effect -> effect instanceof StartTimer start ? paced(start, trigger, again) : effect)
                .toList();
        draft.take(trigger, paced, again, how);
    }

    /** A timer that starts again by its own firing is one that asks again: see {@link Manners.Repeating}. */
    private StartTimer paced(StartTimer start, Trigger<I> trigger, Map<String, Integer> again) {
        Manners.Repeating<S> repeating = kind.manners().repeats().get(start.name());
        StoredAggregate.Timer fired = before.timers().get(start.name());
        if (repeating == null
                || fired == null
                || !trigger.timersUsed().contains(start.name())
                || !repeating.answered().test(state)) {
            return start;
        }
        int round = fired.rounds() + 1;
        again.put(start.name(), round);
        return new StartTimer(start.name(), repeating.due(start.due(), now, round));
    }

    /** Whether one of the inputs may use the room that is kept in a full document. */
    boolean urgent() {
        return urgent;
    }

    StoredAggregate before() {
        return before;
    }

    S state() {
        return state;
    }

    /** Whether the state is another than the one that was loaded. */
    boolean moved() {
        return !state.equals(loaded);
    }

    /** Inputs that would have moved it, had it not ended. */
    int ignored() {
        return ignored;
    }

    /** The next version, or null if there is nothing to write. */
    @Nullable
    StoredAggregate after(Drafting.Tree<S> tree) {
        if (ended && !moved()) {
            return null;
        }
        Core<S, I> core = kind.core();
        StoredAggregate next = draft.after(
                moved(),
                () -> tree.of(state),
                core.finished(state),
                core,
                kind.manners().signer(state));
        return next == null || !ended ? next : next.withUpdatedAt(before.updatedAt());
    }

    /** Whether it is a finished document. */
    boolean ended() {
        return ended;
    }

    /** What is sent without a write. */
    List<StoredAggregate.Outgoing> answers() {
        return draft.sentAsIs();
    }

    /** What became of the inputs, in words of the meters. */
    List<String> became(boolean written) {
        String done = written ? "changed" : "unchanged";
        return refusals.stream().map(no -> no != null ? "refused" : done).toList();
    }

    /** What became of the last input. */
    Outcome<S> outcome(@Nullable StoredAggregate after) {
        long version = after == null ? before.version() : after.version();
        return new Outcome<>(state, version, after != null, refusals.getLast());
    }
}
