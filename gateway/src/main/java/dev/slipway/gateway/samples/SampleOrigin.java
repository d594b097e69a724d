package dev.slipway.gateway.samples;

import dev.slipway.contracts.EnvironmentId;

/**
 * Who counted.
 *
 * @param gateway id of this gateway instance
 * @param boot id of this run of it: after a restart the seconds begin anew
 */
public record SampleOrigin(EnvironmentId environment, String gateway, String boot) {}
