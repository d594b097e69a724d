package dev.slipway.contracts.policy;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A port that a program needs beside the one for traffic. It must listen there before it counts as started.
 *
 * @param env environment variable that tells the program its number, as {@link EnvValue#requireName} has it, or null
 * @param port the number that the program insists on, 1 to 65,535, or null where a free one is found
 */
public record NamedPort(
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String env,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer port) {
    static final int PORT_MAX = 65_535;

    public NamedPort {
        if (env != null) {
            EnvValue.requireName("target.ports: env", env);
        }
        requireNumber("target.ports: port", port);
    }

    static void requireNumber(String what, @Nullable Integer port) {
        if (port != null) {
            Ranges.require(what, port, 1, PORT_MAX);
        }
    }
}
