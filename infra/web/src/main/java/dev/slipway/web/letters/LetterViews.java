package dev.slipway.web.letters;

import dev.slipway.contracts.letters.DeadLetterView;
import dev.slipway.messaging.DeadLetters;
import dev.slipway.messaging.Letter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/** Dead letters as the API shows them: without what looks like a secret, and within a bound. */
final class LetterViews {
    private static final int BODY_BYTES_SHOWN = 64 << 10;

    private LetterViews() {}

    static DeadLetterView of(String service, Letter letter) {
        return new DeadLetterView(
                letter.id(),
                service,
                letter.topic(),
                letter.key(),
                letter.headers().getOrDefault("ce_type", ""),
                letter.headers().getOrDefault("ce_correlationid", ""),
                letter.reason(),
                letter.at(),
                letter.tries(),
                switch (letter.state()) {
                    case WAITING -> DeadLetterView.State.WAITING;
                    case REPLAYED -> DeadLetterView.State.REPLAYED;
                    case DISCARDED -> DeadLetterView.State.DISCARDED;
                },
                letter.by(),
                letter.why(),
                letter.settledAt());
    }

    static DeadLetterView.Whole whole(String service, Letter letter) {
        Map<String, String> headers = new TreeMap<>();
        letter.headers().forEach((name, value) -> headers.put(name, DeadLetters.shown(value)));
        byte[] shown = Arrays.copyOf(letter.body(), Math.min(letter.body().length, BODY_BYTES_SHOWN));
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(shown))
                    .toString();
            return new DeadLetterView.Whole(
                    of(service, letter), headers, letter.body().length, DeadLetters.shown(text), "text");
        } catch (CharacterCodingException noText) {
            String base64 = Base64.getEncoder().encodeToString(shown);
            return new DeadLetterView.Whole(of(service, letter), headers, letter.body().length, base64, "base64");
        }
    }
}
