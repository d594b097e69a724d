package dev.slipway.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.git.Answers.EntryKind;
import dev.slipway.git.Answers.FileBounds;
import dev.slipway.git.Answers.Files;
import dev.slipway.git.Answers.FilesQuestion;
import dev.slipway.git.Answers.TreeEntry;
import dev.slipway.testkit.git.TestRepository;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files are read at exactly the revision that is asked for, within bounds, and without a working tree. */
final class TreeFilesTest {
    private static final FileBounds BOUNDS = new FileBounds(100, 10, 1_000, 3_000, 3);

    @TempDir
    Path folder;

    private TestRepository git;
    private final Git adapter = new Git(GitProgram.find(), GitOptions.ofThisUser());

    @BeforeEach
    void aRepository() {
        git = TestRepository.in(folder.resolve("hello"));
    }

    @AfterEach
    void close() {
        adapter.close();
    }

    private Files files(String revision, List<String> below, Predicate<String> wanted, FileBounds bounds)
            throws GitTrouble {
        return adapter.files(new FilesQuestion(git.url(), _ -> true, revision, below, wanted, bounds));
    }

    private Files.Told told(String revision, List<String> below, Predicate<String> wanted) throws GitTrouble {
        return (Files.Told) files(revision, below, wanted, BOUNDS);
    }

    private static String text(Files.Told told, String path) {
        TreeEntry entry = told.entries().get(path);
        return entry == null || entry.content() == null
                ? "nothing"
                : new String(entry.content(), StandardCharsets.UTF_8);
    }

    @Test
    void what_counts_is_what_the_revision_holds_and_not_what_came_later_or_lies_around() throws GitTrouble {
        git.write("config/app.yaml", "port: 80\n").write("gr\u00fc\u00dfe.md", "hi\n");
        String released = git.commit("VERSION", "1.4.0\n");
        git.commit("VERSION", "1.5.0\n");
        git.write("VERSION", "lying around");

        Files.Told told = told(released, List.of(), _ -> true);

        assertThat(text(told, "VERSION")).isEqualTo("1.4.0\n");
        assertThat(text(told, "config/app.yaml")).isEqualTo("port: 80\n");
        assertThat(text(told, "gr\u00fc\u00dfe.md")).isEqualTo("hi\n");
        assertThat(told.entries().get("config")).extracting(TreeEntry::kind).isEqualTo(EntryKind.FOLDER);
    }

    @Test
    void only_what_is_wanted_is_read_and_only_what_is_below_is_listed() throws GitTrouble {
        String released =
                git.write("a/x", "1").write("b/-y", "2").write("-z", "3").commitAll("three");

        Files.Told told = told(released, List.of("b/", "-z", "c/"), path -> path.endsWith("y"));

        assertThat(told.entries()).containsOnlyKeys("b", "b/-y", "-z");
        assertThat(text(told, "b/-y")).isEqualTo("2");
        assertThat(text(told, "-z")).isEqualTo("nothing");
        assertThat(told(released, List.of("gr\u00fc\u00dfe/"), _ -> false).entries())
                .containsKeys("a/x", "-z");
    }

    @Test
    void links_and_what_is_no_text_or_too_large_are_told_by_their_kind_and_not_read() throws GitTrouble, IOException {
        git.write("VERSION", "1").write("image", "GIF\0").write("large", "x".repeat(1_001));
        java.nio.file.Files.createSymbolicLink(git.folder().resolve("link"), Path.of("VERSION"));
        String released = git.commitAll("kinds");

        Files.Told told = told(released, List.of(), _ -> true);

        assertThat(told.entries().get("link")).isEqualTo(new TreeEntry(EntryKind.LINK, null));
        assertThat(told.entries().get("image")).isEqualTo(new TreeEntry(EntryKind.BINARY, null));
        assertThat(told.entries().get("large")).isEqualTo(new TreeEntry(EntryKind.TOO_LARGE, null));
    }

    @Test
    void past_its_bounds_it_is_refused_in_words() throws GitTrouble {
        String deep = git.commit("a/b/c/d/e", "1");
        for (int i = 0; i < 4; i++) {
            git.write("f" + i, "x".repeat(900));
        }
        String many = git.commitAll("many");

        assertThat(files(deep, List.of(), _ -> true, BOUNDS))
                .isEqualTo(new Files.Refused("a/b/c/d/e lies in more than 3 folders, too deep to be read", false));
        assertThat(files(many, List.of(), path -> path.startsWith("f"), BOUNDS))
                .isInstanceOfSatisfying(
                        Files.Refused.class,
                        refused -> assertThat(refused.why()).contains("3,600 bytes, 3,000 at most"));
        assertThat(files(many, List.of(), path -> path.startsWith("f"), new FileBounds(100, 3, 1_000, 9_000, 3)))
                .isInstanceOfSatisfying(
                        Files.Refused.class,
                        refused -> assertThat(refused.why()).startsWith("More than 3 files"));
        assertThat(files(many, List.of(), _ -> false, new FileBounds(3, 3, 1_000, 9_000, 3)))
                .isInstanceOfSatisfying(
                        Files.Refused.class,
                        refused -> assertThat(refused.why()).contains("more than 3 files and folders"));
    }

    @Test
    void a_revision_that_is_not_there_may_still_come() throws GitTrouble {
        git.commit("VERSION", "1");

        assertThat(files("0123456789".repeat(4), List.of(), _ -> true, BOUNDS))
                .isInstanceOfSatisfying(Files.Refused.class, refused -> {
                    assertThat(refused.mayPass()).isTrue();
                    assertThat(refused.why()).startsWith("Revision 0123456789 is not a commit of");
                });
    }
}
