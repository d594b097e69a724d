package dev.slipway.notification;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** Bounds of conversations and of the API, {@code slipway.notification.*}; see application.yml for units and values. */
@ConfigurationProperties("slipway.notification")
public record NotificationSettings(
        Duration retryPauseFirst,
        Duration retryPauseMax,
        Duration retryPauseUnsure,
        Duration giveUpAfter,
        Duration escalateAfter,
        Duration gatherFor,
        Duration keepGivenUpFor,
        int deliveriesPerConversationMax,
        int conversationsPerPage,
        int conversationsLookedAtMax,
        int deliveriesPerAnswerMax,
        int reasonCharactersMax) {
    public NotificationSettings {
        if (conversationsPerPage < 1
                || conversationsLookedAtMax < conversationsPerPage
                || deliveriesPerAnswerMax < 1
                || reasonCharactersMax < 1) {
            throw new IllegalArgumentException("slipway.notification: bounds start at 1,"
                    + " conversations-looked-at-max at conversations-per-page");
        }
    }
}
