package dev.slipway.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.git.Answers.Commit;
import dev.slipway.git.Answers.History;
import dev.slipway.git.Answers.HistoryQuestion;
import dev.slipway.testkit.git.TestRepository;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What has come to a branch since a revision. */
final class HistoryTest {
    private static final String NOWHERE = "0123456789".repeat(4);

    @TempDir
    Path folder;

    private TestRepository git;
    private String start;
    private final Git adapter = new Git(GitProgram.find(), GitOptions.ofThisUser());

    @BeforeEach
    void aRepositoryWithACommit() {
        git = TestRepository.in(folder.resolve("hello"));
        start = git.commit("README", "hello\n");
    }

    @AfterEach
    void close() {
        adapter.close();
    }

    private History history(@Nullable String revision, @Nullable String since, int most) throws GitTrouble {
        return adapter.history(new HistoryQuestion(git.url(), List.of("main", "gone"), revision, since, "v*", most));
    }

    private History.Told told(@Nullable String revision, @Nullable String since, int most) throws GitTrouble {
        return (History.Told) history(revision, since, most);
    }

    @Test
    void commits_since_a_revision_come_newest_first_with_their_whole_messages() throws GitTrouble {
        String fix = git.commitAll("fix(cart): count once\n\nIt counted twice.\n\nRefs: #12\n");
        String feat = git.commitAll("feat!: gr\u00fc\u00dfe\n\nBREAKING CHANGE: another address\n");

        History.Told told = told(null, start, 10);

        assertThat(told.head()).isEqualTo(feat);
        assertThat(told.more()).isFalse();
        assertThat(told.commits()).extracting(Commit::id).containsExactly(feat, fix);
        assertThat(told.commits().getFirst().message())
                .startsWith("feat!: gr\u00fc\u00dfe\n\nBREAKING CHANGE: another address");
        assertThat(told.commits().getLast().message()).contains("It counted twice.", "Refs: #12");
    }

    @Test
    void a_merge_is_told_as_one_with_what_it_brings() throws GitTrouble {
        git.on("topic").commit("a", "1");
        git.on("main").commit("b", "2");
        git.git("merge", "-q", "--no-ff", "--no-edit", "topic");

        assertThat(told(null, start, 10).commits())
                .extracting(Commit::merge)
                .containsExactlyInAnyOrder(true, false, false);
    }

    @Test
    void the_whole_history_is_told_up_to_a_revision_and_not_beyond_the_bound() throws GitTrouble {
        String second = git.commit("a", "1");
        git.commit("b", "2");

        assertThat(told(second, null, 10).commits()).extracting(Commit::id).containsExactly(second, start);
        assertThat(told(null, null, 3).more()).isFalse();
        assertThat(told(null, null, 2).more()).isTrue();
        assertThat(told(null, null, 2).commits()).hasSize(2);
    }

    @Test
    void only_tags_of_the_pattern_are_told_by_their_names() throws GitTrouble {
        git.git("tag", "v1.0.0");
        git.git("tag", "-a", "-m", "second", "v1.1.0");
        git.git("tag", "other-1.0.0");

        assertThat(told(null, null, 1).tags()).containsExactly("v1.0.0", "v1.1.0");
    }

    @Test
    void a_revision_or_a_branch_that_is_not_there_is_refused_in_words() throws GitTrouble {
        assertThat(history(null, NOWHERE, 1))
                .isInstanceOfSatisfying(
                        History.Refused.class,
                        refused -> assertThat(refused.why()).contains("0123456789 is no longer on branch main"));
        git.git("branch", "-m", "other");
        assertThat(history(null, null, 1))
                .isInstanceOfSatisfying(
                        History.Refused.class,
                        refused -> assertThat(refused.why()).contains("There is no branch main in"));
    }
}
