package dev.slipway.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.git.Answers.Branches;
import dev.slipway.git.Answers.Merge;
import dev.slipway.git.Answers.Merged;
import dev.slipway.testkit.git.TestRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Merging and tagging in a repository in which others are at work as well. */
final class DeliveryTest {
    private static final String MAIN = "refs/heads/main";
    private static final String TAG = "refs/tags/v1.0.0";

    @TempDir
    Path folder;

    /** Where people work; pushes to the bare one. */
    private TestRepository work;

    private TestRepository git;
    private String start;
    private String released;
    private final Git adapter = new Git(GitProgram.find(), GitOptions.ofThisUser());

    @BeforeEach
    void aBareRepositoryWithARelease() {
        git = TestRepository.bare(folder.resolve("hello.git"));
        work = TestRepository.in(folder.resolve("work"));
        start = work.commit("README", "hello\n");
        released = work.on("production").commit("a", "one\n");
        work.git("push", "-q", git.folder().toString(), "main", "production");
    }

    @AfterEach
    void close() {
        adapter.close();
    }

    private Merge order(String revision, String to, String tag) {
        return new Merge(
                new Branches(git.url(), "production", to),
                revision,
                tag,
                "chore(release): merge hello@1.0.0 into " + to + "\n",
                "Release hello@1.0.0\n",
                "Slipway",
                "slipway@localhost",
                4);
    }

    private Merged merge(String revision) throws GitTrouble {
        return adapter.merge(order(revision, "main", "v1.0.0"));
    }

    private static void refused(Merged merged, String... words) {
        assertThat(merged)
                .isInstanceOfSatisfying(
                        Merged.Refused.class,
                        refused -> assertThat(refused.why()).contains(words));
    }

    private String pushed(String file, String content) {
        String commit = work.on("main").commit(file, content);
        work.git("push", "-q", "--force", git.folder().toString(), "main");
        return commit;
    }

    private void untouched(String main) {
        assertThat(git.resolve(MAIN)).isEqualTo(main);
        assertThat(git.resolve(TAG)).isEqualTo("nothing");
    }

    @Test
    void a_merge_commit_and_an_annotated_tag_are_made_even_where_the_branch_could_be_moved_on() throws GitTrouble {
        Merged merged = merge(released);

        String main = git.head("main");
        assertThat(merged).isEqualTo(new Merged.Done(main));
        assertThat(git.parents(main)).containsExactly(start, released);
        assertThat(git.git("log", "-1", "--format=%an <%ae> %cn %s", main))
                .isEqualTo("Slipway <slipway@localhost> Slipway chore(release): merge hello@1.0.0 into main");
        assertThat(git.resolve(TAG + "^{commit}")).isEqualTo(released);
        assertThat(git.git("for-each-ref", "--format=%(objecttype) %(taggername) %(subject)", TAG))
                .isEqualTo("tag Slipway Release hello@1.0.0");
    }

    @Test
    void asking_again_after_a_crash_is_the_same() throws GitTrouble {
        Merged first = merge(released);
        String tag = git.resolve(TAG);

        assertThat(merge(released)).isEqualTo(first);
        assertThat(git.resolve(TAG)).isEqualTo(tag);
        String later = git.git("commit-tree", "-p", git.head("main"), "-m", "later", "main^{tree}");
        git.git("update-ref", MAIN, later);
        assertThat(merge(released)).isEqualTo(new Merged.Done(later));
    }

    @Test
    void what_is_merged_already_is_only_tagged() throws GitTrouble {
        git.git("update-ref", MAIN, released);

        assertThat(merge(released)).isEqualTo(new Merged.Done(released));
        assertThat(git.resolve(TAG + "^{commit}")).isEqualTo(released);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_tag_that_stands_at_the_revision_is_left_as_it_is(boolean annotated) throws GitTrouble {
        if (annotated) {
            git.by("Ada", "ada@example.test").git("tag", "-a", "-m", "mine", "v1.0.0", released);
        } else {
            git.git("tag", "v1.0.0", released);
        }
        String tag = git.resolve(TAG);

        assertThat(merge(released)).isEqualTo(new Merged.Done(git.head("main")));
        assertThat(git.resolve(TAG)).isEqualTo(tag);
        assertThat(git.parents("main")).contains(released);
    }

    @Test
    void a_tag_elsewhere_is_noticed_before_the_branch_moves() throws GitTrouble {
        git.git("tag", "v1.0.0", start);

        refused(merge(released), "Tag v1.0.0 stands at another revision");

        assertThat(git.head("main")).isEqualTo(start);
    }

    @Test
    void changes_of_both_sides_are_kept() throws GitTrouble {
        String other = pushed("b", "other\n");

        assertThat(merge(released)).isInstanceOf(Merged.Done.class);

        assertThat(git.parents("main")).containsExactly(other, released);
        assertThat(git.git("ls-tree", "--name-only", "main").lines()).containsExactly("README", "a", "b");
    }

    @Test
    void a_conflict_is_refused_in_git_s_words_with_the_commands_and_leaves_everything_as_it_is() throws GitTrouble {
        String other = pushed("a", "theirs\n");

        refused(
                merge(released),
                "Branch main conflicts with the release: CONFLICT (add/add): Merge conflict in a",
                "git switch main && git merge --no-ff " + released.substring(0, 10),
                "git push --atomic origin main v1.0.0");

        untouched(other);
    }

    @Test
    void a_revision_or_branch_that_is_gone_is_for_a_person() throws GitTrouble {
        refused(merge("1".repeat(40)), "does not have the revision");
        refused(
                adapter.merge(order(released, "stable", "v1.0.0")),
                "There is no branch stable",
                "branch stable COMMIT");

        untouched(start);
    }

    @Test
    void a_revision_that_was_taken_off_its_branch_is_not_merged_though_its_objects_are_there() throws GitTrouble {
        git.git("update-ref", "refs/heads/production", start);
        refused(merge(released), "is not on branch production any more", "Put it back there. Then retry the release");

        git.git("update-ref", "-d", "refs/heads/production");
        refused(
                merge(released),
                "Branch production, of which revision " + released.substring(0, 10) + " was released",
                ":refs/heads/production");
        untouched(start);

        work.git("push", "-q", git.folder().toString(), released + ":refs/heads/production");
        assertThat(merge(released)).isInstanceOf(Merged.Done.class);
        git.git("update-ref", "-d", "refs/heads/production");
        assertThat(merge(released)).as("it is merged already").isInstanceOf(Merged.Done.class);
    }

    private void hook(String name, String script) throws IOException {
        Path hooks = Files.createDirectories(git.folder().resolve("hooks"));
        Path hook = Files.writeString(hooks.resolve(name), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(hook, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void a_hook_that_declines_is_heard_in_its_own_words_and_nothing_moves() throws Exception {
        hook("pre-receive", "echo 'main is closed until Monday, ask Ben' >&2; exit 1");

        refused(merge(released), "main is closed until Monday, ask Ben", "pre-receive hook declined");

        untouched(start);
    }

    @Test
    void a_hook_that_declines_the_tag_keeps_the_branch_too() throws Exception {
        hook("update", "case $1 in refs/tags/*) echo 'no tags on Fridays'; exit 1;; esac");

        refused(merge(released), "no tags on Fridays");

        untouched(start);
    }

    @Test
    void hooks_after_the_push_run_as_for_any_push() throws Exception {
        Path trace = folder.resolve("trace");
        hook("post-receive", "cat > " + trace);

        merge(released);

        assertThat(trace).content().contains(MAIN, TAG, git.head("main"));
    }

    @Test
    void what_the_repository_receives_is_its_own_business() throws GitTrouble {
        git.git("config", "receive.maxInputSize", "10");

        refused(merge(released), "pack exceeds maximum allowed size");

        untouched(start);
    }

    @Test
    void programs_that_the_repository_s_configuration_names_are_not_run() throws GitTrouble {
        Path trace = folder.resolve("ran");
        for (String name : List.of(
                "core.fsmonitor",
                "core.sshCommand",
                "gpg.program",
                "core.pager",
                "core.editor",
                "diff.external",
                "credential.helper",
                "core.askPass",
                "uploadpack.packObjectsHook",
                "merge.renormalize")) {
            git.git("config", name, name.equals("merge.renormalize") ? "true" : "touch " + trace);
        }

        assertThat(merge(released)).isInstanceOf(Merged.Done.class);
        assertThat(trace).doesNotExist();
    }

    @Test
    void a_branch_that_is_checked_out_is_refused_by_git_itself() throws GitTrouble {
        TestRepository checkedOut = TestRepository.at(folder.resolve("clone"));
        work.git(
                "clone",
                "-q",
                "-b",
                "main",
                git.folder().toString(),
                checkedOut.folder().toString());
        checkedOut.branch("production", "origin/production");
        Merge order = new Merge(
                new Branches(checkedOut.url(), "production", "main"), released, "v1.0.0", "m", "t", "S", "s@x", 2);

        refused(adapter.merge(order), "branch is currently checked out");
        checkedOut.git("config", "receive.denyCurrentBranch", "updateInstead");
        assertThat(adapter.merge(order)).isInstanceOf(Merged.Done.class);
        assertThat(checkedOut.git("status", "--porcelain")).isEmpty();
        assertThat(checkedOut.folder().resolve("a")).exists();
    }

    @Test
    void a_stale_lock_is_tried_again_and_then_said_in_git_s_words() throws Exception {
        Path lock = Files.createFile(git.folder().resolve(MAIN + ".lock"));

        refused(
                merge(released),
                "cannot lock ref 'refs/heads/main'",
                "main.lock': File exists",
                "remove the file manually");
        untouched(start);
        Files.delete(lock);
        assertThat(merge(released)).isInstanceOf(Merged.Done.class);
    }

    @Test
    void a_tag_that_is_a_folder_is_said_in_git_s_words() throws GitTrouble {
        git.git("tag", "v1.0.0/rc1", start);

        refused(merge(released), "cannot lock ref 'refs/tags/v1.0.0': 'refs/tags/v1.0.0/rc1' exists");

        assertThat(git.head("main")).isEqualTo(start);
    }

    @Test
    void a_branch_that_moves_meanwhile_is_merged_where_it_is_then() throws Exception {
        String other = work.on("main").commit("b", "two\n");
        work.git("push", "-q", git.folder().toString(), "main:refs/heads/aside");
        Path once = Files.createFile(folder.resolve("once"));
        hook("pre-receive", """
                [ -e %1$s ] || exit 0
                rm %1$s
                unset GIT_QUARANTINE_PATH
                git update-ref refs/heads/main %2$s
                """.formatted(once, other));

        assertThat(merge(released)).isEqualTo(new Merged.Done(git.head("main")));
        assertThat(git.parents("main")).containsExactly(other, released);
        assertThat(once).doesNotExist();
    }

    @Test
    void a_branch_that_never_rests_is_left_to_a_person_with_all_that_others_pushed() throws Exception {
        hook("pre-receive", """
                unset GIT_QUARANTINE_PATH
                export GIT_AUTHOR_NAME=B GIT_AUTHOR_EMAIL=b@x GIT_COMMITTER_NAME=B GIT_COMMITTER_EMAIL=b@x
                unset GIT_OBJECT_DIRECTORY GIT_ALTERNATE_OBJECT_DIRECTORIES
                git update-ref refs/heads/main $(git commit-tree -p refs/heads/main -m more refs/heads/main^{tree})
                """);

        refused(merge(released), "Branch main moved, or was locked, each time", "but expected");

        assertThat(git.git("rev-list", "--count", start + "..main")).isEqualTo("4");
        assertThat(git.resolve(TAG)).isEqualTo("nothing");
    }

    @Test
    void a_repository_that_a_group_shares_stays_the_group_s() throws Exception {
        git.git("config", "core.sharedRepository", "group");
        for (Path folder : objectFolders()) { // as git init --shared makes them
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxr-x"));
        }

        merge(released);

        List<Path> written = new ArrayList<>(objectFolders());
        assertThat(written)
                .contains(
                        git.folder().resolve("objects").resolve(git.head("main").substring(0, 2)));
        written.add(git.folder().resolve(TAG));
        assertThat(written)
                .allSatisfy(path ->
                        assertThat(Files.getPosixFilePermissions(path)).contains(PosixFilePermission.GROUP_WRITE));
    }

    private List<Path> objectFolders() throws IOException {
        try (Stream<Path> folders = Files.list(git.folder().resolve("objects"))) {
            return folders.filter(Files::isDirectory).toList();
        }
    }

    private static GitOptions signing(GitOptions.@Nullable Signing signing) {
        GitOptions user = GitOptions.ofThisUser();
        return new GitOptions(
                user.roots(),
                user.hosts(),
                false,
                null,
                null,
                List.of(),
                signing,
                Duration.ofMinutes(1),
                Duration.ofMinutes(1),
                user.outputBytesMax(),
                1,
                1_000_000,
                20);
    }

    @Test
    void merges_and_tags_are_signed_with_the_key_of_the_settings() throws Exception {
        Path key = folder.resolve("key");
        Process made = new ProcessBuilder(
                        "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "slipway", "-f", key.toString())
                .start();
        assertThat(made.waitFor()).isZero();
        Path signers = Files.writeString(
                folder.resolve("signers"), "slipway@localhost " + Files.readString(folder.resolve("key.pub")));
        git.git("config", "gpg.ssh.allowedSignersFile", signers.toString());
        git.git("config", "commit.gpgSign", "true");

        try (Git signs = new Git(GitProgram.find(), signing(new GitOptions.Signing("ssh", key.toString())))) {
            assertThat(signs.merge(order(released, "main", "v1.0.0"))).isInstanceOf(Merged.Done.class);
        }

        assertThat(git.ran("verify-commit", "main").err()).contains("Good \"git\" signature for slipway@localhost");
        assertThat(git.ran("verify-tag", "v1.0.0").err()).contains("Good \"git\" signature for slipway@localhost");
    }

    @Test
    void a_key_that_is_not_there_is_trouble_that_says_so() {
        try (Git signs = new Git(GitProgram.find(), signing(new GitOptions.Signing("ssh", "/nowhere/key")))) {
            assertThatThrownBy(() -> signs.merge(order(released, "main", "v1.0.0")))
                    .isInstanceOf(GitTrouble.class)
                    .hasMessageContaining("/nowhere/key");
        }
        untouched(start);
    }
}
