package dev.slipway.deployment.target;

import dev.slipway.contracts.deployment.Resources;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Measures what the programs that run here use; how busy they are is measured from look to look. One thread looks. */
public final class ResourceMeter {
    private static final double TICKS_A_SECOND = 100; // USER_HZ, whatever the kernel's own clock
    private static final double NANOS_A_SECOND = 1e9;
    private static final double PERCENT = 100;

    private final TargetSettings settings;
    private final LongSupplier nanos;
    private Map<String, Busy> before = Map.of();

    ResourceMeter(TargetSettings settings, LongSupplier nanos) {
        this.settings = settings;
        this.nanos = nanos;
    }

    private record Busy(long pid, long ticks, long atNanos) {}

    /**
     * One look at all of them.
     *
     * @return by key, without those that do not run here; empty where this machine does not tell, or nothing is asked
     */
    public Map<String, Resources> measure(Collection<String> keys) {
        Map<String, Resources> measured = new HashMap<>();
        Map<String, Busy> now = new HashMap<>();
        Optional<ProcessTrees> trees = keys.isEmpty() ? Optional.empty() : ProcessTrees.look();
        for (String key : trees.isPresent() ? keys : List.<String>of()) {
            long pid = pid(key);
            trees.flatMap(all -> pid == 0 ? Optional.empty() : all.of(pid)).ifPresent(use -> {
                Busy busy = new Busy(pid, use.ticks(), nanos.getAsLong());
                now.put(key, busy);
                measured.put(
                        key,
                        new Resources(
                                use.memoryBytes(),
                                percent(before.get(key), busy),
                                use.openFiles(),
                                use.threads(),
                                use.processes()));
            });
        }
        before = now;
        return measured;
    }

    private static double percent(@Nullable Busy earlier, Busy later) {
        if (earlier == null || earlier.pid() != later.pid() || later.atNanos() <= earlier.atNanos()) {
            return 0;
        }
        double seconds = (later.atNanos() - earlier.atNanos()) / NANOS_A_SECOND;
        double busy = Math.max(0, later.ticks() - earlier.ticks()) / TICKS_A_SECOND;
        return Math.round(PERCENT * 10 * busy / seconds) / 10.0;
    }

    /** 0 if it does not run here. */
    private long pid(String key) {
        KeyFolder folder = new KeyFolder(settings.directory(), key);
        try {
            ProcessRecord record = folder.read();
            boolean runs = record.state() == ProcessRecord.State.RUNNING
                    && ProcessTable.find(record.pid(), record.startedAt(), record.birth())
                            .isPresent();
            return runs ? record.pid() : 0;
        } catch (IOException unreadable) {
            return 0;
        }
    }
}
