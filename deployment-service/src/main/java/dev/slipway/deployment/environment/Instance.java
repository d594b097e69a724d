package dev.slipway.deployment.environment;

import java.net.URI;

/**
 * A version that runs.
 *
 * @param address base address that answers requests
 * @param reference how the target knows it, for people, for example its pid and start instant
 */
public record Instance(URI address, String reference) {}
