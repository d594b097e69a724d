package dev.slipway.messaging;

import dev.slipway.chain.Signer;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What the recipe does for a kind of aggregate when much is going on, so that its core need not know.
 *
 * @param repeats timers that ask again, and how their pauses grow
 * @param deadlines timers that act on what was not heard: they wait, within a bound, while messages are behind, in states
 *     that rest on messages
 * @param urgent inputs that find room in a full document: a sixteenth of it is kept for them; null where none is
 * @param amending inputs that a finished document takes into its record; null where it takes none
 * @param noting inputs whose refusal a finished document takes into its record; null where it takes none
 * @param closing states in which a change closes the chain of the journal with a signature, and who signs
 */
record Manners<S, I>(
        Map<String, Repeating<S>> repeats,
        Map<String, Predicate<S>> deadlines,
        @Nullable Predicate<I> urgent,
        @Nullable Predicate<I> amending,
        @Nullable Predicate<I> noting,
        Closing<S> closing) {
    private static final int DOUBLINGS_MAX = 16;
    private static final int RESERVED_PART = 16;

    Manners {
        repeats = Map.copyOf(repeats);
        deadlines = Map.copyOf(deadlines);
    }

    boolean isUrgent(I input) {
        return urgent != null && urgent.test(input);
    }

    /** Whether a finished document takes this input, or its refusal, into its record. */
    boolean amends(I input, boolean refused) {
        Predicate<I> taken = refused ? noting : amending;
        return taken != null && taken.test(input);
    }

    /** Who signs a change that leads to this state; null where nobody does. */
    @Nullable
    Signer signer(S state) {
        return closing.when().test(state) ? closing.signer() : null;
    }

    /** See {@link Recipe.Builder#closing}. */
    record Closing<S>(Predicate<S> when, Signer signer) {
        static <S> Closing<S> never() {
            return new Closing<>(_ -> false, (_, _, _) -> null);
        }
    }

    /** Bytes of a document that only urgent inputs may use. */
    long reserved(long bytesMax) {
        return urgent == null ? 0 : bytesMax / RESERVED_PART;
    }

    /**
     * A question that is asked again although it was answered, in case that a later answer was lost.
     *
     * @param longest pause between two of its repetitions
     * @param answered whether the question that is open in this state has an answer
     */
    record Repeating<S>(Duration longest, Predicate<S> answered) {
        /** The first repetition comes when the core says, each further one after twice the time, while nothing else happens. */
        Instant due(Instant asked, Instant now, int round) {
            Duration pause = Duration.between(now, asked);
            Duration grown = pause.multipliedBy(1L << Math.min(round, DOUBLINGS_MAX));
            Duration bounded = grown.compareTo(longest) < 0 ? grown : longest;
            return bounded.compareTo(pause) < 0 ? asked : now.plus(bounded);
        }
    }
}
