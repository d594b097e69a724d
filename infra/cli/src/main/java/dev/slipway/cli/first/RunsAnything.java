package dev.slipway.cli.first;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Programs after which a list of allowed programs holds nothing back: whoever writes a policy has them run what he likes.
 * They go by their names, their own and that of the file that a link leads to; a copy under another name is not known.
 */
final class RunsAnything {
    private static final Set<String> LAUNCHERS = Set.of(
            "env",
            "sh",
            "bash",
            "dash",
            "ash",
            "zsh",
            "ksh",
            "mksh",
            "fish",
            "csh",
            "tcsh",
            "busybox",
            "toybox",
            "xargs",
            "nohup",
            "nice",
            "ionice",
            "timeout",
            "setsid",
            "stdbuf",
            "time",
            "sudo",
            "su",
            "doas",
            "runuser",
            "setpriv",
            "chroot",
            "unshare",
            "nsenter",
            "prlimit",
            "taskset",
            "chrt",
            "script",
            "watch",
            "find",
            "ssh",
            "systemd-run",
            "ld.so",
            "make",
            "strace",
            "gdb",
            "flock");
    private static final Set<String> LANGUAGES = Set.of(
            "python", "pypy", "perl", "ruby", "node", "nodejs", "deno", "bun", "php", "lua", "awk", "gawk", "mawk",
            "tclsh");

    private RunsAnything() {}

    /** What to tell whoever allows it, without a name in front; empty if there is nothing to tell. */
    static Optional<String> note(Path program) {
        if (names(program).anyMatch(LAUNCHERS::contains)) {
            return Optional.of("runs any program that a policy names, so that this list holds nothing back any more: "
                    + "allow the program itself, or what is released (--artifact APP)");
        }
        return names(program).anyMatch(LANGUAGES::contains)
                ? Optional.of("runs whatever code a policy writes into its command, beside what is released")
                : Optional.empty();
    }

    /** Without the version at the end, as in python3.12 or ld-linux.so.2. */
    private static Stream<String> names(Path program) {
        return Stream.of(program, real(program))
                .map(path -> String.valueOf(path.getFileName()))
                .map(name -> name.startsWith("ld-") ? "ld.so" : name)
                .map(name -> name.replaceFirst("[0-9.-]+$", ""))
                .distinct();
    }

    private static Path real(Path program) {
        try {
            return program.toRealPath();
        } catch (IOException gone) {
            return program;
        }
    }
}
