package dev.slipway.cli.ci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.cli.shell.CommandFailed;
import dev.slipway.contracts.Digest;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArtifactFileTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    void a_file_is_called_by_the_name_before_it_or_else_by_its_own() throws Exception {
        Path file = Files.writeString(folder.resolve("app-1.0.jar"), "an artifact");

        assertThat(ArtifactFile.named(file.toString()).called()).isEqualTo("app-1.0.jar");
        assertThat(ArtifactFile.named("app=" + file).called()).isEqualTo("app");
        assertThat(ArtifactFile.named("app=" + file).digest()).isEqualTo(Digest.of("an artifact"));
        assertThat(ArtifactFile.path("app=" + file)).isEqualTo(file);
    }

    @Test
    void a_file_that_has_an_equals_sign_in_its_name_is_a_file() throws Exception {
        Path odd = Files.writeString(folder.resolve("a=b"), "odd");

        assertThat(ArtifactFile.named(odd.toString()).name()).isNull();
        assertThat(ArtifactFile.path(odd.toString())).isEqualTo(odd);
    }

    @Test
    void a_folder_and_a_missing_file_are_refused_with_the_remedy() {
        assertThatThrownBy(() -> ArtifactFile.named(folder.toString()))
                .isInstanceOf(CommandFailed.class)
                .hasMessageContaining("tar czf");
        assertThatThrownBy(() -> ArtifactFile.named("app=" + folder.resolve("none")))
                .isInstanceOf(CommandFailed.class)
                .hasMessageContaining("build it first");
    }
}
