package dev.slipway.cli.guide;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where a guide's file is found again at a revision. */
public final class GuideSource {
    private static final int CHARACTERS_MAX = 200;

    private GuideSource() {}

    /** Its path from the top of the working tree that it lies in, with slashes; its name where it lies in none. */
    public static String path(Path file) {
        Path whole = file.toAbsolutePath().normalize();
        String name = String.valueOf(whole.getFileName());
        for (@Nullable Path folder = whole.getParent(); folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve(".git"))) {
                String path = folder.relativize(whole).toString().replace('\\', '/');
                return path.length() > CHARACTERS_MAX ? name : path;
            }
        }
        return name;
    }
}
