package dev.slipway.release.git;

import dev.slipway.contracts.Sha;
import dev.slipway.contracts.policy.FilePaths;
import dev.slipway.contracts.policy.Guide;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.release.GuideFileView;
import dev.slipway.contracts.release.GuideFileView.State;
import dev.slipway.git.Answers.EntryKind;
import dev.slipway.git.Answers.FileBounds;
import dev.slipway.git.Answers.Files;
import dev.slipway.git.Answers.FilesQuestion;
import dev.slipway.git.Answers.TreeEntry;
import dev.slipway.git.Git;
import dev.slipway.guide.GuideFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads the file that a guide was made of at the released revision, as gates over files do (ADR 66): without a working tree, within
 * bounds, following nothing. Whatever is wrong with the file is an answer, and stops no release.
 */
final class GuideAtRevision {
    private static final String LARGE_FILE_STORAGE = "version https://git-lfs.github.com/spec/";
    private static final int FOLDERS_MAX = 32;
    /** Files of a revision that may be listed, where the path has letters beyond ASCII and so all are. */
    private static final int ENTRIES_MAX = 200_000;

    private static final FileBounds BOUNDS =
            new FileBounds(ENTRIES_MAX, 1, GuideFile.BYTES_MAX, GuideFile.BYTES_MAX, FOLDERS_MAX);

    private final Git git;

    GuideAtRevision(Git git) {
        this.git = git;
    }

    /**
     * The file beside the guide that is pinned.
     *
     * @throws IOException if the repository cannot be read now; a retry may help
     */
    GuideFileView look(Policy.Source source, Sha revision, Guide pinned, String file) throws IOException {
        if (!FilePaths.isFile(file)) {
            return told(
                    file, State.UNREADABLE, "it is no path from the top of the repository, such as docs/RELEASE.md");
        }
        FilesQuestion question = new FilesQuestion(
                source.repository(), source::takes, revision.value(), List.of(file), file::equals, BOUNDS);
        return switch (git.files(question)) {
            case Files.Refused(String why, boolean mayPass) when mayPass -> throw new IOException(why);
            case Files.Refused(String why, boolean _) -> told(file, State.UNREADABLE, why);
            case Files.Told(SortedMap<String, TreeEntry> entries) -> compared(pinned, file, entries.get(file));
        };
    }

    private static GuideFileView compared(Guide pinned, String file, @Nullable TreeEntry entry) {
        if (entry == null) {
            return told(file, State.MISSING, "commit it there, or have the policy name its path (guide.file)");
        }
        byte[] content = entry.content();
        if (content == null) {
            return told(file, State.UNREADABLE, what(entry.kind()));
        }
        if (new String(content, 0, Math.min(content.length, 100), StandardCharsets.UTF_8)
                .startsWith(LARGE_FILE_STORAGE)) {
            return told(file, State.UNREADABLE, "it is a pointer of Git LFS");
        }
        try {
            String text = GuideFile.text(file, content);
            return GuideFile.sha256(text).equals(pinned.sha256())
                    ? new GuideFileView(file, State.SAME, null, pinned.sha256(), List.of(), 0)
                    : GuideComparing.of(pinned, file, text);
        } catch (IllegalArgumentException none) {
            return told(file, State.UNREADABLE, String.valueOf(none.getMessage()));
        }
    }

    private static String what(EntryKind kind) {
        return switch (kind) {
            case FILE -> "its content was not read";
            case FOLDER -> "it is a folder";
            case LINK -> "it is a symbolic link, and none is followed";
            case SUBMODULE -> "it is another repository";
            case BINARY -> "it is no text";
            case TOO_LARGE -> "it has more than %,d bytes".formatted(GuideFile.BYTES_MAX);
        };
    }

    private static GuideFileView told(String file, State state, String why) {
        return new GuideFileView(file, state, why, null, List.of(), 0);
    }
}
