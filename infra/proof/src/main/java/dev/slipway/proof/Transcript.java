package dev.slipway.proof;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The shell commands between two markers of a Markdown file, as they stand there. */
final class Transcript {
    private Transcript() {}

    /**
     * The lines of all {@code sh} blocks of a part.
     *
     * @throws IllegalStateException if the file has no such part or no block in it
     */
    static List<String> of(Path markdown, String part) throws IOException {
        List<String> commands = new ArrayList<>();
        boolean within = false;
        boolean block = false;
        for (String line : Files.readAllLines(markdown)) {
            if (line.equals("<!-- %s: begin -->".formatted(part))) {
                within = true;
            } else if (line.equals("<!-- %s: end -->".formatted(part))) {
                within = false;
            } else if (within && line.startsWith("```")) {
                block = line.equals("```sh");
            } else if (within && block) {
                commands.add(line);
            }
        }
        if (commands.isEmpty()) {
            throw new IllegalStateException("%s has no commands of '%s'".formatted(markdown, part));
        }
        return commands;
    }
}
