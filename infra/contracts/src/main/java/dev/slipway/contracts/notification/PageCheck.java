package dev.slipway.contracts.notification;

import dev.slipway.contracts.Texts;

/**
 * Whether an announcement could be put on a page now ({@code GET /api/v1/deliveries/pages}), as far as that is known without
 * writing anything there.
 *
 * @param address of the page, as policies have it
 * @param usable whether announcements may go to its host, there is a token for it, and the page was shown to that token
 * @param text what was seen and, where it is not usable, what helps, in sentences for a person
 */
public record PageCheck(String address, boolean usable, String text) {
    public static final int ADDRESS_CHARACTERS_MAX = 500;

    public PageCheck {
        Texts.requirePresent("address", address);
        Texts.requirePresent("text", text);
    }
}
