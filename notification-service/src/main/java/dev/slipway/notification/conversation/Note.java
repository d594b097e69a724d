package dev.slipway.notification.conversation;

import dev.slipway.notification.conversation.ConversationInput.Escalation;

/**
 * What a receiver is told about somebody who could not be.
 *
 * @param delivery number of the delivery that says it
 */
public record Note(int delivery, Escalation escalation) {}
