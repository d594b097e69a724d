package dev.slipway.contracts.policy;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.slipway.contracts.Texts;
import java.util.List;

/**
 * What a version runs on. Only {@code process} so far: a detached process of this machine.
 *
 * @param type {@code process}
 * @param command program (from the administrator's allowlist) and arguments; {@code {artifact}} is replaced by the
 *     artifact's path; 1 to 100 parts
 * @param portEnv environment variable that tells the program its port
 * @param health path that answers 200 when the version is ready
 * @param http2 whether users' requests reach it as HTTP/2 in clear text by prior knowledge; false where it is not said
 */
public record Target(
        String type,
        List<String> command,
        String portEnv,
        String health,

        @JsonInclude(JsonInclude.Include.NON_DEFAULT) @JsonSetter(nulls = Nulls.AS_EMPTY)
        boolean http2) {
    public Target {
        if (!"process".equals(type)) {
            throw new IllegalArgumentException("target.type must be process, is " + Texts.shown(type));
        }
        Texts.requirePresent("target.command", command);
        command = List.copyOf(command);
        Ranges.require("target.command: number of parts", command.size(), 1, 100);
        Texts.requireLength("target.portEnv", portEnv, 1, 100);
        Texts.requireLength("target.health", health, 1, 500);
        if (!health.startsWith("/")) {
            throw new IllegalArgumentException("target.health must start with /, is " + Texts.shown(health));
        }
    }

    /** A version that is spoken to in HTTP/1.1. */
    public Target(String type, List<String> command, String portEnv, String health) {
        this(type, command, portEnv, health, false);
    }
}
