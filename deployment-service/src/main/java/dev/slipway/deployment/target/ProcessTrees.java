package dev.slipway.deployment.target;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The processes of this machine at one instant, as proc(5) tells them, and what trees of them use. Of a program belong to
 * its tree what it started and what those started, and whoever stays in its session when its parent has gone.
 */
final class ProcessTrees {
    private static final Path PROC = Path.of("/proc");
    private static final int BYTES_OF_A_KB = 1024;

    /** Fields of stat, counted from the state, which is field 3. */
    private static final int PARENT = 1;

    private static final int SESSION = 3;
    private static final int USER_TICKS = 11;
    private static final int CHILDRENS_SYSTEM_TICKS = 14;
    private static final int THREADS = 17;

    private final Map<Long, Stat> all;

    private ProcessTrees(Map<Long, Stat> all) {
        this.all = all;
    }

    /** @param ticks of processor time, with those of children that have ended */
    private record Stat(long pid, long parent, long session, long ticks, int threads) {}

    /**
     * What a tree uses.
     *
     * @param ticks of processor time so far, 100 a second
     */
    record Use(long memoryBytes, long ticks, int openFiles, int threads, int processes) {}

    /** Empty where this machine does not tell. */
    static Optional<ProcessTrees> look() {
        Map<Long, Stat> all = new HashMap<>();
        try (Stream<Path> folders = Files.list(PROC)) {
            for (Path folder : folders.toList()) {
                stat(folder).ifPresent(stat -> all.put(stat.pid(), stat));
            }
        } catch (IOException noProc) {
            return Optional.empty();
        }
        return all.isEmpty() ? Optional.empty() : Optional.of(new ProcessTrees(all));
    }

    private static Optional<Stat> stat(Path folder) {
        String name = folder.getFileName().toString();
        if (name.isEmpty() || !Character.isDigit(name.charAt(0))) {
            return Optional.empty();
        }
        try {
            String stat = Files.readString(folder.resolve("stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            long ticks = 0;
            for (int field = USER_TICKS; field <= CHILDRENS_SYSTEM_TICKS; field++) {
                ticks += Long.parseLong(fields[field]);
            }
            return Optional.of(new Stat(
                    Long.parseLong(name),
                    Long.parseLong(fields[PARENT]),
                    Long.parseLong(fields[SESSION]),
                    ticks,
                    Integer.parseInt(fields[THREADS])));
        } catch (IOException | RuntimeException ended) {
            return Optional.empty();
        }
    }

    /** Empty if no such process is there. */
    Optional<Use> of(long root) {
        List<Stat> tree = tree(root);
        if (tree.isEmpty()) {
            return Optional.empty();
        }
        boolean shares = tree.size() > 1;
        return Optional.of(new Use(
                tree.stream().mapToLong(each -> memory(each.pid(), shares)).sum(),
                tree.stream().mapToLong(Stat::ticks).sum(),
                tree.stream().mapToInt(each -> openFiles(each.pid())).sum(),
                tree.stream().mapToInt(Stat::threads).sum(),
                tree.size()));
    }

    private List<Stat> tree(long root) {
        Stat first = all.get(root);
        if (first == null) {
            return List.of();
        }
        boolean leads = first.session() == root; // else its session is ours as well
        Set<Long> known = new HashSet<>(Set.of(root));
        List<Stat> tree = new ArrayList<>();
        Deque<Stat> open = new ArrayDeque<>(List.of(first));
        while (!open.isEmpty()) {
            Stat next = open.removeFirst();
            tree.add(next);
            for (Stat each : all.values()) {
                boolean belongs = each.parent() == next.pid() || (leads && each.session() == root);
                if (belongs && known.add(each.pid())) {
                    open.add(each);
                }
            }
        }
        return tree;
    }

    /** Of one that shares with others of its tree its proportional part, so that the sum counts each page once. */
    private static long memory(long pid, boolean shares) {
        Path folder = PROC.resolve(Long.toString(pid));
        return Optional.of(folder.resolve("smaps_rollup"))
                .filter(_ -> shares)
                .flatMap(file -> kilobytes(file, "Pss:"))
                .or(() -> kilobytes(folder.resolve("status"), "VmRSS:"))
                .orElse(0L);
    }

    private static Optional<Long> kilobytes(Path file, String name) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(name))
                    .findFirst()
                    .map(line -> Long.parseLong(line.substring(name.length())
                                    .replace("kB", "")
                                    .strip())
                            * BYTES_OF_A_KB);
        } catch (IOException | RuntimeException ended) {
            return Optional.empty(); // or is another user's
        }
    }

    private static int openFiles(long pid) {
        String[] files = PROC.resolve(Long.toString(pid)).resolve("fd").toFile().list();
        return files == null ? 0 : files.length;
    }
}
