package dev.slipway.messaging;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a core decided: the state to be in, what to do about it, and why.
 *
 * @param state the new state; equal to the old one if nothing changes
 * @param effects in order; with an unchanged state only {@link Effect.Send} has a meaning, and is published without a
 *     write, because the one who asked will ask again
 * @param reason for the journal, one sentence, or null
 * @param refusal for the one who submitted the input, or null; a refusal changes nothing but a note of it in the state, and has no
 *     effects but {@link Effect.Send}
 */
public record Decision<S>(
        S state,
        List<Effect> effects,
        @Nullable String reason,
        @Nullable Refusal refusal) {
    public Decision {
        effects = List.copyOf(effects);
    }

    public static <S> Decision<S> stay(S state) {
        return new Decision<>(state, List.of(), null, null);
    }

    public static <S> Decision<S> move(S state, Effect... effects) {
        return new Decision<>(state, Arrays.asList(effects), null, null);
    }

    /** @param state as it was, or with a note that this was refused */
    public static <S> Decision<S> refuse(S state, Refusal refusal) {
        return new Decision<>(state, List.of(), null, refusal);
    }

    public Decision<S> and(Effect... more) {
        return and(Arrays.asList(more));
    }

    public Decision<S> and(List<? extends Effect> more) {
        List<Effect> all = new ArrayList<>(effects);
        all.addAll(more);
        return new Decision<>(state, all, reason, refusal);
    }

    public Decision<S> because(String why) {
        return new Decision<>(state, effects, why, refusal);
    }
}
