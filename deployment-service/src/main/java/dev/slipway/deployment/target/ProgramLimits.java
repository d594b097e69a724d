package dev.slipway.deployment.target;

import dev.slipway.contracts.policy.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds programs to the limits of their policy. Memory, processes and CPU weight by a control group of the program's own
 * where this service may make one, so that they hold for the program and all that it starts together. Without one, memory
 * by {@code prlimit} for each process on its own, counted as what it has taken for data, as address space would keep a JVM
 * or a Go program from starting at all. Processes and CPU weight are then not held, and that is said: what prlimit counts
 * are the processes of a user, Slipway's own with them. Open files are each process's own in any case.
 */
final class ProgramLimits {
    private static final Logger log = LoggerFactory.getLogger(ProgramLimits.class);
    private static final long MEGABYTE = 1L << 20;
    private static final String NO_GROUP = "needs a control group (cgroup v2), and this service may make none";

    private final Path prlimit;
    private final Cgroups groups;

    ProgramLimits(Path prlimit, Cgroups groups) {
        this.prlimit = prlimit;
        this.groups = groups;
    }

    static ProgramLimits of(TargetSettings settings) {
        return new ProgramLimits(settings.limitProgram(), Cgroups.ofThisProcess(settings.cgroup()));
    }

    /** @param key names the group; its limits are written before anything runs in it */
    Confinement confine(String key, @Nullable Limits limits) {
        if (limits == null || limits.isNone()) {
            return Confinement.NONE;
        }
        List<String> held = new ArrayList<>();
        List<String> notHeld = new ArrayList<>();
        Optional<Cgroups.Group> group = group(key);
        List<String> before = new ArrayList<>();
        List<String> options = new ArrayList<>();
        memory(limits.memoryBytes(), group, options, held, notHeld);
        inGroup("pids.max", limits.processes(), "processes and threads", group, held, notHeld);
        inGroup("cpu.weight", limits.cpuWeight(), "CPU weight", group, held, notHeld);
        openFiles(limits.openFiles(), options, held, notHeld);
        if (!options.isEmpty()) {
            before.add(prlimit.toString());
            before.addAll(options);
        }
        group.ifPresent(made -> before.addAll(0, made.enter()));
        return new Confinement(before, held, notHeld);
    }

    /** Ends what is left of a program that has ended, where it had a group; in words, empty if nothing was. */
    String release(String key) throws InterruptedException {
        try {
            int left = groups.end(KeyFolder.name(key));
            return left == 0 ? "" : "%d processes that had left its session were killed.".formatted(left);
        } catch (IOException busy) {
            log.info("The control group of {} stays: {}", key, busy.toString());
            return "";
        }
    }

    private Optional<Cgroups.Group> group(String key) {
        try {
            return groups.group(KeyFolder.name(key));
        } catch (IOException refused) {
            log.info("No control group for {}: {}", key, refused.toString());
            return Optional.empty();
        }
    }

    private void memory(
            @Nullable Long bytes,
            Optional<Cgroups.Group> group,
            List<String> options,
            List<String> held,
            List<String> notHeld) {
        if (bytes == null) {
            return;
        }
        String what = "memory " + megabytes(bytes);
        if (group.isPresent() && group.get().set("memory.max", bytes)) {
            group.get().set("memory.swap.max", 0L);
            group.get().set("memory.oom.group", 1L); // the program as a whole, not one process out of it
            held.add(what + " (control group)");
        } else if (Files.isExecutable(prlimit)) {
            options.add("--data=%d:%d".formatted(bytes, bytes));
            held.add(what + " of data in each process (prlimit)");
        } else {
            notHeld.add(what + ", as " + noProgram());
        }
    }

    private static void inGroup(
            String file,
            @Nullable Integer value,
            String what,
            Optional<Cgroups.Group> group,
            List<String> held,
            List<String> notHeld) {
        if (value == null) {
            return;
        }
        if (group.isPresent() && group.get().set(file, value)) {
            held.add("%s %d (control group)".formatted(what, value));
        } else {
            notHeld.add("%s %d, which %s".formatted(what, value, NO_GROUP));
        }
    }

    private void openFiles(@Nullable Integer files, List<String> options, List<String> held, List<String> notHeld) {
        if (files == null) {
            return;
        }
        if (Files.isExecutable(prlimit)) {
            options.add("--nofile=%d:%d".formatted(files, files));
            held.add("open files %d in each process (prlimit)".formatted(files));
        } else {
            notHeld.add("open files %d, as %s".formatted(files, noProgram()));
        }
    }

    private String noProgram() {
        return "there is no program " + prlimit + " (slipway.targets.limit-program)";
    }

    private static String megabytes(long bytes) {
        return bytes % MEGABYTE == 0 ? bytes / MEGABYTE + " MB" : bytes + " bytes";
    }
}
