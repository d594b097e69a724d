package dev.slipway.contracts.letters;

import dev.slipway.contracts.Texts;
import dev.slipway.contracts.Topics;
import dev.slipway.contracts.policy.Ranges;
import java.time.Instant;
import java.util.List;

/**
 * Of which topics a service has dead letters that wait for a person. It is said when the first of a topic begins to wait,
 * and when none does any more. Topic {@link Topics#DEAD_LETTERS}, keyed by service.
 *
 * @param topics those of which a letter ever waited, in the order of the first time; 100 at most
 */
public record DeadLettersStatus(String service, List<OfTopic> topics) {
    public static final int TOPICS_MAX = 100;

    public DeadLettersStatus {
        Texts.requireLength("service", service, 1, 100);
        Texts.requirePresent("topics", topics);
        topics = List.copyOf(topics);
        Ranges.require("topics: number of them", topics.size(), 0, TOPICS_MAX);
    }

    /**
     * The dead letters of one topic.
     *
     * @param topic where they lay or were to go; {@code local} where they were for the service itself
     * @param waiting whether any waits now
     * @param times how often the first of them began to wait, from 1; tells one such time from the next
     * @param first id of one of those that waited when this began
     * @param reason why that one failed, in one line without secrets
     * @param since when this began
     */
    public record OfTopic(String topic, boolean waiting, int times, String first, String reason, Instant since) {
        public OfTopic {
            Texts.requireLength("topic", topic, 1, 250);
            Ranges.require("times", times, 1, Integer.MAX_VALUE);
            Texts.requireLength("first", first, 1, 1_000);
            Texts.requirePresent("reason", reason);
            Texts.requirePresent("since", since);
        }
    }
}
