package dev.slipway.contracts.release;

import dev.slipway.contracts.Digest;
import dev.slipway.contracts.Texts;
import dev.slipway.contracts.notification.Channel;
import java.util.List;

/**
 * An announcement of a release that has ended, to be sent exactly as it stands here.
 *
 * @param id as the policy calls it
 * @param to addresses, or Slack channels
 * @param subject one line; shown where the channel has one
 * @param text plain text, several lines
 * @param digest of subject and text, by {@link #digest(String, String)}
 */
public record Announced(String id, Channel channel, List<String> to, String subject, String text, Digest digest) {
    public Announced {
        Texts.requirePresent("id", id);
        Texts.requirePresent("channel", channel);
        Texts.requirePresent("subject", subject);
        Texts.requirePresent("text", text);
        Texts.requirePresent("digest", digest);
        to = List.copyOf(to);
    }

    public Announced(String id, Channel channel, List<String> to, String subject, String text) {
        this(id, channel, to, subject, text, digest(subject, text));
    }

    /** What says of a text that it is this one: SHA-256 over the subject, a line feed and the text, in UTF-8. */
    public static Digest digest(String subject, String text) {
        return Digest.of(subject + "\n" + text);
    }
}
