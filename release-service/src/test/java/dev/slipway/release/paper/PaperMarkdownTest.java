package dev.slipway.release.paper;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PaperMarkdownTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "- a     | \\- a",
                "+1      | \\+1",
                "1. a    | 1\\. a",
                "12) a   | 12\\) a",
                "1.2.0 a | 1\\.2.0 a",
                "a - b   | a - b",
                "# a     | \\# a",
                "== a    | \\== a"
            })
    void what_would_begin_a_list_or_a_heading_is_text(String text, String escaped) {
        assertThat(PaperMarkdown.escaped(text)).isEqualTo(escaped);
    }

    @Test
    void a_section_has_what_leads_to_its_items_and_what_follows_them() {
        Paper paper = new Paper(
                "A title",
                List.of("First.", "Second."),
                List.of(
                        new Paper.Section("One", List.of("Lead."), List.of(Paper.Item.of("mark", "text")), "", "Last."),
                        new Paper.Section("None", List.of(), "Nothing.")));

        assertThat(PaperMarkdown.of(paper)).isEqualTo("""
            # A title

            First.

            Second.

            ## One

            Lead.

            - **mark:** text

            Last.

            ## None

            Nothing.
            """);
        assertThat(PaperHtml.of(paper))
                .contains("<p>Lead.</p>\n<ul>\n<li><strong>mark:</strong> text</li>\n</ul>\n<p>Last.</p>");
    }
}
