package dev.slipway.cli.ci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.cli.shell.CommandFailed;
import dev.slipway.contracts.Artifact;
import dev.slipway.contracts.Digest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.revwalk.RevCommit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkplaceTest {
    private static final String SHA = "0123456789abcdef0123456789abcdef01234567";

    @TempDir
    Path folder = Path.of("");

    @Test
    void the_policy_here_or_above_says_which_application_is_meant() throws Exception {
        Files.writeString(folder.resolve("slipway.yaml"), "application: shop\n");
        Path below = Files.createDirectories(folder.resolve("src/main"));

        assertThat(new Workplace(below).application(null)).isEqualTo("shop");
        assertThat(new Workplace(below).application("till")).isEqualTo("till");
        assertThatThrownBy(() -> new Workplace(Path.of("/")).application(null))
                .isInstanceOf(CommandFailed.class)
                .hasMessageContaining("--application NAME");
    }

    @Test
    void the_revision_is_what_is_checked_out_or_what_is_named() throws Exception {
        try (Git git = Git.init().setDirectory(folder.toFile()).call()) {
            assertThatThrownBy(() -> new Workplace(folder).sha(null)).hasMessageContaining("commit first");
            RevCommit first = commit(git, "one");
            git.tag().setName("v1").setAnnotated(true).setSigned(false).call();
            RevCommit second = commit(git, "two");

            assertThat(new Workplace(folder).sha(null).value()).isEqualTo(second.name());
            assertThat(new Workplace(folder).sha("v1").value()).isEqualTo(first.name());
            assertThat(new Workplace(folder).sha(SHA).value()).isEqualTo(SHA);
            assertThatThrownBy(() -> new Workplace(folder).sha("nowhere"))
                    .isInstanceOf(CommandFailed.class)
                    .hasMessageContaining("nowhere is no commit");
        }
    }

    @Test
    void without_a_repository_a_full_sha_is_asked_for() {
        assertThatThrownBy(() -> new Workplace(folder).sha(null)).hasMessageContaining("--sha SHA");
        assertThat(new Workplace(folder).sha(SHA).value()).isEqualTo(SHA);
        assertThatThrownBy(() -> new Workplace(folder).sha("main")).hasMessageContaining("40");
    }

    @Test
    void a_tracked_file_that_was_changed_is_found_and_what_was_built_beside_is_not() throws Exception {
        try (Git git = Git.init().setDirectory(folder.toFile()).call()) {
            Path tracked = Files.writeString(folder.resolve("app.py"), "one");
            git.add().addFilepattern("app.py").call();
            commit(git, "one");
            Path built = Files.writeString(folder.resolve("app.jar"), "built");
            assertThat(new Workplace(folder).uncommitted(List.of(tracked, built)))
                    .isEmpty();

            Files.writeString(tracked, "two!");

            assertThat(new Workplace(folder).uncommitted(List.of(tracked, built)))
                    .containsExactly(tracked);
        }
    }

    @Test
    void an_artifact_has_an_absolute_address_and_the_digest_of_its_content() throws Exception {
        Path file = Files.writeString(folder.resolve("my app.py"), "print()");

        Artifact artifact = ArtifactFile.of(file);

        assertThat(artifact.digest()).isEqualTo(Digest.of("print()"));
        assertThat(artifact.uri().toString()).startsWith("file:///").endsWith("/my%20app.py");
        assertThatThrownBy(() -> ArtifactFile.of(folder)).hasMessageContaining("is a folder");
        assertThatThrownBy(() -> ArtifactFile.of(folder.resolve("none"))).hasMessageContaining("build it first");
    }

    private static RevCommit commit(Git git, String message) throws Exception {
        return git.commit()
                .setAllowEmpty(true)
                .setSign(false)
                .setAuthor("Ada", "ada@example.test")
                .setCommitter("Ada", "ada@example.test")
                .setMessage(message)
                .call();
    }
}
