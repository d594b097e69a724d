package dev.slipway.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The list in a class's doc, between {@code <pre>} and {@code </pre>}, held to what a test makes of the code. It is written
 * anew only with {@code -Dslipway.traces.rewrite=true}.
 */
public final class ClassDoc {
    private static final boolean REWRITE = Boolean.getBoolean("slipway.traces.rewrite");
    private static final int WIDTH = 115;

    private final Path source;

    private ClassDoc(Path source) {
        this.source = source;
    }

    /** @param type a class of the module whose test runs */
    public static ClassDoc of(Class<?> type) {
        return new ClassDoc(Path.of("src/main/java/" + type.getName().replace('.', '/') + ".java"));
    }

    /** Asserts that exactly these lines stand there. */
    public void lists(List<String> wanted) {
        try {
            List<String> lines = Files.readAllLines(source);
            int from = lines.indexOf(" * <pre>");
            int to = lines.indexOf(" * </pre>");
            assertThat(from).as("%s has a list", source).isPositive().isLessThan(to);
            List<String> expected = wanted.stream().map(line -> " * " + line).toList();
            if (REWRITE) {
                List<String> rewritten = new ArrayList<>(lines.subList(0, from + 1));
                rewritten.addAll(expected);
                rewritten.addAll(lines.subList(to, lines.size()));
                Files.write(source, rewritten);
                return;
            }
            assertThat(lines.subList(from + 1, to)).isEqualTo(expected);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /**
     * Breaks a text into lines of the doc's width.
     *
     * @param head how the first line begins
     * @param indent spaces before every other line
     */
    public static List<String> wrapped(String head, String text, int indent) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder(head);
        for (String word : text.split(" ")) {
            if (line.length() + word.length() > WIDTH) {
                lines.add(line.toString().stripTrailing());
                line = new StringBuilder(" ".repeat(indent));
            }
            line.append(word).append(' ');
        }
        lines.add(line.toString().stripTrailing());
        return lines;
    }
}
