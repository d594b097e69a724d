package dev.slipway.deployment.target;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A program and all that it started: the processes of its session, those whose parents lead to it, and those of its control
 * group where it has one. What leaves its session and its parents too is found by the group alone.
 */
final class Session {
    private static final Path PROC = Path.of("/proc");
    /** proc(5), field 6 of stat, counted from the state, which is field 3. */
    private static final int SESSION_AT = 3;

    private final long pid;
    private final boolean leads;
    private final Set<ProcessHandle> known = new LinkedHashSet<>();

    private Session(long pid, boolean leads) {
        this.pid = pid;
        this.leads = leads;
    }

    /** Of a program that runs. */
    static Session of(ProcessHandle program) {
        Session session = new Session(program.pid(), sessionOf(program.pid()) == program.pid());
        session.known.addAll(program.descendants().toList());
        return session;
    }

    /**
     * Of a program that ran. As long as one of its processes lives its pid is given to nobody; so where a process has that
     * pid it is another one's, and nothing is left.
     */
    static Session ofGone(long pid) {
        return new Session(pid, pid > 0 && ProcessHandle.of(pid).isEmpty());
    }

    /** Who of it lives, the program itself apart. */
    List<ProcessHandle> others() {
        if (leads && Files.isDirectory(PROC)) {
            try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
                all.filter(each -> each.pid() != pid && sessionOf(each.pid()) == pid)
                        .forEach(known::add);
            }
        }
        return known.stream()
                .filter(each -> each.isAlive() && !ProcessTable.zombie(each.pid()))
                .toList();
    }

    /** Pid and name, which holds no argument, as arguments may be secrets. */
    static String shown(ProcessHandle process) {
        try {
            return process.pid() + " "
                    + Files.readString(
                                    PROC.resolve(Long.toString(process.pid())).resolve("comm"))
                            .strip();
        } catch (IOException gone) {
            return Long.toString(process.pid());
        }
    }

    private static long sessionOf(long process) {
        try {
            String stat = Files.readString(PROC.resolve(Long.toString(process)).resolve("stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return fields.length > SESSION_AT ? Long.parseLong(fields[SESSION_AT]) : -1;
        } catch (IOException | NumberFormatException | IndexOutOfBoundsException gone) {
            return -1;
        }
    }
}
