package dev.slipway.cli.ci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.cli.shell.CommandFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportFilesTest {
    @TempDir
    Path folder = Path.of("");

    @BeforeEach
    void reports() throws IOException {
        for (String name :
                List.of("a/target/reports/TEST-b.xml", "a/target/reports/TEST-a.xml", "c/TEST-c.xml", "c/notes.txt")) {
            Files.createDirectories(folder.resolve(name).resolveSibling("."));
            Files.writeString(folder.resolve(name), name);
        }
    }

    @Test
    void a_folder_stands_for_the_xml_files_in_it_and_each_file_is_sent_once() {
        assertThat(ReportFiles.of(List.of("a", "a/target/reports/TEST-a.xml", "c"), folder))
                .extracting(file -> folder.relativize(file).toString())
                .containsExactly("a/target/reports/TEST-a.xml", "a/target/reports/TEST-b.xml", "c/TEST-c.xml");
    }

    @Test
    void a_pattern_is_spelled_out_from_where_it_is_run_or_from_its_own_beginning() {
        assertThat(ReportFiles.of(List.of("**/TEST-*.xml"), folder)).hasSize(3);
        assertThat(ReportFiles.of(List.of(folder + "/a/target/*/TEST-?.xml"), Path.of("/")))
                .hasSize(2);
        assertThat(ReportFiles.of(List.of("c/*.txt"), folder)).hasSize(1);
    }

    @Test
    void nothing_found_is_told_with_a_remedy() {
        for (String nothing : List.of("none.xml", "c/*.html", "a/**/x.xml", "none/*.xml")) {
            assertThatThrownBy(() -> ReportFiles.of(List.of(nothing), folder))
                    .isInstanceOf(CommandFailed.class)
                    .hasMessageContaining("path");
        }
    }
}
