package dev.slipway.deployment.environment;

import dev.slipway.contracts.deployment.RolloutStatus;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an environment remembers of rollouts that are over. */
final class Memory {
    private Memory() {}

    /** Keeps an answer for good; the oldest go, and then only their highest rank is known. */
    static Environment keep(Environment environment, @Nullable Rank rank, RolloutStatus status, int answersKept) {
        List<Answer> all = new ArrayList<>(environment.answers());
        all.add(new Answer(rank, status));
        Rank forgotten = environment.forgotten();
        while (all.size() > answersKept) {
            forgotten = higher(forgotten, all.removeFirst().rank());
        }
        return environment.withAnswers(all).withRanks(higher(environment.highest(), rank), forgotten);
    }

    /** The same answer, with more said of what came after. */
    static Environment replacing(Environment environment, RolloutStatus status) {
        return environment.withAnswers(environment.answers().stream()
                .map(answer -> answer.status().question().equals(status.question())
                        ? new Answer(answer.rank(), status)
                        : answer)
                .toList());
    }

    static Environment seen(Environment environment, Rank rank) {
        return environment.withRanks(higher(environment.highest(), rank), environment.forgotten());
    }

    /** Whether this rank is not above all that was admitted, queued or dropped. */
    static boolean late(Environment environment, Rank rank) {
        return environment.highest() != null && !rank.above(environment.highest());
    }

    /** Whether an answer about this rank may have been given and forgotten. */
    static boolean beyond(Environment environment, Rank rank) {
        return environment.forgotten() != null && !rank.above(environment.forgotten());
    }

    private static @Nullable Rank higher(@Nullable Rank one, @Nullable Rank other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.above(other) ? one : other;
    }
}
