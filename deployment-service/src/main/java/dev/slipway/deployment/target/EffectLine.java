package dev.slipway.deployment.target;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One line of {@code starts.jsonl} beside a process's record. Processes that were ever started for a key are the
 * different births (pids where there is none) of its lines.
 *
 * @param effect what was done
 * @param fence of the task that did it
 * @param birth as in {@link ProcessRecord}
 */
record EffectLine(
        String key,
        Effect effect,
        long fence,
        int port,
        long pid,
        @Nullable String birth,
        Instant at) {
    enum Effect {
        STARTED,
        /** Started by somebody who died before it could be recorded. */
        FOUND,
        STOPPED
    }

    static EffectLine of(Effect effect, ProcessRecord record, Instant at) {
        return new EffectLine(record.key(), effect, record.fence(), record.port(), record.pid(), record.birth(), at);
    }
}
