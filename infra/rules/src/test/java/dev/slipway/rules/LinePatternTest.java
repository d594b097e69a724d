package dev.slipway.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.slipway.rules.LinePattern.Found;
import org.junit.jupiter.api.Test;

final class LinePatternTest {
    @Test
    void what_the_group_holds_is_found_with_its_line() {
        LinePattern pattern = LinePattern.of("^release = '(.+)'$");

        assertThat(pattern.in("a\nrelease = '1.4.0'\n# release = '1'\nrelease = '1.5.0'\n", 10))
                .containsExactly(new Found(2, "1.4.0"), new Found(4, "1.5.0"));
        assertThat(pattern.in("release = '1'\nrelease = '2'\n", 1)).containsExactly(new Found(1, "1"));
        assertThat(LinePattern.of("[0-9.]+").in("v1.4.0", 10)).containsExactly(new Found(1, "1.4.0"));
    }

    @Test
    void what_cannot_be_linear_or_is_ambiguous_is_refused_in_words() {
        assertThat(LinePattern.fault("(?=x)"))
                .hasValueSatisfying(why -> assertThat(why).contains("RE2", "look-around"));
        assertThat(LinePattern.fault("(a)(b)"))
                .hasValueSatisfying(why -> assertThat(why).contains("2 groups"));
        assertThat(LinePattern.fault("(?:a)(b)")).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> LinePattern.of("(a"));
    }

    @Test
    void of_a_whole_text_the_ends_are_those_of_the_text() {
        assertThat(LinePattern.ofText("^(a)(b)$").isIn("ab")).isTrue();
        assertThat(LinePattern.ofText("^ab$").isIn("ab\nc")).isFalse();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LinePattern.ofText("(?!x)"))
                .withMessageContaining("RE2");
    }

    @Test
    void a_text_made_to_hold_up_others_does_not() {
        assertThat(LinePattern.of("^(?:a+)+$").isIn("a".repeat(50_000) + "!")).isFalse();
    }
}
