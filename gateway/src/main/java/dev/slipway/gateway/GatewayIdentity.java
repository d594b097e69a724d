package dev.slipway.gateway;

import dev.slipway.contracts.Texts;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Which gateway this is.
 *
 * @param id its name in the samples, unique among the gateways, 1 to 60 characters
 */
@ConfigurationProperties("slipway.gateway")
public record GatewayIdentity(String id) {
    public GatewayIdentity {
        Texts.requireLength("slipway.gateway.id", id, 1, 60);
    }
}
