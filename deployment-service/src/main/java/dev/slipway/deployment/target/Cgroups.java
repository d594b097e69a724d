package dev.slipway.deployment.target;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Control groups of programs, cgroup v2 (kernel: admin-guide/cgroup-v2). They lie below {@code slipway-programs} beside this
 * service's own group, as a group that has processes may have no limited groups below it; so they also live on where a unit
 * of systemd ends this service with all of its group. Where the folder may not be written there are none.
 */
final class Cgroups {
    private static final String PROCS = "cgroup.procs";
    private static final String CONTROL = "cgroup.subtree_control";
    private static final String PROGRAMS = "slipway-programs";
    private static final List<String> CONTROLLERS = List.of("memory", "pids", "cpu");
    private static final int ENTER_WITHIN_SECONDS = 5;
    private static final int KILL_LOOKS = 100;
    private static final Duration KILL_PAUSE = Duration.ofMillis(20);
    /** Whoever runs it moves itself and becomes the rest. */
    private static final String ENTER = "echo 0 > \"$0/cgroup.procs\" && exec \"$@\"";

    private final Optional<Path> parent;

    private Cgroups(Optional<Path> parent) {
        this.parent = parent;
    }

    /** @param configured folder to make groups in, in place of the one beside this service's own; null for that one */
    static Cgroups ofThisProcess(@Nullable Path configured) {
        return of(Path.of("/sys/fs/cgroup"), Path.of("/proc/self/cgroup"), configured);
    }

    static Cgroups of(Path root, Path self, @Nullable Path configured) {
        if (configured != null) {
            return new Cgroups(Optional.of(configured).filter(Cgroups::isWritable));
        }
        try {
            return new Cgroups(own(root, self)
                    .map(own -> own.equals(root) ? root : own.resolveSibling("").normalize())
                    .filter(Cgroups::isWritable)
                    .filter(folder -> folder.equals(root) || isEmpty(folder)));
        } catch (IOException none) {
            return new Cgroups(Optional.empty());
        }
    }

    /**
     * A group of this name, with whatever limits this system has; empty where there can be none.
     *
     * @throws IOException if it was refused
     */
    Optional<Group> group(String name) throws IOException {
        if (parent.isEmpty()) {
            return Optional.empty();
        }
        Path programs = Files.createDirectories(parent.get().resolve(PROGRAMS));
        delegate(parent.get());
        delegate(programs);
        Group group = new Group(Files.createDirectories(programs.resolve(name)));
        return group.canBeEntered() ? Optional.of(group) : Optional.empty();
    }

    /**
     * Ends the group of this name with all that still runs in it, whatever session that made for itself.
     *
     * @return how many processes were left
     */
    int end(String name) throws IOException, InterruptedException {
        Optional<Path> group =
                parent.map(folder -> folder.resolve(PROGRAMS).resolve(name)).filter(Files::isDirectory);
        if (group.isEmpty()) {
            return 0;
        }
        int left = processes(group.get());
        if (left > 0) {
            write(group.get().resolve("cgroup.kill"), "1");
        }
        for (int looks = 0; looks < KILL_LOOKS && processes(group.get()) > 0; looks++) {
            Thread.sleep(KILL_PAUSE);
        }
        Files.deleteIfExists(group.get());
        return left;
    }

    private static int processes(Path group) throws IOException {
        return Files.readAllLines(group.resolve(PROCS)).size();
    }

    /** One program's group. */
    record Group(Path folder) {
        /** Whether the limit holds now. */
        boolean set(String file, long value) {
            Path limit = folder.resolve(file);
            return Files.isWritable(limit) && write(limit, Long.toString(value));
        }

        /** What stands before a program that is to run in the group. */
        List<String> enter() {
            return List.of("/bin/sh", "-c", ENTER, folder.toString());
        }

        /** Moving from a group to another may be refused although both may be written. */
        boolean canBeEntered() throws IOException {
            List<String> tried = List.of("/bin/sh", "-c", ENTER, folder.toString(), "/bin/true");
            Process process = new ProcessBuilder(tried)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try {
                if (process.waitFor(ENTER_WITHIN_SECONDS, TimeUnit.SECONDS)) {
                    return process.exitValue() == 0;
                }
                process.destroyForcibly();
                return false;
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
    }

    /** Lets groups below have limits, as far as this one has them itself. */
    private static void delegate(Path group) throws IOException {
        Path available = group.resolve("cgroup.controllers");
        if (!Files.isReadable(available)) {
            return;
        }
        List<String> here = List.of(Files.readString(available).strip().split(" "));
        for (String controller : CONTROLLERS) {
            if (here.contains(controller)) {
                write(group.resolve(CONTROL), "+" + controller);
            }
        }
    }

    private static Optional<Path> own(Path root, Path self) throws IOException {
        return Files.readAllLines(self, StandardCharsets.UTF_8).stream()
                .filter(line -> line.startsWith("0::/"))
                .map(line -> root.resolve(line.substring("0::/".length())).normalize())
                .filter(folder -> Files.exists(folder.resolve("cgroup.controllers")))
                .findFirst();
    }

    private static boolean isWritable(Path folder) {
        return Files.isDirectory(folder) && Files.isWritable(folder) && Files.isWritable(folder.resolve(PROCS));
    }

    private static boolean isEmpty(Path folder) {
        try {
            return Files.readString(folder.resolve(PROCS)).isBlank();
        } catch (IOException unreadable) {
            return false;
        }
    }

    private static boolean write(Path file, String value) {
        try {
            Files.writeString(file, value);
            return true;
        } catch (IOException refused) {
            return false;
        }
    }
}
