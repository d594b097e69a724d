package dev.slipway.guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.testkit.ProcessorTime;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GuideFileTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    void a_file_that_is_missing_or_a_folder_is_named() {
        assertThatThrownBy(() -> GuideFile.read(folder.resolve("none.md"))).hasMessageContaining("there is no file");
        assertThatThrownBy(() -> GuideFile.read(folder)).hasMessageContaining("is no file");
    }

    @Test
    void bytes_that_are_no_text_are_refused() throws IOException {
        assertThatThrownBy(() -> GuideFile.read(file("a.md", new byte[] {(byte) 0xff, (byte) 0xfe, 1})))
                .hasMessageContaining("no text in UTF-8");
        assertThatThrownBy(() -> GuideFile.read(file("b.md", new byte[] {'a', 0, 'b'})))
                .hasMessageContaining("no text in UTF-8");
    }

    @Test
    void a_file_is_read_up_to_its_bounds_and_no_further() throws IOException {
        String most = "- [ ] Push the tag\n".repeat(GuideFile.LINES_MAX);
        assertThat(GuideFile.read(file("most.md", most.getBytes(StandardCharsets.UTF_8)))
                        .lines())
                .hasSize(GuideFile.LINES_MAX);

        assertThatThrownBy(() -> GuideFile.read(file("long.md", (most + "x").getBytes(StandardCharsets.UTF_8))))
                .hasMessageContaining("5,001 lines")
                .hasMessageContaining("at most 5,000");
        assertThatThrownBy(() -> GuideFile.read(file("big.md", new byte[GuideFile.BYTES_MAX + 1])))
                .hasMessageContaining("more than 1,000,000 bytes");
    }

    @Test
    void yaml_that_is_no_issue_form_says_what_it_needs() {
        assertThatThrownBy(() -> GuideFile.parse("a.yml", "name: x")).hasMessageContaining("a list named body");
        assertThatThrownBy(() -> GuideFile.parse("a.yaml", "a: [")).hasMessageContaining("no YAML");
    }

    @Test
    void an_empty_guide_has_no_lines() {
        assertThat(GuideFile.parse("a.md", "").lines()).isEmpty();
        assertThat(Proposing.of(GuideFile.parse("a.md", "\n\n"))).isEmpty();
    }

    @Test
    void the_largest_guide_is_proposed_for_in_seconds() throws Exception {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < GuideFile.LINES_MAX / 2; i++) {
            text.append("## Section ")
                    .append(i)
                    .append("\n- [ ] Verify that run ")
                    .append(i)
                    .append(" is green\n");
        }

        Duration took = ProcessorTime.of(() -> assertThat(Proposing.of(GuideFile.parse("a.md", text.toString())))
                .hasSize(GuideFile.LINES_MAX));

        assertThat(took).isLessThan(Duration.ofSeconds(30));
    }

    private Path file(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }
}
