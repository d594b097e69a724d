package dev.slipway.contracts.release;

import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.Texts;

/**
 * An announcement that is sent to nobody before somebody has said yes to its text, which nobody of its role has done yet.
 *
 * @param release of which it tells
 * @param announcement as the policy calls it
 * @param by the role whose yes it needs
 * @param ended whether the release has ended, so that nothing but this holds it back; before that the text may become another
 * @param command what a person of the role types, once they have read it
 */
public record AwaitedReview(ReleaseId release, String announcement, String by, boolean ended, String command) {
    public AwaitedReview {
        Texts.requirePresent("release", release);
        Texts.requirePresent("announcement", announcement);
        Texts.requirePresent("by", by);
        Texts.requirePresent("command", command);
    }

    /** With the command that says yes. */
    public static AwaitedReview of(ReleaseId release, String announcement, String by, boolean ended) {
        return new AwaitedReview(release, announcement, by, ended, "./" + command(release, announcement));
    }

    /** What a person of the role types, once they have read the text; where {@code slipway} lies is not in it. */
    public static String command(ReleaseId release, String announcement) {
        return "slipway release announcements %s --approve %s --as EMAIL".formatted(release, announcement);
    }
}
