package dev.slipway.notification;

import dev.slipway.messaging.Aggregates;
import dev.slipway.messaging.TaskHandler;
import dev.slipway.notification.conversation.ConversationInput;
import dev.slipway.notification.conversation.ConversationRules;
import dev.slipway.notification.conversation.ConversationState;
import dev.slipway.notification.conversation.Party;
import dev.slipway.notification.conversation.Sending;
import dev.slipway.testkit.ServiceInMemory;
import java.util.List;

/** The service as it is wired, on one thread, with one stand-in for both channels. */
public final class InMemoryNotification {
    private InMemoryNotification() {}

    public static Aggregates<ConversationState, ConversationInput> of(
            ServiceInMemory service, ConversationRules rules, TaskHandler<Sending, ConversationInput> channel) {
        return of(service, rules, channel, List.of());
    }

    static Aggregates<ConversationState, ConversationInput> of(
            ServiceInMemory service,
            ConversationRules rules,
            TaskHandler<Sending, ConversationInput> channel,
            List<Party> operators) {
        return NotificationWiring.conversations(service.recipe(), rules, channel, channel, channel, operators);
    }
}
