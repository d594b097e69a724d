package dev.slipway.messaging;

/**
 * A business "no" to whoever submitted an input: a value, not an exception.
 *
 * @param code stable, kebab-case, for example {@code another-triple}
 * @param detail what was wrong, the limit or legal values, and what to do next
 */
public record Refusal(String code, String detail) {}
