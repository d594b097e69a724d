package dev.slipway.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The folder of one CI run, laid out as Maven would. */
record RunFolder(Path root) {
    /** An empty folder for a commit; of the folders beside it the oldest are removed past a number. */
    static RunFolder fresh(Path runs, String sha, int kept) throws IOException {
        Path root = runs.resolve(sha);
        delete(root);
        Files.createDirectories(root);
        List<Path> folders = new ArrayList<>(list(runs));
        folders.sort(Comparator.comparingLong(RunFolder::lastModified).reversed());
        for (Path old : folders.subList(Math.min(kept, folders.size()), folders.size())) {
            if (!old.equals(root)) {
                delete(old);
            }
        }
        return new RunFolder(root);
    }

    Path mainSources() {
        return root.resolve("src/main/java");
    }

    Path testSources() {
        return root.resolve("src/test/java");
    }

    /** What the tests find beside their classes. */
    Path testResources() {
        return root.resolve("src/test/resources");
    }

    Path classes() {
        return root.resolve("target/classes");
    }

    Path testClasses() {
        return root.resolve("target/test-classes");
    }

    Path reports() {
        return root.resolve("target/reports");
    }

    Path benchmarkSources() {
        return root.resolve("src/jmh/java");
    }

    Path benchmarkClasses() {
        return root.resolve("target/jmh-classes");
    }

    /** Which lines the tests reached, as JaCoCo writes it down. */
    Path reached() {
        return root.resolve("target/jacoco.exec");
    }

    /** A report that is not of the tests. */
    Path report(String file) {
        return root.resolve("target").resolve(file);
    }

    /** What a tool printed. */
    Path said(String tool) {
        return root.resolve("target").resolve(tool.replace(' ', '-') + ".txt");
    }

    /** Writes the sources, and refuses a path that leads out of the folder. */
    void write(Map<String, String> files) throws IOException {
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path path = root.resolve(file.getKey()).normalize();
            if (!path.startsWith(root) || path.equals(root)) {
                throw new IOException("the commit holds a path that leads out of it: " + file.getKey());
            }
            Files.createDirectories(path.resolveSibling("."));
            Files.writeString(path, file.getValue());
        }
    }

    List<Path> reportFiles() throws IOException {
        return list(reports()).stream()
                .filter(file -> file.getFileName().toString().matches("TEST-.*\\.xml"))
                .sorted()
                .toList();
    }

    private static List<Path> list(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.toList();
        }
    }

    private static long lastModified(Path path) {
        return path.toFile().lastModified();
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
