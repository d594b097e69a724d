package dev.slipway.platform.inbox;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A mail that was delivered.
 *
 * @param seq rises with every arrival, over all of the inbox
 * @param to everyone whom the envelope names
 * @param text the plain text if there is one, else what comes first
 * @param headers those that begin with X-Slipway-
 * @param repeats how many more copies came; like a real receiver, the inbox shows what has the same Message-ID once.
 *     Null if none did
 */
record Email(
        long seq,
        String from,
        List<String> to,
        @Nullable String subject,
        String text,
        @Nullable String messageId,
        @Nullable String inReplyTo,
        List<String> references,
        Map<String, String> headers,
        Instant at,
        @Nullable Integer repeats)
        implements Arrival {

    Email {
        to = List.copyOf(to);
        references = List.copyOf(references);
        headers = Map.copyOf(headers);
    }

    @Override
    public String key() {
        return messageId == null
                ? Long.toString(seq)
                : messageId + " " + to.stream().sorted().toList();
    }

    Email again() {
        int more = repeats == null ? 1 : repeats + 1;
        return new Email(seq, from, to, subject, text, messageId, inReplyTo, references, headers, at, more);
    }
}
