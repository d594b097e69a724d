package dev.slipway.validation.verdicts;

import dev.slipway.messaging.Core;
import dev.slipway.messaging.Decision;
import dev.slipway.messaging.Effect;
import dev.slipway.messaging.Message;
import dev.slipway.validation.verdicts.VerdictMessages.VerdictRecorded;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * The evidence chain of one application. Its one input is a complete verdict: appended if it is new, and its hash is told
 * to the assessment in any case.
 *
 * <p>Every (state, input) pair, as a test holds it against the code:
 *
 * <pre>
 * EMPTY
 *   VerdictDraft new | VerdictDraft again → noted, says verdict.recorded
 * BEGUN
 *   VerdictDraft new → noted, says verdict.recorded
 *   VerdictDraft again → says verdict.recorded
 * </pre>
 */
public final class Chain implements Core<ChainState, VerdictDraft> {
    private final int recentMax;

    /** @param recentMax verdicts that are recognised when they are sent again */
    public Chain(int recentMax) {
        this.recentMax = recentMax;
    }

    @Override
    public ChainState initial(String id) {
        return new ChainState(id, null, List.of());
    }

    @Override
    public Decision<ChainState> decide(ChainState state, VerdictDraft draft, Instant now) {
        String known = state.hashOf(draft);
        if (known != null) {
            return Decision.move(state, recorded(draft, known));
        }
        VerdictRecord last = state.last();
        VerdictRecord record = last == null
                ? VerdictRecord.after(1, null, draft)
                : VerdictRecord.after(last.number() + 1, last.hash(), draft);
        return Decision.move(state.with(record, recentMax), recorded(draft, record.hash()))
                .because("%s %s".formatted(draft.gate().id(), draft.verdict()));
    }

    /** It goes on as long as its application does. */
    @Override
    public boolean finished(ChainState state) {
        return false;
    }

    @Override
    public Set<String> unjournaled() {
        return Set.of("recent");
    }

    private static Effect recorded(VerdictDraft draft, String hash) {
        String release =
                draft.question().substring(0, Math.max(0, draft.question().indexOf('/')));
        return Effect.send(Message.local(
                draft.question(),
                VerdictMessages.RECORDED,
                new VerdictRecorded(draft.gate().id(), hash),
                release));
    }
}
