package dev.slipway.validation.files;

import dev.slipway.contracts.Sha;
import dev.slipway.contracts.policy.FilesRule;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.Stage;
import dev.slipway.validation.files.FilesRecord.Kind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** A revision made of texts. */
final class Revisions {
    private static final Sha SHA = new Sha("0123456789".repeat(4));

    private final SortedMap<String, Kind> tree = new TreeMap<>();
    private final Map<String, byte[]> contents = new HashMap<>();

    static Revisions with(String path, String... lines) {
        return new Revisions().and(path, lines);
    }

    Revisions and(String path, String... lines) {
        tree.put(path, Kind.FILE);
        contents.put(path, (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
        for (int slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
            tree.put(path.substring(0, slash), Kind.FOLDER);
        }
        return this;
    }

    Revisions and(String path, Kind kind) {
        tree.put(path, kind);
        return this;
    }

    Judged judged(FilesRule rule, Gate.Threshold... thresholds) {
        return FilesGates.judge(gate(rule, thresholds), files(rule));
    }

    RevisionFiles files(FilesRule rule) {
        Map<String, byte[]> read = new HashMap<>(contents);
        read.keySet().removeIf(path -> !rule.reads(path));
        return RevisionFiles.of(SHA, rule, tree, read);
    }

    static Gate gate(FilesRule rule, Gate.Threshold... thresholds) {
        return Gate.of("files", "", Stage.PRE_RELEASE, rule, Arrays.asList(thresholds), Duration.ofMinutes(1));
    }

    static List<String> places(Judged judged, String path) {
        return judged.places().getOrDefault(path, List.of());
    }
}
