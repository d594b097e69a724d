package dev.slipway.contracts.ci;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.contracts.ApplicationName;
import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.Texts;
import dev.slipway.contracts.release.RetroView;
import org.jspecify.annotations.Nullable;

/**
 * The customData of a {@code ticket.created} by which a support tool says what users say of a release.
 *
 * @param release of this application; one of another is refused
 * @param from who says it: a channel or a role rather than a person, 1 to 100 characters
 * @param text one line of 1 to 1,000 characters
 * @param link where there is more, at most 500 characters; absent where there is none
 */
public record FeedbackGiven(
        ApplicationName application,
        ReleaseId release,
        String from,
        String text,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String link) {
    public FeedbackGiven {
        Texts.requirePresent("application", application);
        Texts.requirePresent("release", release);
        Texts.requireLength("from", from, 1, RetroView.FROM_CHARACTERS_MAX);
        Texts.requireLength("text", text, 1, RetroView.FEEDBACK_CHARACTERS_MAX);
        if (link != null) {
            Texts.requireLength("link", link, 1, RetroView.LINK_CHARACTERS_MAX);
        }
        if (!release.application().equals(application)) {
            throw new IllegalArgumentException("release %s is none of %s".formatted(release, application));
        }
    }
}
