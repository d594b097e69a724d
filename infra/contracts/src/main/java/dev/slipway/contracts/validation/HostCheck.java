package dev.slipway.contracts.validation;

import dev.slipway.contracts.Texts;

/**
 * Whether gates could ask a host now ({@code GET /api/v1/applications/{application}/hosts}): it was connected to, and answered. What
 * it answers gates with, none but a gate shows.
 *
 * @param address that was asked: scheme, host and port alone
 * @param reachable whether it may be asked, and answered within the limit of a gate's calls
 * @param text what was seen and, where it is not reachable, what helps, in sentences for a person
 */
public record HostCheck(String address, boolean reachable, String text) {
    public static final int ADDRESSES_MAX = 20;
    public static final int ADDRESS_CHARACTERS_MAX = 300;

    public HostCheck {
        Texts.requirePresent("address", address);
        Texts.requirePresent("text", text);
    }
}
