package dev.slipway.notification;

import dev.slipway.contracts.notification.Channel;
import dev.slipway.notification.conversation.Party;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Bounds of conversations and of the API, {@code slipway.notification.*}; see application.yml for units and values.
 *
 * @param operators who is told of what concerns no release: that a service has dead letters
 */
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
        int reasonCharactersMax,
        @DefaultValue Operators operators) {
    public NotificationSettings {
        if (conversationsPerPage < 1
                || conversationsLookedAtMax < conversationsPerPage
                || deliveriesPerAnswerMax < 1
                || reasonCharactersMax < 1) {
            throw new IllegalArgumentException("slipway.notification: bounds start at 1,"
                    + " conversations-looked-at-max at conversations-per-page");
        }
    }

    /**
     * Who looks after this installation.
     *
     * @param mail addresses, 0 to 20
     * @param slack channels, 0 to 20
     */
    public record Operators(
            @DefaultValue List<String> mail, @DefaultValue List<String> slack) {
        private static final int MAX = 20;

        public Operators {
            mail = given("mail", mail);
            slack = given("slack", slack);
            mail.stream()
                    .filter(address -> address.indexOf('@') < 1)
                    .findFirst()
                    .ifPresent(wrong -> {
                        throw new IllegalArgumentException(
                                "slipway.notification.operators.mail: %s is no address like ops@example.test"
                                        .formatted(wrong));
                    });
        }

        private static List<String> given(String setting, List<String> values) {
            List<String> given = values.stream()
                    .map(String::strip)
                    .filter(value -> !value.isEmpty())
                    .distinct()
                    .toList();
            if (given.size() > MAX) {
                throw new IllegalArgumentException("slipway.notification.operators.%s: %d are too many, the limit is %d"
                        .formatted(setting, given.size(), MAX));
            }
            return given;
        }

        List<Party> parties() {
            return Stream.concat(
                            mail.stream().map(address -> new Party("operator", address, Channel.EMAIL, address)),
                            slack.stream().map(room -> new Party("operator", room, Channel.SLACK, room)))
                    .toList();
        }
    }
}
