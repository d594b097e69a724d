package dev.slipway.release.api;

import dev.slipway.contracts.Digest;
import dev.slipway.contracts.Texts;
import dev.slipway.web.Caller;
import org.jspecify.annotations.Nullable;

/** The natural key of a request: caller, action and Idempotency-Key. */
final class RequestKey {
    private static final int CHARACTERS_MAX = 200;
    private static final int DIGITS = 32;

    private RequestKey() {}

    /** 32 hexadecimal digits; null without an Idempotency-Key. */
    static @Nullable String of(Caller caller, String action, @Nullable String idempotencyKey) {
        if (idempotencyKey == null) {
            return null;
        }
        Texts.requireLength("Idempotency-Key", idempotencyKey, 1, CHARACTERS_MAX);
        String text = caller.identity() + "\n" + action + "\n" + idempotencyKey;
        return Digest.of(text).hex().substring(0, DIGITS);
    }
}
