package dev.slipway.release.api;

import dev.slipway.contracts.Digest;
import dev.slipway.contracts.Texts;
import dev.slipway.web.Caller;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The natural key of a request: caller, action and Idempotency-Key. */
final class RequestKey {
    static final int CHARACTERS_MAX = 200;

    /** What a header can hold and keep: HTTP cuts spaces at both ends. */
    static final Pattern LEGAL = Pattern.compile("[!-~](?:[ -~]*[!-~])?");

    private static final int DIGITS = 32;

    private RequestKey() {}

    /** 32 hexadecimal digits; null without an Idempotency-Key. */
    static @Nullable String of(Caller caller, String action, @Nullable String idempotencyKey) {
        if (idempotencyKey == null) {
            return null;
        }
        Texts.requireLength("Idempotency-Key", idempotencyKey, 1, CHARACTERS_MAX);
        if (!LEGAL.matcher(idempotencyKey).matches()) {
            throw new IllegalArgumentException(
                    "Idempotency-Key must hold printable ASCII characters, and neither begin nor end with a space");
        }
        String text = caller.identity() + "\n" + action + "\n" + idempotencyKey;
        return Digest.of(text).hex().substring(0, DIGITS);
    }
}
