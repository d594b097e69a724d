package dev.slipway.contracts.release;

import dev.slipway.contracts.Texts;

/**
 * When something of a release that is no duty is to be done, by the timetable of its policy. A date that is missed passes and
 * fails nothing.
 *
 * @param of what: {@code approval:required} or {@code approval:ROLE}, {@code gate:ID}, {@code phase:staging},
 *     {@code phase:candidate} or {@code phase:production}, {@code document:NAME}, {@code action:merge}, {@code action:tag} or
 *     {@code action:notify}, {@code review:ID} of an announcement
 * @param by role of contacts who see to it
 * @param state where the release is in it, as in a line of its guide
 * @param why the state in one sentence for a person
 * @param timing when it is to be done, and how urgent that is
 */
public record DateView(String of, String by, GuideView.LineState state, String why, DutyView.Timing timing) {
    public DateView {
        Texts.requirePresent("of", of);
        Texts.requirePresent("by", by);
        Texts.requirePresent("state", state);
        Texts.requirePresent("why", why);
        Texts.requirePresent("timing", timing);
    }
}
