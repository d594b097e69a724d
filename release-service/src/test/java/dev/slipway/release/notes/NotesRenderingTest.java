package dev.slipway.release.notes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.policy.SettingChange;
import dev.slipway.contracts.release.ChangeView;
import dev.slipway.contracts.release.ChangeView.Kind;
import dev.slipway.contracts.release.NotesView;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.contracts.validation.Baseline;
import dev.slipway.release.paper.PaperHtml;
import dev.slipway.release.paper.PaperMarkdown;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Notes as Markdown and as a page; what commits say is text in both. */
final class NotesRenderingTest {
    private static final String EVIL =
            "<script>alert('1')</script> ![x](http://e.test/p) [y](javascript:z) `a` *b* & \"c\"";

    private static ChangeView change(int number, Kind kind, @Nullable String scope, String subject) {
        return new ChangeView(Commits.sha(number), kind, "feat", scope, subject, false, null);
    }

    private static NotesView notes(String subject, @Nullable String unread, ReleasePhase state) {
        return new NotesView(
                new ReleaseId("hello@1.1.0"),
                "hello",
                "1.1.0",
                Commits.sha(9),
                "STANDARD",
                state,
                Instant.parse("2026-01-05T10:00:00Z"),
                new Baseline(new ReleaseId("hello@1.0.0"), "1.0.0", Commits.sha(1)),
                unread,
                false,
                List.of(),
                unread == null ? List.of(change(9, Kind.FEATURE, "greet", subject)) : List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(new SettingChange("env.GREETING", "hello", "<b>hi</b>")),
                List.of("It goes without gate unit-tests."),
                List.of("Back up existing data before the upgrade."),
                null,
                List.of(),
                null,
                List.of());
    }

    @Test
    void markdown_has_every_section_in_its_order_and_says_where_there_is_nothing() {
        assertThat(PaperMarkdown.of(NotesPaper.of(notes("by name", null, ReleasePhase.COMPLETED))))
                .isEqualTo("""
                    # hello 1.1.0

                    Release hello@1.1.0 of revision 0000000000, COMPLETED since 2026-01-05. Changes since hello@1.0.0.

                    ## Breaking Changes

                    None.

                    ## New Features

                    - **greet:** by name (0000000000)

                    ## Improvements

                    None.

                    ## Bug Fixes

                    None.

                    ## Other Changes

                    None.

                    ## Configuration

                    - env.GREETING: hello -\\> \\<b\\>hi\\</b\\>

                    ## Known Limitations

                    - It goes without gate unit-tests.

                    ## Upgrade Recommendations

                    - Back up existing data before the upgrade.
                    """);
    }

    @Test
    void a_page_is_whole_in_itself_and_nothing_in_it_runs_or_is_fetched() {
        String page = PaperHtml.of(NotesPaper.of(notes(EVIL, null, ReleasePhase.COMPLETED)));

        assertThat(page)
                .startsWith("<!doctype html>")
                .contains("<title>hello 1.1.0</title>", "<h2>New Features</h2>", "<strong>greet:</strong>")
                .contains("&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;", "&lt;b&gt;hi&lt;/b&gt;")
                .contains("default-src &#39;none&#39;")
                .doesNotContain("<script", "<img", "<a ", "<link", "href=", "src=", "@import", "url(");
    }

    @Test
    void what_commits_say_makes_no_link_image_or_html_in_markdown() {
        String text = PaperMarkdown.of(NotesPaper.of(notes(EVIL, null, ReleasePhase.COMPLETED)));

        assertThat(text)
                .contains(
                        "\\<script\\>alert('1')\\</script\\> \\!\\[x\\](http://e.test/p) \\[y\\](javascript:z) \\`a\\`"
                                + " \\*b\\* \\&");
    }

    @Test
    void lines_stay_lines_whatever_is_in_them() {
        assertThat(PaperMarkdown.of(NotesPaper.of(notes("a\n\n# b\u2028c", null, ReleasePhase.COMPLETED))))
                .contains("- **greet:** a \\# b c (");
    }

    @Test
    void what_is_not_known_is_said_and_not_taken_for_nothing() {
        String text = PaperMarkdown.of(NotesPaper.of(notes("", "Git is away.", ReleasePhase.STAGING)));

        assertThat(text)
                .contains("Git is away.", "It has not ended yet", "## New Features\n\nNot known, as said above.");
    }

    @Test
    void what_people_say_stands_above_the_facts_and_is_text() {
        NotesView facts = notes("by name", null, ReleasePhase.STAGING);
        NotesView said = new NotesView(
                facts.release(),
                facts.application(),
                facts.version(),
                facts.sha(),
                facts.kind(),
                facts.state(),
                facts.at(),
                facts.since(),
                null,
                false,
                facts.breaking(),
                facts.features(),
                facts.improvements(),
                facts.fixes(),
                facts.others(),
                facts.configuration(),
                facts.knownLimitations(),
                facts.upgrade(),
                new NotesView.Prose(
                        "It greets\nby name.\n\n- for users\n- # for <all>\n\nThanks!",
                        "ada@example.test",
                        Instant.parse("2026-01-05T11:00:00Z"),
                        "for users",
                        "sha256:00"),
                facts.measured(),
                facts.disruption(),
                facts.guide());

        String markdown = PaperMarkdown.of(NotesPaper.of(said));

        assertThat(markdown)
                .contains("""
                    ## In Words

                    It greets by name.

                    • for users

                    • \\# for \\<all\\>

                    Thanks\\!

                    Said by ada@example.test on 2026-01-05; all that follows is read from what happened.

                    ## Breaking Changes
                    """)
                .endsWith(PaperMarkdown.of(NotesPaper.of(facts)).replaceFirst("(?s).*?## Breaking", "## Breaking"));
        assertThat(PaperHtml.of(NotesPaper.of(said)))
                .contains("<h2>In Words</h2>", "<p>It greets by name.</p>", "<p>• # for &lt;all&gt;</p>");
    }
}
