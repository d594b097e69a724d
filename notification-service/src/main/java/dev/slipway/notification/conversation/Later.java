package dev.slipway.notification.conversation;

import dev.slipway.contracts.release.Milestone;
import dev.slipway.messaging.Effect;
import dev.slipway.notification.conversation.ConversationInput.Told;
import dev.slipway.notification.conversation.ConversationInput.Warned;
import java.util.List;

/**
 * What a party is told of a release when their conversation about it is finished and cannot change any more: a reminder of a date,
 * of a duty or of a review that nobody had foreseen at the end, or that an earlier version of this service did not wait for. Each
 * piece of news has a conversation of its own beside it, in the same thread, so it is told once however often it is said.
 */
final class Later {
    private Later() {}

    /** On to the conversations that carry them. */
    static List<Effect> news(ConversationState finished, Told told) {
        return Planning.news(finished, told).stream()
                .filter(milestone -> Planning.isWorth(milestone, told.party()))
                .map(milestone -> Warnings.handedOn(finished, warned(told, milestone)))
                .toList();
    }

    private static Warned warned(Told told, Milestone milestone) {
        return new Warned(
                told.status().release().value(),
                "later-" + milestone.index(),
                milestone.kind().name(),
                milestone.kind().alert(),
                true,
                Wording.message(told.status(), milestone, told.party()),
                told.party(),
                told.others(),
                null,
                null);
    }
}
