package dev.slipway.notification.conversation;

import static dev.slipway.notification.conversation.Statuses.T0;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.notification.Channel;
import dev.slipway.contracts.notification.DeliveryStatus;
import dev.slipway.contracts.release.Announced;
import dev.slipway.contracts.release.Milestone;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.contracts.release.ReleaseStatus;
import dev.slipway.messaging.Decision;
import dev.slipway.messaging.Effect;
import dev.slipway.messaging.Effect.StartTask;
import dev.slipway.notification.conversation.ConversationInput.NotSent;
import dev.slipway.notification.conversation.ConversationInput.Sent;
import dev.slipway.notification.conversation.ConversationInput.Trouble;
import dev.slipway.notification.conversation.ConversationInput.Warned;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** An announcement is sent to each receiver exactly as it stands, and what it was accepted as is said again whenever asked. */
final class AnnouncementsTest {
    private static final Announced USERS = new Announced(
            "users",
            Channel.EMAIL,
            List.of("users@example.test", "press@example.test"),
            "hello 1.0.0 is released",
            "It runs for all users.");

    private final Conversation core = new Conversation(Statuses.RULES);
    private ConversationState state = core.initial("any");
    private Decision<ConversationState> last = Decision.stay(state);

    private static List<Warned> of(Announced... announced) {
        ReleaseStatus plain = Statuses.status(ReleasePhase.COMPLETED, Milestone.Kind.COMPLETED);
        return Announcements.of(new ReleaseStatus(
                plain.release(),
                plain.version(),
                plain.sha(),
                plain.phase(),
                plain.since(),
                plain.cause(),
                plain.waiting(),
                plain.trafficPercent(),
                plain.previousVersion(),
                plain.contacts(),
                plain.milestones(),
                plain.next(),
                List.of(announced)));
    }

    private void take(ConversationInput input) {
        last = core.decide(state, input, T0);
        state = last.state();
    }

    private void begin(Warned warned) {
        state = core.initial(warned.conversation());
        take(warned);
    }

    private List<Sending> sends() {
        return last.effects().stream()
                .filter(StartTask.class::isInstance)
                .map(effect -> (Sending) ((StartTask) effect).body())
                .toList();
    }

    private List<DeliveryStatus> statuses() {
        return last.effects().stream()
                .filter(Effect.Send.class::isInstance)
                .map(effect -> ((Effect.Send) effect).message().body())
                .filter(DeliveryStatus.class::isInstance)
                .map(DeliveryStatus.class::cast)
                .toList();
    }

    @Test
    void each_receiver_has_a_conversation_of_its_own_and_gets_the_very_text_in_a_thread_of_its_own() {
        List<Warned> all = of(USERS);
        assertThat(all).extracting(Warned::conversation).doesNotHaveDuplicates().hasSize(2);

        begin(all.getFirst());

        assertThat(sends()).singleElement().satisfies(sending -> {
            assertThat(sending.party().address()).isEqualTo("users@example.test");
            assertThat(sending.content().subject()).isEqualTo(USERS.subject());
            assertThat(sending.content().text()).isEqualTo(USERS.text());
            assertThat(sending.thread()).isNull();
        });
        assertThat(statuses()).isEmpty();
    }

    @Test
    void what_was_accepted_is_proved_by_the_digest_of_what_was_sent_and_again_whenever_it_is_told_again() {
        Warned warned = of(USERS).getFirst();
        begin(warned);
        take(new Sent(1, "<1@slipway.test>", null));

        DeliveryStatus proof = statuses().getFirst();
        DeliveryStatus.Announcement said = Objects.requireNonNull(proof.announcement());
        assertThat(proof.delivered()).isEqualTo(1);
        assertThat(said.id()).isEqualTo("users");
        assertThat(said.digest()).isEqualTo(USERS.digest());
        assertThat(said.answer()).isEqualTo("<1@slipway.test>");

        take(warned);
        assertThat(sends()).isEmpty();
        assertThat(statuses()).containsExactly(proof);
    }

    @Test
    void slack_too_keeps_by_what_it_knows_the_message() {
        begin(of(new Announced("chat", Channel.SLACK, List.of("#users"), "hello", "It runs."))
                .getFirst());
        take(new Sent(1, "1712345678.000100", "C1"));

        assertThat(Objects.requireNonNull(statuses().getFirst().announcement()).answer())
                .isEqualTo("1712345678.000100");
    }

    @Test
    void what_cannot_be_delivered_is_said_without_a_proof_and_the_contacts_are_told() {
        begin(of(USERS).getFirst());
        take(new NotSent(1, "no such mailbox", Trouble.FINAL, null, false));

        assertThat(statuses()).singleElement().satisfies(status -> {
            assertThat(status.undeliverable()).isEqualTo(1);
            assertThat(Objects.requireNonNull(status.announcement()).answer()).isNull();
        });
        assertThat(last.effects())
                .anyMatch(effect -> effect instanceof Effect.Send send
                        && send.message().type().equals(Conversation.ESCALATE));
    }
}
