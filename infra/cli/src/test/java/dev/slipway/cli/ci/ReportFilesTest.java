package dev.slipway.cli.ci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.cli.shell.CommandFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportFilesTest {
    @TempDir
    Path folder = Path.of("");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                d/**/TEST-*.xml        | d/TEST-bad.xml d/sub/TEST-good.xml d/sub/deep/TEST-c.xml
                **/TEST-*.xml          | TEST-top.xml d/TEST-bad.xml d/sub/TEST-good.xml d/sub/deep/TEST-c.xml
                d/**/sub/**/TEST-*.xml | d/sub/TEST-good.xml d/sub/deep/TEST-c.xml
                d/*/TEST-*.xml         | d/sub/TEST-good.xml
                d/TEST-???.xml         | d/TEST-bad.xml
                d/{sub,none}/*.xml     | d/sub/TEST-good.xml
                d/**                   | d/TEST-bad.xml d/notes.txt d/sub/TEST-good.xml d/sub/deep/TEST-c.xml
                d                      | d/TEST-bad.xml d/sub/TEST-good.xml d/sub/deep/TEST-c.xml
                """)
    void a_pattern_matches_as_in_a_shell_and_no_folder_is_a_folder_too(String pattern, String expected)
            throws Exception {
        for (String file : List.of(
                "TEST-top.xml", "d/TEST-bad.xml", "d/notes.txt", "d/sub/TEST-good.xml", "d/sub/deep/TEST-c.xml")) {
            write(file);
        }

        assertThat(seen(pattern)).containsExactly(expected.split(" "));
    }

    @Test
    void a_file_that_is_named_is_meant_whatever_it_is_called_and_one_that_is_found_is_not() throws Exception {
        write("reports [1].xml");
        write("d/a.xml");

        List<String> named = new ArrayList<>();
        ReportFiles.of(List.of("reports [1].xml", "d", "d/a.xml"), folder).each((name, isNamed, _) -> {
            if (isNamed) {
                named.add(name);
            }
        });

        assertThat(named).containsExactly("reports [1].xml", "d/a.xml");
    }

    @Test
    void each_file_is_sent_once_and_a_pattern_may_begin_anywhere() throws Exception {
        write("d/a.xml");
        write("d/b.xml");

        assertThat(ReportFiles.of(List.of("d", "d/a.xml", "d/*.xml"), folder).paths())
                .containsExactly(folder.resolve("d/a.xml"), folder.resolve("d/b.xml"));
        assertThat(ReportFiles.of(List.of(folder + "/d/?.xml"), Path.of("/")).paths())
                .hasSize(2);
    }

    @Test
    void links_are_followed_once() throws Exception {
        write("real/TEST-a.xml");
        Files.createDirectories(folder.resolve("d"));
        Files.createSymbolicLink(folder.resolve("d/link"), folder.resolve("real"));
        Files.createSymbolicLink(folder.resolve("real/back"), folder.resolve("real"));
        Files.createSymbolicLink(folder.resolve("top"), folder.resolve("real"));

        assertThat(seen("d/**/*.xml")).containsExactly("d/link/TEST-a.xml");
        assertThat(seen("top")).containsExactly("top/TEST-a.xml");
    }

    @Test
    void what_lies_too_deep_or_cannot_be_looked_into_is_said() throws Exception {
        write("d/" + "x/".repeat(40) + "TEST-a.xml");

        assertThatThrownBy(() -> seen("d"))
                .isInstanceOf(CommandFailed.class)
                .hasMessageContaining("it lies more than 32 folders deep");
        assertThatThrownBy(() -> seen("none.xml")).hasMessageContaining("there is no file");
        assertThatThrownBy(() -> seen("none/*.xml")).hasMessageContaining("no report was found");
        assertThatThrownBy(() -> seen("d/{a")).hasMessageContaining("is no pattern");
    }

    @Test
    void a_folder_stands_for_its_reports_whatever_the_case_of_their_endings_and_a_pattern_for_what_it_says()
            throws Exception {
        write("d/RESULT.XML");
        write("d/sub/Scan.Sarif");
        write("d/run.TRX");
        write("d/b.xml");

        assertThat(seen("d")).containsExactly("d/RESULT.XML", "d/b.xml", "d/run.TRX", "d/sub/Scan.Sarif");
        List<String> ofTests = new ArrayList<>();
        ReportFiles.of(List.of("d"), folder, "junit").each((name, _, _) -> ofTests.add(name));
        assertThat(ofTests).as("what is read of tests").containsExactly("d/RESULT.XML", "d/b.xml", "d/run.TRX");
        assertThat(seen("d/*.xml")).as("as in a shell").containsExactly("d/b.xml");
        assertThat(seen("d/RESULT.*")).containsExactly("d/RESULT.XML");
    }

    private void write(String file) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, "<testsuite/>");
    }

    private List<String> seen(String argument) throws Exception {
        List<String> names = new ArrayList<>();
        ReportFiles.of(List.of(argument), folder).each((name, _, _) -> names.add(name));
        return names;
    }
}
