package dev.slipway.contracts.release;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.Texts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The draft of an announcement ({@code GET /api/v1/releases/{id}/announcement}), of the facts of the release's notes. Slipway
 * sends it to nobody.
 *
 * @param state where the release is
 * @param verdict whether the release has ended, so that what is announced has happened
 * @param subject one line; null for a channel that has none
 * @param text in plain words for a mail or a chat, in Markdown for a release's page
 * @param before what to see to before it is sent, a sentence each; empty where nothing is known to be in the way
 */
public record AnnouncementView(
        ReleaseId release,
        Channel channel,
        ReleasePhase state,
        boolean verdict,
        @Nullable String subject,
        String text,
        List<String> before) {
    public AnnouncementView {
        Texts.requirePresent("release", release);
        Texts.requirePresent("channel", channel);
        Texts.requirePresent("state", state);
        Texts.requirePresent("text", text);
        before = List.copyOf(before);
    }

    /** For where it is written. */
    public enum Channel {
        /** A subject and plain text. */
        MAIL,
        /** A few lines of plain text. */
        CHAT,
        /** Markdown, for the page of a release. */
        TEXT,
        @JsonEnumDefaultValue
        UNKNOWN
    }
}
