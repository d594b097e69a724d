package dev.slipway.release.notes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages as the examples of Conventional Commits 1.0.0 have them, and as people write them. */
final class ConventionalTest {
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "feat: send an email,            feat,     -,   send an email,  false",
                "feat!: send an email,           feat,     -,   send an email,  true",
                "feat(api)!: send an email,      feat,     api, send an email,  true",
                "Fix(parser): accept blanks,     fix,      parser, accept blanks, false",
                "build-2: x,                     build-2,  -,   x,              false",
                "fix:  two blanks,               fix,      -,   two blanks,     false"
            })
    void a_conventional_header_has_a_type_a_scope_and_a_subject(
            String message, String type, String scope, String subject, boolean breaking) {
        assertThat(Conventional.of(message)).isEqualTo(new Conventional(type, scope, subject, breaking, null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Add a page",
                "feat:no blank",
                "feat : a blank before",
                "feat(): an empty scope",
                "two words: and a colon",
                "Merge branch 'topic'",
                "feat:",
                "!: nothing"
            })
    void anything_else_is_no_conventional_message_and_its_first_line_is_the_subject(String message) {
        Conventional read = Conventional.of(message);

        assertThat(read.type()).isNull();
        assertThat(read.subject()).isEqualTo(message);
        assertThat(read.breaking()).isFalse();
    }

    @Test
    void a_footer_that_breaks_is_read_with_the_lines_that_go_on_with_it() {
        Conventional read = Conventional.of("""
                chore: drop support for Node 6

                Why that is.

                BREAKING CHANGE: use JavaScript features
                not available in Node 6.
                Reviewed-by: Z
                Refs: #123
                """);

        assertThat(read.type()).isEqualTo("chore");
        assertThat(read.breaking()).isTrue();
        assertThat(read.note()).isEqualTo("use JavaScript features not available in Node 6.");
    }

    @Test
    void the_footer_is_upper_case_with_a_blank_or_a_hyphen_and_ends_where_a_number_sign_begins_another() {
        assertThat(Conventional.of("fix: a\n\nBREAKING-CHANGE: b\nFixes #12").note())
                .isEqualTo("b");
        assertThat(Conventional.of("fix: a\n\nbreaking change: b").breaking()).isFalse();
        assertThat(Conventional.of("fix: a\n\nthis is no BREAKING CHANGE: at all")
                        .breaking())
                .isFalse();
    }

    @Test
    void what_breaks_breaks_whatever_its_first_line_is() {
        Conventional read = Conventional.of("Move the address\n\nBREAKING CHANGE: it is /v2 now");

        assertThat(read.type()).isNull();
        assertThat(read.breaking()).isTrue();
        assertThat(read.note()).isEqualTo("it is /v2 now");
    }

    @Test
    void subjects_are_one_bounded_line_without_control_and_format_characters() {
        assertThat(Conventional.of("feat: a\u0007b\u202ec\td").subject()).isEqualTo("a bc d");
        assertThat(Conventional.of("feat: " + "x".repeat(5_000)).subject()).hasSizeLessThanOrEqualTo(300);
        assertThat(Conventional.of("  \n").subject()).isEqualTo("(no message)");
    }

    @Test
    void lines_may_end_as_on_windows() {
        assertThat(Conventional.of("feat: a\r\n\r\nBREAKING CHANGE: b\r\n"))
                .isEqualTo(new Conventional("feat", null, "a", true, "b"));
    }
}
