package dev.slipway.deployment.environment;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * A version that runs.
 *
 * @param address base address that answers requests
 * @param reference how the target knows it, for people, for example its pid and start instant
 * @param metrics where it tells its own metrics, or null
 */
public record Instance(
        URI address,
        String reference,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable URI metrics) {
    /** A version whose own metrics nobody asks for. */
    public Instance(URI address, String reference) {
        this(address, reference, null);
    }
}
