package dev.slipway.deployment.target;

import dev.slipway.messaging.MessagingJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** How a process ended is written down beside it, a moment after its end: before that its folder cannot be removed. */
final class KeptEnds {
    private KeptEnds() {}

    /** Of all processes that this JVM started under a directory, and that have ended. */
    static void awaitIn(Path directory) throws IOException {
        Path processes = directory.resolve("processes");
        if (Files.isDirectory(processes)) {
            try (Stream<Path> folders = Files.list(processes)) {
                for (Path folder : folders.toList()) {
                    Awaitility.await().until(() -> isKept(folder));
                }
            }
        }
    }

    private static boolean isKept(Path folder) throws IOException {
        Path journal = folder.resolve("starts.jsonl");
        List<EffectLine> started = !Files.exists(journal)
                ? List.of()
                : Files.readAllLines(journal).stream()
                        .map(line -> MessagingJson.mapper().readValue(line, EffectLine.class))
                        .filter(line -> line.effect() == EffectLine.Effect.STARTED)
                        .toList();
        Path exit = folder.resolve("exit.json");
        return started.isEmpty()
                || (Files.exists(exit)
                        && MessagingJson.mapper()
                                        .readValue(Files.readAllBytes(exit), Exit.class)
                                        .pid()
                                == started.getLast().pid());
    }
}
