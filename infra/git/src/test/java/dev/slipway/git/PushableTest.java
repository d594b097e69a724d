package dev.slipway.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.git.Answers.Branches;
import dev.slipway.git.Answers.Merge;
import dev.slipway.git.Answers.Merged;
import dev.slipway.git.Answers.Question;
import dev.slipway.git.Answers.Reading;
import dev.slipway.testkit.git.TestRepository;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether branch and tag could be pushed, asked of a real {@code git http-backend} before anything is released. */
final class PushableTest {
    private static final String PASSWORD = "s3cret-t0ken";

    @TempDir
    Path folder;

    private GitOverTls server;
    private TestRepository git;
    private String released;
    private Path passwordFile;
    private GitProgram program = GitProgram.find();
    private Duration within = Duration.ofMinutes(1);

    @BeforeEach
    void aServer() throws Exception {
        Path repositories = Files.createDirectories(folder.resolve("repositories"));
        server = new GitOverTls(folder, repositories, "slipway", PASSWORD);
        passwordFile = Files.writeString(folder.resolve("password"), PASSWORD + "\n");
        git = TestRepository.in(repositories.resolve("hello"));
        git.commit("README", "hello\n");
        released = git.on("production").commit("a", "one\n");
        git.on("elsewhere");
    }

    @AfterEach
    void close() {
        server.close();
    }

    private Branches branches() {
        return new Branches(server.url("hello/.git"), "production", "main");
    }

    private Git adapter() {
        GitOptions user = GitOptions.ofThisUser();
        return new Git(
                program,
                new GitOptions(
                        List.of(),
                        List.of(server.host()),
                        false,
                        folder.resolve("scratch"),
                        server.certificate(),
                        List.of(new GitOptions.Credential(server.host(), "slipway", passwordFile)),
                        null,
                        within,
                        user.fetchWithin(),
                        user.outputBytesMax(),
                        2,
                        1_000_000_000,
                        20));
    }

    private Reading read(@Nullable String tag) throws Exception {
        Files.createDirectories(folder.resolve("scratch"));
        try (Git adapter = adapter()) {
            return adapter.read(new Question(branches(), released, true, tag, 100, 10));
        }
    }

    /** All that a push would change. */
    private String stored() {
        return git.git("for-each-ref") + git.git("count-objects", "-v");
    }

    /** A server that lets this user read and nothing else, as hosts do with a token that may only read. */
    private void readOnly() {
        git.git("config", "http.receivepack", "false");
    }

    @Test
    void who_may_write_is_heard_and_nothing_is_sent() throws Exception {
        String before = stored();

        assertThat(read("v1")).isInstanceOf(Reading.Read.class);

        assertThat(server.requests())
                .contains("GET /hello/.git/info/refs?service=git-receive-pack somebody")
                .noneMatch(request -> request.contains("POST /hello/.git/git-receive-pack"));
        assertThat(stored()).isEqualTo(before);
    }

    @Test
    void who_may_only_read_is_refused_with_what_helps_before_anything_begins() throws Exception {
        readOnly();

        assertThat(read("v1"))
                .isInstanceOfSatisfying(
                        Reading.Refused.class,
                        refused -> assertThat(refused.why())
                                .contains(
                                        "Git cannot push to " + branches().repository(),
                                        "error: 403",
                                        "may not write there",
                                        "slipway.git.credentials",
                                        "Then propose the release again.")
                                .doesNotContain(PASSWORD));
        assertThat(read(null))
                .as("what is neither merged nor tagged is only read")
                .isInstanceOf(Reading.Read.class);
    }

    @Test
    void a_right_that_is_taken_away_later_is_said_at_the_merge_and_a_retry_pushes_once_it_is_given_back()
            throws Exception {
        readOnly();
        Files.createDirectories(folder.resolve("scratch"));
        Merge order = new Merge(branches(), released, "v1", "m\n", "t\n", "Slipway", "slipway@x", 3);
        try (Git adapter = adapter()) {
            assertThat(adapter.merge(order))
                    .isInstanceOfSatisfying(
                            Merged.Refused.class,
                            refused -> assertThat(refused.why())
                                    .contains("error: 403", "slipway.git.credentials")
                                    .endsWith("Then retry the release.")
                                    .doesNotContain("propose"));
            assertThat(git.resolve("refs/tags/v1")).isEqualTo("nothing");

            git.git("config", "http.receivepack", "true");
            assertThat(adapter.merge(order)).isEqualTo(new Merged.Done(git.head("main")));
            assertThat(git.resolve("refs/tags/v1^{commit}")).isEqualTo(released);
        }
    }

    @Test
    void a_host_that_cannot_push_both_at_once_is_said_in_git_s_words_with_what_helps() throws Exception {
        git.git("config", "receive.advertiseAtomic", "false");

        assertThat(read("v1"))
                .isInstanceOfSatisfying(
                        Reading.Refused.class,
                        refused -> assertThat(refused.why())
                                .contains(
                                        "the receiving end does not support --atomic push",
                                        "git config receive.advertiseAtomic true",
                                        "a policy without merge")
                                .endsWith("Then propose the release again."));
        try (Git adapter = adapter()) {
            assertThat(adapter.merge(new Merge(branches(), released, "v1", "m\n", "t\n", "Slipway", "slipway@x", 3)))
                    .isInstanceOfSatisfying(
                            Merged.Refused.class,
                            refused -> assertThat(refused.why())
                                    .contains("does not support --atomic push")
                                    .endsWith("Then retry the release."));
        }
        assertThat(git.resolve("refs/tags/v1")).isEqualTo("nothing");
    }

    @Test
    void a_tag_that_stands_at_the_revision_and_a_branch_that_has_it_are_pushable_as_well() throws Exception {
        git.git("tag", "v1", released);
        git.git("update-ref", "refs/heads/main", released);

        assertThat(read("v1")).isInstanceOf(Reading.Read.class);

        readOnly();
        assertThat(read("v1")).isInstanceOf(Reading.Refused.class);
    }

    @Test
    void where_the_other_side_does_not_say_it_is_not_known_and_no_leave_is_claimed() throws Exception {
        wrapped("echo 'fatal: unable to access: Could not resolve host' >&2; exit 128");

        assertThatThrownBy(() -> read("v1"))
                .isInstanceOf(GitTrouble.class)
                .hasMessageContaining("Whether it can be pushed is not known: Git cannot push to");
    }

    @Test
    void the_dry_run_has_a_time() throws Exception {
        wrapped("exec sleep 60");
        within = Duration.ofSeconds(4);

        assertThatThrownBy(() -> read("v1"))
                .isInstanceOf(GitTrouble.class)
                .hasMessageContaining("Whether it can be pushed is not known: git push took longer than 4 s");
    }

    /** A git of which a push does something else. */
    private void wrapped(String push) throws Exception {
        Path wrapper = Files.createDirectories(folder.resolve("bin")).resolve("git");
        Files.writeString(wrapper, """
            #!/bin/sh
            if [ "$1" = push ]; then %s; fi
            exec %s "$@"
            """.formatted(push, GitProgram.find().path()));
        assertThat(wrapper.toFile().setExecutable(true)).isTrue();
        program = new GitProgram(wrapper, "2.x");
    }

    @Test
    void a_folder_on_this_machine_is_asked_by_a_dry_run_too() throws Exception {
        TestRepository bare = TestRepository.bare(folder.resolve("bare.git"));
        git.git("push", "-q", bare.folder().toString(), "main", "production");
        Path hook = Files.writeString(bare.folder().resolve("hooks/pre-receive"), "#!/bin/sh\nexit 1\n");
        assertThat(hook.toFile().setExecutable(true)).isTrue();
        String before = bare.git("for-each-ref") + bare.git("count-objects", "-v");
        Question question = new Question(new Branches(bare.url(), "production", "main"), released, true, "v1", 100, 10);
        try (Git adapter = new Git(GitProgram.find(), GitOptions.ofThisUser())) {
            assertThat(adapter.read(question))
                    .as("hooks are heard by a push alone")
                    .isInstanceOf(Reading.Read.class);

            assertThat(bare.git("for-each-ref") + bare.git("count-objects", "-v"))
                    .isEqualTo(before);
            bare.git("config", "receive.advertiseAtomic", "false");
            assertThat(adapter.read(question))
                    .isInstanceOfSatisfying(
                            Reading.Refused.class,
                            refused -> assertThat(refused.why()).contains("does not support --atomic push"));
        }
    }
}
