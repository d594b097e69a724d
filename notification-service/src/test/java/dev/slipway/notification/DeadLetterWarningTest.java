package dev.slipway.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.contracts.Topics;
import dev.slipway.contracts.letters.DeadLettersStatus;
import dev.slipway.contracts.letters.DeadLettersStatus.OfTopic;
import dev.slipway.contracts.letters.LetterTypes;
import dev.slipway.messaging.TaskHandler;
import dev.slipway.notification.NotificationSettings.Operators;
import dev.slipway.notification.conversation.ConversationInput;
import dev.slipway.notification.conversation.ConversationInput.NotSent;
import dev.slipway.notification.conversation.ConversationInput.Sent;
import dev.slipway.notification.conversation.ConversationInput.Trouble;
import dev.slipway.notification.conversation.Sending;
import dev.slipway.notification.conversation.Statuses;
import dev.slipway.testkit.ServiceInMemory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Operators learn of the first dead letter of a topic, once. */
final class DeadLetterWarningTest {
    private static final String OPS = "ops@example.test";
    private static final String NIGHT = "night@example.test";

    private final ServiceInMemory service = new ServiceInMemory("notification-service");
    private final List<Sending> arrived = new ArrayList<>();
    private final Set<String> dead = new TreeSet<>();
    private long version;

    private void operators(Operators operators) {
        InMemoryNotification.of(service, Statuses.RULES, channel(), operators.parties());
    }

    private TaskHandler<Sending, ConversationInput> channel() {
        return (_, sending) -> {
            if (dead.contains(sending.party().address())) {
                return new NotSent(sending.number(), "no such receiver", Trouble.FINAL, null, false);
            }
            arrived.add(sending);
            return new Sent(sending.number(), "thread", null);
        };
    }

    private static OfTopic topic(String name, boolean waiting, int times) {
        return new OfTopic(
                name,
                waiting,
                times,
                "release-service:" + name + ":0:7",
                "unreadable: sha is missing",
                Instant.parse("2026-01-05T10:00:00Z"));
    }

    private void said(OfTopic... topics) {
        service.receive(
                Topics.DEAD_LETTERS,
                "release-service",
                LetterTypes.DEAD_LETTERS_STATUS,
                new DeadLettersStatus("release-service", List.of(topics)),
                "release-service/letterbox/release-service",
                ++version);
        service.settle();
    }

    @Test
    void each_operator_is_told_once_however_often_it_is_said() {
        operators(new Operators(List.of(OPS), List.of("#ops")));

        said(topic("slipway.ci.events", true, 1));
        said(topic("slipway.ci.events", true, 1));

        assertThat(arrived).extracting(sending -> sending.party().address()).containsExactlyInAnyOrder(OPS, "#ops");
        assertThat(arrived.getFirst().content().subject())
                .isEqualTo("[Slipway] release-service: dead letters in slipway.ci.events");
        assertThat(arrived.getFirst().content().text())
                .contains(
                        "release-service has put a message of slipway.ci.events aside",
                        "Why: unreadable: sha is missing",
                        "./slipway deadletters show release-service:slipway.ci.events:0:7");
    }

    @Test
    void another_topic_and_the_same_after_none_waited_are_told_again() {
        operators(new Operators(List.of(OPS), List.of()));

        said(topic("slipway.ci.events", true, 1), topic("local", true, 1));
        assertThat(arrived).hasSize(2);
        said(topic("slipway.ci.events", false, 1), topic("local", true, 1));
        assertThat(arrived).hasSize(2);
        said(topic("slipway.ci.events", true, 2), topic("local", true, 1));

        assertThat(arrived).hasSize(3);
        assertThat(arrived)
                .extracting(sending -> sending.content().subject())
                .contains("[Slipway] release-service: dead letters that it sent to itself");
        assertThat(arrived.getLast().release()).isEqualTo("release-service@slipway.ci.events~2");
    }

    @Test
    void an_operator_who_cannot_be_reached_is_no_silence_another_one_learns_of_it() {
        operators(new Operators(List.of(OPS, NIGHT), List.of()));
        dead.add(NIGHT);

        said(topic("slipway.ci.events", true, 1));
        service.advance(Duration.ofMinutes(1));

        assertThat(arrived).extracting(sending -> sending.party().address()).containsExactly(OPS, OPS);
        assertThat(arrived.getLast().content().text())
                .contains("night@example.test", "could not be told", "no such receiver");
    }

    @Test
    void where_no_operator_is_named_nobody_is_told() {
        operators(new Operators(List.of(), List.of()));

        said(topic("slipway.ci.events", true, 1));

        assertThat(arrived).isEmpty();
        assertThat(service.stores().deadLetters()).isEmpty();
    }

    @Test
    void what_is_no_address_is_refused_with_the_name_of_the_setting() {
        assertThat(new Operators(List.of(" " + OPS, OPS, ""), List.of("#ops")).mail())
                .containsExactly(OPS);
        assertThatThrownBy(() -> new Operators(List.of("ops"), List.of()))
                .hasMessage("slipway.notification.operators.mail: ops is no address like ops@example.test");
        assertThatThrownBy(() -> new Operators(
                        List.of(),
                        java.util.stream.IntStream.range(0, 21)
                                .mapToObj(i -> "#" + i)
                                .toList()))
                .hasMessage("slipway.notification.operators.slack: 21 are too many, the limit is 20");
    }
}
