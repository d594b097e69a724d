package dev.slipway.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.git.Answers.Branches;
import dev.slipway.git.Answers.Question;
import dev.slipway.git.Answers.Reading;
import dev.slipway.git.Answers.Standing;
import dev.slipway.testkit.git.TestRepository;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who made what a release brings, and what must be so before it is validated. */
final class ReadTest {
    @TempDir
    Path folder;

    private TestRepository git;
    private String start;
    private final Git adapter = new Git(GitProgram.find(), GitOptions.ofThisUser());

    @BeforeEach
    void aRepositoryWithTwoBranches() {
        git = TestRepository.in(folder.resolve("hello"));
        start = git.by("Start", "start@example.test").commit("README", "hello\n");
        git.on("production").by("Ada", "ada@example.test");
    }

    @AfterEach
    void close() {
        adapter.close();
    }

    private Reading read(String revision, boolean headOnly, @Nullable String tag) throws GitTrouble {
        return adapter.read(
                new Question(new Branches(git.url(), "production", "main"), revision, headOnly, tag, 100, 20));
    }

    private People people(String revision) throws GitTrouble {
        Reading reading = read(revision, false, "v1.0.0");
        assertThat(reading).isInstanceOf(Reading.Read.class);
        return ((Reading.Read) reading).people();
    }

    private void refused(Reading reading, String... words) {
        assertThat(reading)
                .isInstanceOfSatisfying(
                        Reading.Refused.class,
                        refused -> assertThat(refused.why()).contains(words));
    }

    @Test
    void authors_and_committers_are_told_once_trimmed_and_folded() throws GitTrouble {
        git.by("Ada", " Ada@Example.test ", "Ben", "ben@example.test").commit("a", "1");
        String revision =
                git.by("Ada", "ada@example.test", "Cleo", "Cleo@example.test").commit("b", "2");

        assertThat(people(revision).addresses())
                .containsExactly("ada@example.test", "ben@example.test", "cleo@example.test");
        assertThat(people(revision).unmatched()).isEmpty();
    }

    @Test
    void a_revision_is_read_with_the_time_at_which_it_was_committed() throws GitTrouble {
        String revision = git.commit("a", "1");

        assertThat(read(revision, false, null))
                .isInstanceOfSatisfying(
                        Reading.Read.class,
                        read -> assertThat(read.committed().getEpochSecond())
                                .isEqualTo(Long.parseLong(git.git("log", "-1", "--format=%ct", revision))));
    }

    @Test
    void what_is_merged_already_still_has_its_own_author() throws GitTrouble {
        assertThat(people(start).addresses()).containsExactly("start@example.test");
    }

    @Test
    void co_authors_are_authors() throws GitTrouble {
        git.write("a", "1");
        String revision = git.commitAll("""
                feat: squashed (#1)

                * one

                Co-authored-by: Ben <Ben@example.test>
                co-authored-by:cleo@example.test
                CO-AUTHORED-BY: Dan < dan@example.test >

                Reviewed-by: Eve <eve@example.test>
                """);

        assertThat(people(revision).addresses())
                .containsExactly("ada@example.test", "ben@example.test", "cleo@example.test", "dan@example.test");
    }

    /** Read in one pass: looked at from each of its places anew, it would take minutes. */
    @Test
    void a_very_long_message_behind_a_co_author_is_read_as_any_other() throws GitTrouble {
        git.write("a", "1");
        String revision =
                git.commitAll("feat: long\n\nCo-authored-by: Ben <ben@example.test>\n" + "  and more\n".repeat(10_000));

        assertThat(people(revision).addresses()).containsExactly("ada@example.test", "ben@example.test");
    }

    @Test
    void a_co_author_whose_line_is_folded_and_another_on_the_same_line_are_authors() throws GitTrouble {
        git.write("a", "1");
        String revision = git.commitAll("""
                feat: squashed (#2)

                Co-authored-by: Benjamin of the Long Name
                  <ben@example.test>
                Co-authored-by: Cleo <cleo@example.test>, Dan <dan@example.test> and Eve <eve@example.test>
                  Co-authored-by: Fay <fay@example.test>
                Co-authored-by: Gus <gus@example.test>, Hal <hal>
                """);

        People people = people(revision);
        assertThat(people.addresses())
                .containsExactly(
                        "ada@example.test",
                        "ben@example.test",
                        "cleo@example.test",
                        "dan@example.test",
                        "eve@example.test",
                        "fay@example.test",
                        "gus@example.test");
        assertThat(people.unmatched()).containsExactly("Co-authored-by: Gus <gus@example.test>, Hal <hal>");
    }

    @Test
    void a_mail_map_says_who_is_who_in_trailers_too_and_in_both_directions() throws GitTrouble {
        git.write(".mailmap", """
                # people
                Ada Lovelace <ada@corp.test> <ada@home.test>
                Ada Lovelace <ada@corp.test> <ada@old.test>
                <ben@corp.test> Benjamin <ben@home.test>
                """);
        git.by("ada", "ADA@home.test");
        String revision = git.commitAll("feat: x\n\nCo-authored-by: Benjamin <ben@home.test>\n");

        assertThat(people(revision).addresses())
                .containsExactly("ada@corp.test", "ada@home.test", "ada@old.test", "ben@corp.test", "ben@home.test");
    }

    @Test
    void a_mail_map_of_the_release_takes_nobody_off_their_own_change() throws GitTrouble {
        git.write(".mailmap", "Nobody <nobody@example.test> <ada@example.test>\n");
        String revision = git.commitAll("chore: who is who");

        assertThat(people(revision).addresses()).contains("ada@example.test");
    }

    @Test
    void the_target_branch_has_a_mail_map_that_counts_as_well() throws GitTrouble {
        git.on("main").commit(".mailmap", "Ada <ada@corp.test> <ada@example.test>\n");
        String revision = git.on("production").commit("a", "1");

        assertThat(people(revision).addresses()).containsExactly("ada@corp.test", "ada@example.test");
    }

    @Test
    void addresses_that_nobody_logs_in_by_are_shown() throws GitTrouble {
        git.by("ada", "123+ada@users.noreply.github.com", "GitHub", "noreply@github.com")
                .write("a", "1");
        String revision = git.commitAll("""
                feat: x

                Co-authored-by: Ben
                Co-authored-by: Cleo <cleo>
                Co-authored-by: dependabot[bot] <49699333+dependabot[bot]@users.noreply.github.com>
                """);

        assertThat(people(revision).unmatched())
                .containsExactly(
                        "Co-authored-by: Ben",
                        "Co-authored-by: Cleo <cleo>",
                        "GitHub <noreply@github.com>",
                        "ada <123+ada@users.noreply.github.com>",
                        "dependabot[bot] <49699333+dependabot[bot]@users.noreply.github.com>");
    }

    @Test
    void a_no_reply_address_that_the_mail_map_knows_is_not_shown() throws GitTrouble {
        git.write(".mailmap", "Ada <ada@example.test> <123+ada@users.noreply.github.com>\n");
        String revision = git.by("ada", "123+ada@users.noreply.github.com").commitAll("feat: x");

        assertThat(people(revision).addresses()).contains("ada@example.test");
        assertThat(people(revision).unmatched()).isEmpty();
    }

    @Test
    void an_author_line_without_brackets_or_address_is_shown_with_its_commit() throws GitTrouble {
        String tree = git.resolve("HEAD^{tree}");
        String broken = """
                tree %s
                parent %s
                author Ada ada@example.test 1700000000 +0000
                committer Ben <> 1700000000 +0000

                feat: x
                """.formatted(tree, start);
        String revision = git.fed(broken, "hash-object", "-t", "commit", "-w", "--literally", "--stdin");
        git.git("update-ref", "refs/heads/production", revision);

        People people = people(revision);

        assertThat(people.addresses()).isEmpty();
        assertThat(people.unmatched())
                .hasSize(2)
                .allSatisfy(shown -> assertThat(shown).contains(revision.substring(0, 10), "without a usable address"));
    }

    @Test
    void both_sides_of_a_merge_count_as_brought_by_it() throws GitTrouble {
        git.by("Ben", "ben@example.test").on("side").commit("b", "1");
        git.by("Ada", "ada@example.test").on("production").commit("a", "1");
        git.git("merge", "-q", "--no-edit", "--no-gpg-sign", "side");
        String both = git.head("production");

        assertThat(people(both).addresses()).containsExactly("ada@example.test", "ben@example.test");
        git.git("update-ref", "refs/heads/main", "side");
        assertThat(people(both).addresses()).containsExactly("ada@example.test");
    }

    @Test
    void more_commits_or_people_than_can_be_told_are_refused() throws GitTrouble {
        for (int i = 0; i < 4; i++) {
            git.by("P" + i, "p" + i + "@example.test").commit("a", "" + i);
        }
        Branches branches = new Branches(git.url(), "production", "main");
        String head = git.head("production");

        refused(adapter.read(new Question(branches, head, true, null, 3, 20)), "more than 3 commits");
        refused(adapter.read(new Question(branches, head, true, null, 4, 3)), "more than 3 people");
        assertThat(adapter.read(new Question(branches, head, true, null, 4, 4))).isInstanceOf(Reading.Read.class);
    }

    @Test
    void a_missing_target_branch_is_refused_with_the_command_that_makes_it() throws GitTrouble {
        String revision = git.commit("a", "1");
        Branches branches = new Branches(git.url(), "production", "released");

        refused(
                adapter.read(new Question(branches, revision, true, null, 100, 20)),
                "There is no branch released",
                "at the commit that production runs now; before a first release, where nothing runs yet, at any commit of branch production: ",
                "git -C " + git.folder() + " branch released COMMIT");
    }

    @Test
    void a_revision_is_a_commit_on_its_branch() throws GitTrouble {
        String older = git.commit("a", "1");
        String head = git.commit("a", "2");
        String aside = git.on("aside").commit("a", "3");
        git.git("tag", "-a", "-m", "x", "some", "production");

        assertThat(read(head, true, null)).isInstanceOf(Reading.Read.class);
        assertThat(read(older, false, null)).isInstanceOf(Reading.Read.class);
        refused(read(older, true, null), "is not the head of branch production", head.substring(0, 7));
        refused(read(aside, false, null), "is not on branch production");
        for (String object : List.of("1".repeat(40), git.resolve("some"), git.resolve("HEAD^{tree}"), "1".repeat(64))) {
            refused(read(object, false, null), "is not a commit");
        }
    }

    @Test
    void a_tag_is_free_or_stands_at_this_revision() throws GitTrouble {
        String revision = git.commit("a", "1");
        assertThat(read(revision, true, "v1.0.0")).isInstanceOf(Reading.Read.class);

        git.git("tag", "v1.0.0", revision);
        git.git("tag", "-a", "-m", "x", "v1.0.1", revision);
        git.git("tag", "-a", "-m", "x", "v1.0.2", start);

        assertThat(read(revision, true, "v1.0.0")).isInstanceOf(Reading.Read.class);
        assertThat(read(revision, true, "v1.0.1")).isInstanceOf(Reading.Read.class);
        refused(read(revision, true, "v1.0.2"), "v1.0.2 stands at another revision", start.substring(0, 10));
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1.0.0/rc1", "v1.0.0/rc/1"})
    void a_tag_that_is_a_folder_of_tags_is_refused_in_git_s_words(String there) throws GitTrouble {
        String revision = git.commit("a", "1");
        git.git("tag", there, revision);

        refused(
                read(revision, true, "v1.0.0"),
                "cannot lock ref 'refs/tags/v1.0.0': 'refs/tags/%s' exists".formatted(there));
    }

    @Test
    void a_tag_below_one_that_is_there_is_refused_too() throws GitTrouble {
        String revision = git.commit("a", "1");
        git.git("tag", "release", revision);

        refused(read(revision, true, "release/1.x/2"), "'refs/tags/release' exists");
        assertThat(read(revision, true, "releases/1.x")).isInstanceOf(Reading.Read.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a..b", "-x", "a b", "a.lock", "/a", "a/", "a//b", ".a", "@", "a~1", "a:b", "a\\b", "HEAD"})
    void names_that_are_none_never_reach_git(String name) throws GitTrouble {
        Branches source = new Branches(git.url(), name, "main");
        Branches target = new Branches(git.url(), "production", name);

        refused(adapter.read(new Question(source, start, false, null, 1, 1)), "no legal name of a branch");
        refused(adapter.read(new Question(target, start, false, null, 1, 1)), "no legal name of a branch");
        refused(read(start, false, name), "no legal name of a tag");
    }

    @Test
    void a_target_that_is_checked_out_is_refused_before_it_matters() throws GitTrouble {
        String revision = git.commit("a", "1");
        git.on("main");

        refused(
                read(revision, true, "v1"),
                "checked out in " + git.folder(),
                "receive.denyCurrentBranch updateInstead");
        git.git("config", "receive.denyCurrentBranch", "updateInstead");
        assertThat(read(revision, true, "v1")).isInstanceOf(Reading.Read.class);
    }

    @Test
    void the_head_of_a_bare_repository_is_checked_out_nowhere_unless_in_a_tree_of_its_own() throws GitTrouble {
        String revision = git.commit("a", "1");
        git.on("main");
        Path place = folder.resolve("bare.git");
        git.git("clone", "-q", "--bare", git.folder().toString(), place.toString());
        TestRepository bare = TestRepository.at(place);
        Question question = new Question(new Branches(bare.url(), "production", "main"), revision, true, "v1", 100, 20);
        assertThat(bare.git("symbolic-ref", "HEAD")).isEqualTo("refs/heads/main");

        assertThat(adapter.read(question)).isInstanceOf(Reading.Read.class);
        bare.git("symbolic-ref", "HEAD", "refs/heads/production");
        bare.git("worktree", "add", "-q", folder.resolve("tree").toString(), "main");
        refused(adapter.read(question), "checked out in " + folder.resolve("tree"));
    }

    @Test
    void a_repository_that_asks_for_signatures_gets_them_or_says_so() throws GitTrouble {
        String revision = git.commit("a", "1");
        git.git("config", "tag.gpgSign", "true");

        refused(read(revision, true, "v1"), "asks for signatures (tag.gpgSign)", "slipway.git.signing");
        assertThat(read(revision, true, null)).isInstanceOf(Reading.Read.class);
    }

    @Test
    void where_a_branch_is_and_what_is_on_it() throws GitTrouble {
        String older = git.commit("a", "1");
        String head = git.commit("a", "2");

        assertThat(adapter.head(git.url(), "production")).contains(head);
        assertThat(adapter.head(git.url(), "nowhere")).isEmpty();
        assertThat(adapter.head("file:" + folder.resolve("nowhere"), "main")).isEmpty();
        assertThat(adapter.standing(git.url(), "production", older)).isEqualTo(new Standing(Optional.of(head), true));
        git.git("reset", "-q", "--hard", start);
        assertThat(adapter.standing(git.url(), "production", older)).isEqualTo(new Standing(Optional.of(start), false));
        assertThat(adapter.standing(git.url(), "nowhere", older)).isEqualTo(new Standing(Optional.empty(), false));
        assertThatThrownBy(() -> adapter.standing("file:" + folder.resolve("nowhere"), "main", older))
                .isInstanceOf(GitTrouble.class);
    }
}
