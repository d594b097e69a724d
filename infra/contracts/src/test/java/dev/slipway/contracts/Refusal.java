package dev.slipway.contracts;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Something that must be refused, and what the message must name: the value and the limit. */
public record Refusal(ThrowingCallable attempt, String value, String limit) {
    public static Refusal refusal(ThrowingCallable attempt, String value, String limit) {
        return new Refusal(attempt, value, limit);
    }

    public void check() {
        assertThatThrownBy(attempt)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(value)
                .hasMessageContaining(limit);
    }

    @Override
    public String toString() {
        return value + " beside the limit " + limit;
    }
}
