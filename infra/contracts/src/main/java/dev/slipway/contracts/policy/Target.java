package dev.slipway.contracts.policy;

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
 */
public record Target(String type, List<String> command, String portEnv, String health) {
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
}
