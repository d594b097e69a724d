package dev.slipway.contracts.notification;

import dev.slipway.contracts.Texts;

/**
 * Whether a channel could be used now ({@code GET /api/v1/deliveries/channels}), as far as that is known without telling anybody
 * anything: its server was reached and took Slipway's name. That a message arrives, none but a message shows.
 *
 * @param usable whether its server was reached and does not refuse Slipway
 * @param text what was seen and, where it is not usable, what helps, in sentences for a person
 */
public record ChannelCheck(Channel channel, boolean usable, String text) {
    public ChannelCheck {
        Texts.requirePresent("channel", channel);
        Texts.requirePresent("text", text);
    }
}
