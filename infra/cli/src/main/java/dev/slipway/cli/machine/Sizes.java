package dev.slipway.cli.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** How large the parts of a home are, and what they are held to. */
public final class Sizes {
    private static final long MEBIBYTE = 1 << 20;
    private static final long DATA_MAX = 3_072 * MEBIBYTE;
    private static final long LOGS_MAX = 512 * MEBIBYTE;
    private static final long TARGETS_MAX = 4_096 * MEBIBYTE;
    private static final long RUN_MAX = 768 * MEBIBYTE;
    private static final long CACHES_MAX = 2_048 * MEBIBYTE;
    private static final long DEMO_MAX = 512 * MEBIBYTE;

    private Sizes() {}

    /**
     * A part of the home.
     *
     * @param name data (broker, store, inbox), logs, artifacts (of what is deployed, with their logs), run (copies of what
     *     is built), caches, demo, other
     * @param bytesMax what it is held to; past it {@code status} says so. 0 for none
     */
    public record Part(String name, long bytes, long bytesMax) {
        boolean tooLarge() {
            return bytesMax > 0 && bytes > bytesMax;
        }
    }

    static List<Part> of(Home home) {
        try {
            if (!home.exists()) {
                return List.of();
            }
            long caches = caches(home);
            long run = Folders.bytes(home.runs()) - caches;
            List<Part> parts = new ArrayList<>(List.of(
                    new Part("data", Folders.bytes(home.data()), DATA_MAX),
                    new Part("logs", Folders.bytes(home.logs()), LOGS_MAX),
                    new Part("artifacts", Folders.bytes(home.targets()), TARGETS_MAX),
                    new Part("run", run, RUN_MAX),
                    new Part("caches", caches, CACHES_MAX),
                    new Part("demo", Folders.bytes(home.demo()), DEMO_MAX)));
            long named = parts.stream().mapToLong(Part::bytes).sum();
            parts.add(new Part("other", Math.max(0, Folders.bytes(home.root()) - named), 0));
            return parts;
        } catch (IOException unreadable) {
            throw home.unwritable(unreadable);
        }
    }

    private static long caches(Home home) throws IOException {
        long bytes = 0;
        try (Stream<Path> folders = Files.list(home.runs())) {
            for (Path folder : folders.filter(Files::isDirectory).toList()) {
                bytes += Folders.bytes(new RunFolder(folder, "").caches());
            }
        }
        return bytes;
    }
}
