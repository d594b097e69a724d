package dev.slipway.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TextsTest {
    @ParameterizedTest
    @CsvSource({
        "PT0S, 0 s",
        "PT0.0005S, less than 1 ms",
        "PT0.25S, 250 ms",
        "PT1S, 1 s",
        "PT59.9S, 59 s",
        "PT60S, 1 min",
        "PT90S, 90 s",
        "PT2M30S, 2 min 30 s",
        "PT1H, 1 h",
        "PT1H30M, 90 min",
        "PT2H30M, 2 h 30 min",
        "PT72H, 72 h",
        "PT96H, 4 d",
        "PT100H, 4 d 4 h",
        "PT-5S, -5 s"
    })
    void a_duration_is_said_in_words(Duration duration, String words) {
        assertThat(Texts.words(duration)).isEqualTo(words);
    }

    @Test
    void characters_are_counted_as_unicode_counts_them() {
        String rockets = "\ud83d\ude80".repeat(10);

        assertThat(Texts.requireLength("reason", rockets, 1, 10)).isEqualTo(rockets);
        assertThatThrownBy(() -> Texts.requireLength("reason", rockets + "!", 1, 10))
                .hasMessageContaining("has 11");
    }

    @Test
    void what_a_terminal_acts_on_is_replaced_and_nothing_else() {
        for (char each = 0; each < 0x2100; each++) {
            boolean actedOn = Character.isISOControl(each)
                    || each == '\u2028'
                    || each == '\u2029'
                    || (each >= '\u202a' && each <= '\u202e')
                    || (each >= '\u2066' && each <= '\u2069');
            String text = "a" + each + "b";

            assertThat(Texts.visible(text, '?')).isEqualTo(actedOn ? "a?b" : text);
            assertThat(Texts.hasControl(text)).isEqualTo(Character.isISOControl(each));
        }
    }

    @Test
    void what_can_be_seen_says_something() {
        assertThat(Texts.says("because")).isTrue();
        assertThat(Texts.says("\t.")).isTrue();
        assertThat(Texts.says("\ud83d\ude80")).isTrue();
        for (String nothing : new String[] {"", " \t\r\n", "\u0000\u001f\u0085", "\u00a0\u2003\u3000\ufeff"}) {
            assertThat(Texts.says(nothing)).isFalse();
        }
        assertThat(Texts.says(null)).isFalse();
        assertThat("a b").matches(Texts.SAID_LINE);
        assertThat("a\nb").doesNotMatch(Texts.SAID_LINE);
    }

    @Test
    void one_is_not_many() {
        assertThat(Texts.counted(1, "approval", "approvals")).isEqualTo("1 approval");
        assertThat(Texts.counted(0, "approval", "approvals")).isEqualTo("0 approvals");
    }

    @Test
    void a_persons_text_is_one_line_and_cut_where_it_is_too_long() {
        assertThat(Texts.oneLine("orders\r\nare\tlost ", 500)).isEqualTo("orders are lost");
        assertThat(Texts.oneLine("or\u009bders\u0085are\u2028lost", 500)).isEqualTo("or ders are lost");
        assertThat(Texts.oneLine("x".repeat(500), 500)).isEqualTo("x".repeat(500));

        String cut = Texts.oneLine("x".repeat(501), 500);

        assertThat(cut).hasSize(500).startsWith("xxx").endsWith("... (cut, it had 501 characters)");
        assertThat(Texts.oneLine("😀".repeat(300), 500)).doesNotContain("?").hasSizeLessThanOrEqualTo(500);
    }

    @Test
    void a_text_that_is_cut_at_a_blank_is_cut_all_the_same() {
        String text = "three words more ".repeat(40);

        for (int max = 1; max < text.length(); max++) {
            assertThat(Texts.oneLine(text, max)).hasSizeLessThanOrEqualTo(max);
        }
    }

    @Test
    void a_text_becomes_a_sentence_once() {
        assertThat(Texts.sentence("guardrail on p95 ")).isEqualTo("guardrail on p95.");
        assertThat(Texts.sentence("It is worse.")).isEqualTo("It is worse.");
        assertThat(Texts.sentence("Why?")).isEqualTo("Why?");
        assertThat(Texts.sentence(" ")).isEmpty();
    }

    @Test
    void what_a_terminal_acts_on_is_not_shown() {
        String acted = "\u0000\u0007\u001b\u007f\u0080\u0085\u009b\u009f\u2028\u2029\u202a\u202e\u2066\u2069";

        assertThat(Texts.visible("a" + acted + "\r\n\tb", '?')).isEqualTo("a" + "?".repeat(acted.length() + 3) + "b");
        assertThat(Texts.visibleLines("a" + acted + "\n\tb", '$'))
                .isEqualTo("a" + "$".repeat(acted.length()) + "\n\tb");
        assertThat(Texts.shown("x\u009b2Jy\u202ez")).isEqualTo("\"x?2Jy?z\"");
        assertThat(Texts.brief("x\u009b2Jy\u2028z", 10)).isEqualTo("x 2Jy z");
    }

    @Test
    void a_return_that_ends_no_line_would_paint_over_it() {
        assertThat(Texts.visibleLines("one\r\ntwo\rthree", '?')).isEqualTo("one\r\ntwo?three");
    }

    @Test
    void what_is_merely_not_ascii_stays() {
        String plain = "\u00a0Zo\u00eb \u4eca\u65e5 \ud83d\ude80 \u200d";

        assertThat(Texts.visible(plain, '?')).isEqualTo(plain);
        assertThat(Texts.visibleLines(plain, '?')).isEqualTo(plain);
    }
}
