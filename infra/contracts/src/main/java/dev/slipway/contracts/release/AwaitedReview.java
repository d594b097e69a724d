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
}
