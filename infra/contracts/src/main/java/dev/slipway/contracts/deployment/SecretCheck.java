package dev.slipway.contracts.deployment;

import dev.slipway.contracts.Texts;

/**
 * Whether a program could be started with a secret now ({@code GET
 * /api/v1/environments/{application}/{environment}/secrets}). Nothing of its value is said.
 *
 * @param name as policies have it
 * @param text what was found and, where it is not readable, what helps, in sentences for a person
 */
public record SecretCheck(String name, boolean readable, String text) {
    public static final int NAMES_MAX = 400;

    public SecretCheck {
        Texts.requirePresent("name", name);
        Texts.requirePresent("text", text);
    }
}
