package dev.slipway.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.git.Answers.Branches;
import dev.slipway.git.Answers.Merge;
import dev.slipway.git.Answers.Merged;
import dev.slipway.git.Answers.Question;
import dev.slipway.git.Answers.Reading;
import dev.slipway.git.Answers.Standing;
import dev.slipway.git.Answers.Trial;
import dev.slipway.testkit.git.TestRepository;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A repository on another machine, over TLS with the certificate of a company's own, behind a password. */
@Tag("thorough")
final class HttpsRepositoryIT {
    private static final String PASSWORD = "s3cret-t0ken";

    @TempDir
    Path folder;

    private GitOverTls server;
    private TestRepository git;
    private String start;
    private String released;
    private Path passwordFile;
    private Path scratch;

    @BeforeEach
    void aServer() throws Exception {
        Path repositories = Files.createDirectories(folder.resolve("repositories"));
        server = new GitOverTls(folder, repositories, "slipway", PASSWORD);
        passwordFile = Files.writeString(folder.resolve("password"), PASSWORD + "\n");
        scratch = Files.createDirectories(folder.resolve("scratch"));
        git = filled(TestRepository.in(repositories.resolve("hello")));
        start = git.head("main");
        released = git.head("production");
    }

    private static TestRepository filled(TestRepository filled) {
        filled.commit("README", "hello\n");
        filled.on("production").commit("a", "one\n");
        filled.on("elsewhere");
        return filled;
    }

    @AfterEach
    void close() {
        server.close();
    }

    private GitOptions options(List<String> hosts, List<GitOptions.Credential> credentials, int copies, long bytes) {
        GitOptions user = GitOptions.ofThisUser();
        return new GitOptions(
                List.of(),
                hosts,
                false,
                scratch,
                server.certificate(),
                credentials,
                null,
                user.commandWithin(),
                user.fetchWithin(),
                user.outputBytesMax(),
                copies,
                bytes,
                20);
    }

    private Git adapter() {
        return adapter(2, 1_000_000_000);
    }

    private Git adapter(int copies, long bytes) {
        List<GitOptions.Credential> known = List.of(new GitOptions.Credential(server.host(), "slipway", passwordFile));
        return new Git(GitProgram.find(), options(List.of(server.host()), known, copies, bytes));
    }

    private Branches branches() {
        return new Branches(server.url("hello/.git"), "production", "main");
    }

    private Merge order() {
        return new Merge(branches(), released, "v1", "merge\n", "tag\n", "Slipway", "slipway@x", 3);
    }

    @Test
    void it_is_read_tried_merged_and_tagged() throws GitTrouble {
        try (Git adapter = adapter()) {
            Reading read = adapter.read(new Question(branches(), released, true, "v1", 100, 10));
            assertThat(read)
                    .isInstanceOfSatisfying(
                            Reading.Read.class,
                            made -> assertThat(made.people())
                                    .isEqualTo(new People(List.of("ada@example.test"), List.of())));
            assertThat(adapter.tryMerge(branches(), released)).isInstanceOf(Trial.Clean.class);
            assertThat(adapter.standing(branches().repository(), "production", start))
                    .isEqualTo(new Standing(Optional.of(released), true));

            Merged merged = adapter.merge(order());

            assertThat(merged).isEqualTo(new Merged.Done(git.head("main")));
            assertThat(git.parents("main")).containsExactly(start, released);
            assertThat(git.resolve("v1^{commit}")).isEqualTo(released);
            assertThat(adapter.merge(order())).isEqualTo(merged);
        }
    }

    @Test
    void what_was_fetched_is_kept_and_only_news_is_fetched_then() throws Exception {
        try (Git adapter = adapter()) {
            adapter.tryMerge(branches(), released);
            Path copies = scratch.resolve("copies");
            long before = Folders.bytesOf(copies);
            String later = git.on("production").commit("b", "two\n");

            assertThat(adapter.tryMerge(branches(), later)).isInstanceOf(Trial.Clean.class);

            assertThat(Folders.bytesOf(copies) - before).isBetween(1L, 5_000L);
            git.git("switch", "-q", "--detach");
            git.git("branch", "-D", "production");
            git.branch("production/1.x", later);
            assertThat(adapter.tryMerge(new Branches(branches().repository(), "production/1.x", "main"), later))
                    .isInstanceOf(Trial.Clean.class);
        }
    }

    @Test
    void a_hook_over_there_is_heard_in_its_own_words() throws Exception {
        Path hook = Files.writeString(
                git.folder().resolve(".git/hooks/pre-receive"), "#!/bin/sh\necho ask Ben first; exit 1\n");
        assertThat(hook.toFile().setExecutable(true)).isTrue();

        try (Git adapter = adapter()) {
            assertThat(adapter.merge(order()))
                    .isInstanceOfSatisfying(
                            Merged.Refused.class,
                            refused ->
                                    assertThat(refused.why()).contains("ask Ben first", "pre-receive hook declined"));
        }
        assertThat(git.head("main")).isEqualTo(start);
    }

    @Test
    void ids_of_64_digits_go_over_the_wire_as_well() throws GitTrouble {
        TestRepository other = filled(TestRepository.sha256(folder.resolve("repositories/long")));
        try (Git adapter = adapter()) {
            Branches branches = new Branches(server.url("long/.git"), "production", "main");

            assertThat(adapter.tryMerge(branches)).isInstanceOf(Trial.Clean.class);
            assertThat(adapter.merge(new Merge(branches, other.head("production"), "v1", "m\n", "t\n", "S", "s@x", 2)))
                    .isEqualTo(new Merged.Done(other.head("main")));
        }
    }

    @Test
    void without_a_password_or_with_a_wrong_one_nothing_prompts() throws Exception {
        try (Git nobody = new Git(GitProgram.find(), options(List.of(server.host()), List.of(), 1, 1_000_000))) {
            lockedOut(nobody, "could not read Username");
            assertThatThrownBy(() -> nobody.head(branches().repository(), "main"))
                    .isInstanceOf(GitTrouble.class);
            assertThatThrownBy(() -> nobody.standing(branches().repository(), "main", start))
                    .isInstanceOf(GitTrouble.class);
        }
        Files.writeString(passwordFile, "wrong-" + PASSWORD);
        try (Git wrong = adapter()) {
            lockedOut(wrong, "Authentication failed");
        }
        Files.delete(passwordFile);
        try (Git missing = adapter()) {
            assertThatThrownBy(() -> missing.tryMerge(branches()))
                    .hasMessageContaining("password file for " + server.host() + " cannot be read");
        }
    }

    private void lockedOut(Git git, String words) throws GitTrouble {
        assertThat(git.tryMerge(branches())).isInstanceOfSatisfying(Trial.Refused.class, refused -> {
            assertThat(refused.why()).contains(words, "slipway.git.credentials").doesNotContain(PASSWORD);
            assertThat(refused.mayPass()).isTrue();
        });
    }

    @Test
    void the_password_stands_in_no_command_line_no_environment_and_no_file_of_ours() throws Exception {
        Path seen = folder.resolve("seen");
        Path program = Files.createDirectories(folder.resolve("bin")).resolve("git");
        Files.writeString(program, """
                #!/bin/sh
                { echo "$@"; env; cat "$GIT_CONFIG_GLOBAL" "$GIT_DIR/config" 2>/dev/null; } >> %s
                exec %s "$@"
                """.formatted(seen, GitProgram.find().path()));
        assertThat(program.toFile().setExecutable(true)).isTrue();
        List<GitOptions.Credential> known = List.of(new GitOptions.Credential(server.host(), "slipway", passwordFile));
        try (Git adapter =
                new Git(new GitProgram(program, "2.x"), options(List.of(server.host()), known, 1, 1_000_000_000))) {
            assertThat(adapter.merge(order())).isInstanceOf(Merged.Done.class);
        }

        assertThat(seen)
                .content()
                .as("with the configuration that the scratch repository had, which is gone by now")
                .contains("push --atomic", "helper = ")
                .doesNotContain(PASSWORD);
        try (Stream<Path> files = Files.walk(scratch)) {
            assertThat(files.filter(Files::isRegularFile))
                    .allSatisfy(file -> assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                            .doesNotContain(PASSWORD));
        }
    }

    @Test
    void a_host_that_is_not_on_the_list_is_never_asked_and_no_redirection_leads_there() throws Exception {
        try (Git strict = new Git(GitProgram.find(), options(List.of("git.example.test"), List.of(), 1, 1_000_000))) {
            assertThat(strict.tryMerge(branches())).isInstanceOf(Trial.Refused.class);
        }
        assertThat(server.requests()).isEmpty();

        try (GitOverTls other = new GitOverTls(
                        Files.createDirectories(folder.resolve("other")),
                        folder.resolve("repositories"),
                        "slipway",
                        PASSWORD);
                Git adapter = adapter()) {
            server.redirectTo("https://" + other.host());
            assertThatThrownBy(() -> adapter.tryMerge(branches())).isInstanceOf(GitTrouble.class);
            assertThat(other.requests()).isEmpty();
        }
    }

    @Test
    void a_certificate_of_an_unknown_authority_is_refused() throws Exception {
        GitOptions user = GitOptions.ofThisUser();
        GitOptions system = new GitOptions(
                List.of(),
                List.of("*"),
                false,
                scratch,
                null,
                List.of(),
                null,
                user.commandWithin(),
                user.fetchWithin(),
                user.outputBytesMax(),
                1,
                1_000_000,
                20);
        try (Git strict = new Git(GitProgram.find(), system)) {
            assertThatThrownBy(() -> strict.tryMerge(branches()))
                    .isInstanceOf(GitTrouble.class)
                    .hasMessageContaining("certificate");
        }
    }

    @Test
    void a_repository_that_is_too_large_is_refused_and_not_kept() throws Exception {
        try (Git small = adapter(1, 100)) {
            assertThat(small.tryMerge(branches()))
                    .isInstanceOfSatisfying(
                            Trial.Refused.class,
                            refused -> assertThat(refused.why()).contains("larger than 100 bytes", "copy-bytes-max"));
        }
        assertThat(Folders.bytesOf(scratch.resolve("copies"))).isZero();
    }

    @Test
    void the_copy_that_was_unused_longest_makes_room() throws Exception {
        for (String name : List.of("second", "third")) {
            filled(TestRepository.in(folder.resolve("repositories").resolve(name)));
        }
        try (Git adapter = adapter(2, 1_000_000_000)) {
            for (String name : List.of("hello", "second", "third")) {
                assertThat(adapter.tryMerge(new Branches(server.url(name + "/.git"), "production", "main")))
                        .isInstanceOf(Trial.Clean.class);
            }
        }
        try (Stream<Path> kept = Files.list(scratch.resolve("copies"))) {
            assertThat(kept.filter(Files::isDirectory)).hasSize(2);
        }
    }

    @Test
    void several_at_once_share_the_copy_one_after_the_other() throws Exception {
        List<Callable<Trial>> calls = new ArrayList<>();
        try (Git adapter = adapter();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 6; i++) {
                calls.add(() -> adapter.tryMerge(branches(), released));
            }
            for (var answer : threads.invokeAll(calls)) {
                assertThat(answer.get()).isInstanceOf(Trial.Clean.class);
            }
        }
    }
}
