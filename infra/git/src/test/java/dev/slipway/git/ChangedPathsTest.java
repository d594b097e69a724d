package dev.slipway.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.git.Answers.Changed;
import dev.slipway.git.Answers.ChangedQuestion;
import dev.slipway.testkit.git.TestRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which files a revision has otherwise than another is told by what both hold. */
final class ChangedPathsTest {
    private static final String ELSEWHERE = "f".repeat(40);

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

    private Changed.Told told(String revision, @Nullable String since) throws GitTrouble {
        return told(revision, since, 100);
    }

    private Changed.Told told(String revision, @Nullable String since, int entriesMax) throws GitTrouble {
        return (Changed.Told)
                adapter.changed(new ChangedQuestion(git.url(), _ -> true, revision, since, _ -> true, entriesMax));
    }

    @Test
    void what_was_added_changed_taken_away_or_made_a_program_has_changed_and_nothing_else() throws Exception {
        git.write("deploy/run.sh", "one\n")
                .write("deploy/stays.sh", "same\n")
                .write("gone.sql", "x\n")
                .write("tool", "t\n");
        String before = git.commitAll("before");
        Files.delete(git.folder().resolve("gone.sql"));
        Files.setPosixFilePermissions(git.folder().resolve("tool"), PosixFilePermissions.fromString("rwxr-xr-x"));
        git.write("deploy/run.sh", "two\n").write("gr\u00fc\u00dfe/new.sh", "n\n");
        String after = git.commitAll("after");

        Changed.Told told = told(after, before);

        assertThat(told.paths())
                .containsExactlyInAnyOrder("deploy/run.sh", "gone.sql", "tool", "gr\u00fc\u00dfe/new.sh");
        assertThat(told.since()).contains(before);
        assertThat(told.more()).isFalse();
    }

    @Test
    void what_was_changed_back_has_not_changed_and_a_renamed_file_has_under_both_names() throws Exception {
        git.write("deploy/run.sh", "one\n".repeat(50));
        String before = git.commitAll("before");
        git.commit("deploy/run.sh", "two\n");
        git.write("deploy/run.sh", "one\n".repeat(50));
        assertThat(told(git.commitAll("back"), before).paths()).isEmpty();

        Files.move(git.folder().resolve("deploy/run.sh"), git.folder().resolve("innocent.txt"));
        assertThat(told(git.commitAll("moved"), before).paths())
                .containsExactlyInAnyOrder("deploy/run.sh", "innocent.txt");
    }

    @Test
    void against_nothing_and_against_what_is_no_longer_there_every_file_has_changed() throws GitTrouble {
        String revision = git.write("a/x", "1").write("b", "2").commitAll("two");

        assertThat(told(revision, null))
                .isEqualTo(new Changed.Told(told(revision, null).paths(), Optional.empty(), false));
        assertThat(told(revision, null).paths()).contains("a/x", "b");
        assertThat(told(revision, ELSEWHERE).paths())
                .isEqualTo(told(revision, null).paths());
        assertThat(told(revision, ELSEWHERE).since()).isEmpty();
    }

    @Test
    void only_what_is_wanted_is_told_and_what_is_beyond_the_bound_is_said_to_be() throws GitTrouble {
        String before = git.commit("start", "1");
        String after = git.write("a", "1").write("b", "1").write("c", "1").commitAll("three");

        assertThat(((Changed.Told) adapter.changed(
                                new ChangedQuestion(git.url(), _ -> true, after, before, "b"::equals, 3)))
                        .paths())
                .containsExactly("b");
        assertThat(told(after, before, 3).more()).isFalse();
        assertThat(told(after, before, 2).more()).isTrue();
        assertThat(told(after, before, 2).paths()).hasSize(2);
    }

    @Test
    void a_revision_that_is_not_there_is_refused_in_words() throws GitTrouble, IOException {
        git.commit("a", "1");

        assertThat(adapter.changed(new ChangedQuestion(git.url(), _ -> true, ELSEWHERE, null, _ -> true, 9)))
                .isInstanceOfSatisfying(
                        Changed.Refused.class,
                        refused -> assertThat(refused.why()).contains("is not a commit of"));
    }
}
