package dev.slipway.release.wiring;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * How releases are proved, {@code slipway.proof.*}.
 *
 * @param keys the folder with the key that closes chains; empty where nobody signs, which each proof then says
 */
@ConfigurationProperties("slipway.proof")
public record ProofSettings(String keys) {
    public ProofSettings {
        keys = keys == null ? "" : keys.strip();
    }
}
