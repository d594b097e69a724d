package dev.slipway.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {
    @TempDir
    Path runs;

    @Test
    void a_path_that_leads_out_of_the_folder_is_refused() throws IOException {
        RunFolder folder = RunFolder.fresh(runs, "a", 5);

        assertThatThrownBy(() -> folder.write(Map.of("../b/C.java", "")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("../b/C.java");
    }

    @Test
    void a_run_of_the_same_commit_starts_from_nothing() throws IOException {
        RunFolder.fresh(runs, "a", 5).write(Map.of("src/main/java/Old.java", "class Old {}"));

        RunFolder again = RunFolder.fresh(runs, "a", 5);

        assertThat(again.root()).isEmptyDirectory();
    }

    @Test
    void the_oldest_folders_go_past_the_number_to_keep() throws IOException {
        for (int i = 0; i < 4; i++) {
            Path old = RunFolder.fresh(runs, "run" + i, 5).root();
            assertThat(old.toFile().setLastModified(1_000_000L * (i + 1))).isTrue();
        }

        RunFolder.fresh(runs, "new", 2);

        try (var left = Files.list(runs)) {
            assertThat(left.map(path -> path.getFileName().toString())).containsExactlyInAnyOrder("new", "run3");
        }
    }
}
