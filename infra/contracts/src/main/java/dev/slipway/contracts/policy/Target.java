package dev.slipway.contracts.policy;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.slipway.contracts.Texts;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a version runs on, and what it gets. Only {@code process} so far: a detached process of this machine. Whatever is
 * absent is left out of the JSON, so that the hash of a policy that does not use it stays as it was.
 *
 * @param type {@code process}
 * @param command program (from the administrator's allowlist) and arguments, with {@link Placeholders}; 1 to 100 parts
 * @param portEnv environment variable that tells the program its port
 * @param health path that answers 200 when the version is ready, with {@link Placeholders}, or {@link GrpcHealth}
 * @param http2 whether it is spoken to in HTTP/2 in clear text by prior knowledge on its traffic port, by users, health, smoke
 *     and metrics requests; false where it is not said
 * @param port the traffic port that the program insists on, 1 to 65,535, or null where a free one is found
 * @param ports further ports by name, at most {@value #PORTS_MAX}
 * @param env environment variables by name, at most {@value #ENV_MAX}; none of them tells a port
 * @param healthChecks how it is looked at, where that is not as by default; {@link #checks} has it in any case
 * @param startWithin how long a start may take, 1 s to 30 min, or null for release-service's default
 * @param stop how it is ended, or null for deployment-service's default
 * @param limits how much of the machine it may take, or null for no limit
 * @param metrics where it tells its own metrics, or null
 */
public record Target(
        String type,
        List<String> command,
        String portEnv,
        String health,

        @JsonInclude(JsonInclude.Include.NON_DEFAULT) @JsonSetter(nulls = Nulls.AS_EMPTY)
        boolean http2,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer port,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        Map<String, NamedPort> ports,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        Map<String, EnvValue> env,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable HealthChecks healthChecks,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Duration startWithin,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Stop stop,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Limits limits,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable MetricsAddress metrics) {
    public static final int PORTS_MAX = 64;
    public static final int ENV_MAX = 100;
    private static final Duration START_WITHIN_MIN = Duration.ofSeconds(1);
    private static final Duration START_WITHIN_MAX = Duration.ofMinutes(30);

    public Target {
        if (!"process".equals(type)) {
            throw new IllegalArgumentException("target.type must be process, is " + Texts.shown(type));
        }
        Texts.requirePresent("target.command", command);
        command = List.copyOf(command);
        Ranges.require("target.command: number of parts", command.size(), 1, 100);
        Texts.requireLength("target.portEnv", portEnv, 1, 100);
        HealthChecks.requirePathOrGrpc("target.health", health);
        NamedPort.requireNumber("target.port", port);
        ports = Collections.unmodifiableMap(new TreeMap<>(ports));
        env = Collections.unmodifiableMap(new TreeMap<>(env));
        Ranges.require("target.ports: number of them", ports.size(), 0, PORTS_MAX);
        Ranges.require("target.env: number of variables", env.size(), 0, ENV_MAX);
        if (healthChecks != null && !healthChecks.ready().equals(health)) {
            throw new IllegalArgumentException(
                    "target.healthChecks.ready must be target.health, is " + Texts.shown(healthChecks.ready()));
        }
        healthChecks = HealthChecks.of(health).equals(healthChecks) ? null : healthChecks;
        limits = Limits.NONE.equals(limits) ? null : limits;
        if (startWithin != null) {
            Ranges.require("target.startWithin", startWithin, START_WITHIN_MIN, START_WITHIN_MAX);
        }
        TargetNames.require(portEnv, port, ports, env);
        TargetNames.requireNamed("target.health.port", healthChecks == null ? null : healthChecks.port(), ports);
        TargetNames.requireNamed("target.metrics.port", metrics == null ? null : metrics.port(), ports);
    }

    /** A version that gets its port and nothing else, all else by default. */
    public Target(String type, List<String> command, String portEnv, String health, boolean http2) {
        this(type, command, portEnv, health, http2, null, Map.of(), Map.of(), null, null, null, null, null);
    }

    /** The same, spoken to in HTTP/1.1. */
    public Target(String type, List<String> command, String portEnv, String health) {
        this(type, command, portEnv, health, false);
    }

    /** How it is asked whether it is well, by default every 5 s on its health path. */
    @JsonIgnore
    public HealthChecks checks() {
        return healthChecks == null ? HealthChecks.of(health) : healthChecks;
    }

    /** All of it that may hold {@link Placeholders}: what the program is told, and what it is asked. */
    @JsonIgnore
    public List<String> texts() {
        HealthChecks checks = checks();
        return Stream.of(
                        command.stream(),
                        env.values().stream().flatMap(value -> Stream.ofNullable(value.text())),
                        Stream.of(checks.ready()),
                        Stream.ofNullable(checks.live()),
                        Stream.ofNullable(checks.started()),
                        Stream.ofNullable(metrics).map(MetricsAddress::path))
                .flatMap(texts -> texts)
                .toList();
    }

    /** Whether it insists on a port, so that it cannot run twice on one machine. */
    @JsonIgnore
    public boolean insistsOnAPort() {
        return port != null || ports.values().stream().map(NamedPort::port).anyMatch(Objects::nonNull);
    }
}
