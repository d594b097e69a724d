package dev.slipway.notification.conversation;

import static dev.slipway.notification.conversation.Statuses.T0;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.notification.DeliveryView.State;
import dev.slipway.messaging.MessagingJson;
import dev.slipway.notification.conversation.ConversationInput.Escalation;
import dev.slipway.notification.conversation.ConversationInput.SendAgain;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What was stored by earlier versions. */
class StoredConversationTest {
    private final Conversation core = new Conversation(Statuses.RULES);

    @Test
    void a_conversation_of_before_notes_is_read_and_what_it_gave_up_can_be_sent_again() throws IOException {
        ConversationState stored;
        try (InputStream json = Objects.requireNonNull(
                StoredConversationTest.class.getResourceAsStream("/stored/conversation-before-notes.json"))) {
            stored = MessagingJson.mapper().readValue(json, ConversationState.class);
        }

        assertThat(stored.notes()).isEmpty();
        assertThat(stored.closedAt()).isNull();
        assertThat(stored.deliveries()).singleElement().satisfies(delivery -> {
            assertThat(delivery.state()).isEqualTo(State.UNDELIVERABLE);
            assertThat(delivery.trouble()).isNull();
            assertThat(delivery.escalatedAt()).isNull();
        });
        assertThat(core.decide(stored, new SendAgain("mended", null), T0)
                        .state()
                        .count(State.SENDING))
                .isEqualTo(1);
    }

    @Test
    void an_escalation_that_an_earlier_version_sent_is_read_too() {
        Escalation sent = MessagingJson.mapper().readValue("""
                {"release":"hello@1.1.0","origin":"hello@1.1.0/EMAIL/ada@example.test/1","milestone":"ROLLED_BACK",
                 "unreachable":"Ada (ada@example.test)","error":"Email: connection refused",
                 "content":{"subject":"s","text":"t"},
                 "party":{"role":"support","name":"Support","channel":"EMAIL","address":"support@example.test"},
                 "others":[]}""", Escalation.class);

        assertThat(sent.thread()).isNull();
        assertThat(sent.conversation()).isEqualTo("hello@1.1.0/EMAIL/support@example.test");
    }
}
