package dev.slipway.cli.ci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.cli.shell.CommandFailed;
import dev.slipway.contracts.Artifact;
import dev.slipway.contracts.Digest;
import dev.slipway.testkit.git.TestRepository;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
        TestRepository git = TestRepository.in(folder);
        assertThatThrownBy(() -> new Workplace(folder).sha(null)).hasMessageContaining("commit first");
        String first = git.commitAll("one");
        git.git("tag", "-a", "-m", "one", "v1");
        String second = git.commitAll("two");

        assertThat(new Workplace(folder).sha(null).value()).isEqualTo(second);
        assertThat(new Workplace(folder).sha("v1").value()).isEqualTo(first);
        assertThat(new Workplace(folder).sha(first.substring(0, 10)).value()).isEqualTo(first);
        assertThat(new Workplace(folder).sha(SHA).value()).isEqualTo(SHA);
        for (String none : List.of("nowhere", "--all", "HEAD:file")) {
            assertThatThrownBy(() -> new Workplace(folder).sha(none))
                    .isInstanceOf(CommandFailed.class)
                    .hasMessageContaining(none + " is no commit");
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
        TestRepository git = TestRepository.in(folder);
        Path tracked = Files.writeString(folder.resolve("app [1].py"), "one");
        git.commitAll("one");
        Path built = Files.writeString(folder.resolve("app.jar"), "built");
        assertThat(new Workplace(folder).uncommitted(List.of(tracked, built))).isEmpty();

        Files.writeString(tracked, "two!");

        assertThat(new Workplace(folder).uncommitted(List.of(tracked, built))).containsExactly(tracked);
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
}
