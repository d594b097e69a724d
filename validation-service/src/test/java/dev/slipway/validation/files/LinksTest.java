package dev.slipway.validation.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.policy.FilesRule;
import dev.slipway.contracts.policy.Gate.Threshold;
import dev.slipway.contracts.validation.GateVerdict.Verdict;
import dev.slipway.validation.files.FilesRecord.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Links of Markdown lead to what the revision holds. */
final class LinksTest {
    private static final FilesRule RULE = FilesRule.ofLinks(List.of("**/*.md"));

    @Test
    void links_to_files_folders_and_headings_that_are_there_pass_and_those_to_elsewhere_are_counted() {
        Judged judged = Revisions.with(
                        "README.md",
                        "# Hello, World!",
                        "[a](docs/guide.md#the-2nd-way) [b](docs) [c](#hello-world) ![d](/logo.png) [e](docs/guide.md?raw=1)",
                        "[f](https://example.test/x) <mailto:a@example.test> [g](../../issues) [h][ref] [i](docs/gr%C3%BC%C3%9Fe.txt)",
                        "",
                        "[ref]: docs/guide.md#the-way-1")
                .and(
                        "docs/guide.md",
                        "# The way",
                        "## The *way*",
                        "## The `2nd` way",
                        "<a name=\"old\"></a>",
                        "",
                        "[x](#old)")
                .and("logo.png", Kind.FILE)
                .and("docs/gr\u00fc\u00dfe.txt", Kind.FILE)
                .judged(RULE);

        assertThat(judged.cause())
                .isEqualTo("8 links lead somewhere within the repository; 3 to elsewhere, not followed");
        assertThat(judged.verdict()).isEqualTo(Verdict.PASSED);
        assertThat(judged.observed()).isEqualTo("links.files 2, links.checked 8, links.broken 0, links.outside 3");
    }

    @Test
    void a_link_to_nothing_is_told_with_file_and_line() {
        Judged judged = Revisions.with(
                        "README.md", "text", "[a](docs/gone.md)", "", "| a |", "|---|", "| [b](docs/x.md#no) |")
                .and("docs/x.md", "# Yes", "[c](x.md#yes)")
                .judged(RULE);

        assertThat(judged.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(Revisions.places(judged, "README.md"))
                .containsExactly("line 2: docs/gone.md is not in the revision", "line 6: docs/x.md has no heading #no");
        assertThat(judged.cause()).startsWith("README.md:2 docs/gone.md is not in the revision; README.md:6");
    }

    @Test
    void what_stands_in_code_is_no_link_and_a_heading_of_a_file_that_is_not_looked_at_is_not_asked_for() {
        Judged judged = Revisions.with("README.md", "`[a](gone.md)`", "", "    [b](gone.md)", "", "[c](src/x.py#L10)")
                .and("src/x.py", Kind.FILE)
                .judged(RULE);

        assertThat(judged.verdict()).isEqualTo(Verdict.PASSED);
        assertThat(judged.facts().values().get("links.checked")).isEqualByComparingTo("1");
    }

    @Test
    void no_file_at_all_is_inconclusive_and_a_threshold_may_ask_for_more() {
        assertThat(Revisions.with("x.txt", "").judged(RULE).verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(Revisions.with("a.md", "[a](https://example.test)")
                        .judged(RULE, new Threshold("links.outside", "0"))
                        .verdict())
                .isEqualTo(Verdict.FAILED);
    }

    @Test
    void a_text_made_to_exhaust_the_reader_is_inconclusive_or_read() {
        Judged quotes = Revisions.with("a.md", ">".repeat(100_000) + " [a](b)").judged(RULE);
        Judged stars = Revisions.with("a.md", "*a **b ".repeat(5_000)).judged(RULE);

        assertThat(quotes.verdict()).isNotNull();
        assertThat(stars.verdict()).isEqualTo(Verdict.PASSED);
    }
}
