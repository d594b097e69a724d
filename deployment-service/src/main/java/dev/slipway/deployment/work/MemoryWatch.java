package dev.slipway.deployment.work;

import dev.slipway.contracts.deployment.Resources;
import dev.slipway.deployment.environment.Environment.Guarded;
import dev.slipway.deployment.environment.EnvironmentInput;
import dev.slipway.deployment.environment.EnvironmentInput.OverLimit;
import dev.slipway.deployment.watch.Course;
import dev.slipway.deployment.watch.MemoryGuard;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Holds versions on their way to the guardrails on their memory. What was seen is kept here and nowhere: after a restart of
 * this service it begins anew for both sides, so that a growth is never measured on one side alone.
 */
public final class MemoryWatch {
    private final BiConsumer<String, EnvironmentInput> tell;
    private final Map<String, Sides> seen = new HashMap<>();

    /** @param tell takes what an environment is to hear, with its id */
    public MemoryWatch(BiConsumer<String, EnvironmentInput> tell) {
        this.tell = tell;
    }

    /**
     * One rollout.
     *
     * @param serving whether what was seen was seen since its first share
     */
    private record Sides(Course canary, Course beside, boolean serving) {
        static final Sides UNSEEN = new Sides(Course.UNSEEN, Course.UNSEEN, false);
    }

    /**
     * One look at what an environment wants guarded; it hears of a crossed guardrail at each look until it has acted.
     *
     * @param guarded null where nothing is
     * @param measured by key of the version; a look that saw one side alone does not count
     */
    public void look(String environment, @Nullable Guarded guarded, Map<String, Resources> measured) {
        Resources canary = guarded == null ? null : measured.get(guarded.key());
        if (guarded == null || canary == null) {
            return;
        }
        Resources beside = guarded.beside() == null ? null : measured.get(guarded.beside());
        if (guarded.beside() != null && beside == null) {
            return; // it is being started again, or runs on another machine
        }
        Sides before = seen.getOrDefault(guarded.key(), Sides.UNSEEN);
        Sides since = before.serving() == guarded.serves() ? before : new Sides(Course.UNSEEN, Course.UNSEEN, true);
        Sides now = new Sides(
                since.canary().seen(canary.memoryBytes()),
                beside == null ? Course.UNSEEN : since.beside().seen(beside.memoryBytes()),
                guarded.serves());
        seen.put(guarded.key(), now);
        MemoryGuard.crossed(guarded.limits(), now.canary(), beside == null ? null : now.beside())
                .filter(crossed -> guarded.serves() || !crossed.name().equals(MemoryGuard.GROWTH))
                .ifPresent(crossed -> tell.accept(environment, new OverLimit(guarded.key(), crossed)));
    }

    /** Nothing is remembered of versions that do not run any more. */
    public void forgetAllBut(Set<String> keys) {
        seen.keySet().retainAll(keys);
    }
}
