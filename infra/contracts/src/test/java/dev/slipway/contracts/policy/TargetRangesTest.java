package dev.slipway.contracts.policy;

import static dev.slipway.contracts.Refusal.refusal;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.slipway.contracts.Refusal;
import dev.slipway.contracts.WireJson;
import dev.slipway.contracts.policy.Canary.Guardrails;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class TargetRangesTest {
    private static final NamedPort FOUND = new NamedPort(null, null);
    private static final EnvValue HELLO = EnvValue.of("hello");

    static Stream<Refusal> refusals() {
        return Stream.of(portRefusals(), envRefusals(), healthRefusals(), otherRefusals())
                .flatMap(cases -> cases);
    }

    private static Stream<Refusal> portRefusals() {
        return Stream.of(
                refusal(() -> new NamedPort(null, 0), "is 0", "1 to 65535"),
                refusal(() -> new NamedPort(null, 65_536), "is 65536", "1 to 65535"),
                refusal(() -> new NamedPort("A-B", null), "\"A-B\"", "letters, digits and underscores"),
                refusal(() -> target(0, Map.of(), Map.of()), "is 0", "1 to 65535"),
                refusal(() -> target(null, ports(65), Map.of()), "is 65", "0 to 64"),
                refusal(() -> target(null, Map.of("Admin", FOUND), Map.of()), "\"Admin\"", "1 to 30 lower-case"),
                refusal(
                        () -> target(8080, Map.of("admin", new NamedPort(null, 8080)), Map.of()),
                        "\"8080\" stands again",
                        "once"));
    }

    private static Stream<Refusal> envRefusals() {
        return Stream.of(
                refusal(() -> new EnvValue(null, null), "either", "{secret: NAME}"),
                refusal(() -> new EnvValue("a", "b"), "either", "{secret: NAME}"),
                refusal(() -> EnvValue.of("x".repeat(4_001)), "is 4001", "0 to 4000"),
                refusal(() -> EnvValue.of("a\0b"), "NUL", "must not"),
                refusal(() -> EnvValue.secretNamed("../key"), "\"../key\"", "letters, digits, dots"),
                refusal(() -> EnvValue.secretNamed(".."), "\"..\"", "letters, digits, dots"),
                refusal(() -> EnvValue.secretNamed("s".repeat(101)), "has 101", "1 to 100"),
                refusal(() -> target(null, Map.of(), env(101)), "is 101", "0 to 100"),
                refusal(() -> target(null, Map.of(), Map.of("1A", HELLO)), "\"1A\"", "no digit first"),
                refusal(() -> target(null, Map.of(), Map.of("PORT", HELLO)), "\"PORT\" stands again", "once"),
                refusal(
                        () -> target(null, Map.of("admin", new NamedPort("A", null)), Map.of("A", HELLO)),
                        "\"A\" stands again",
                        "once"));
    }

    private static Stream<Refusal> healthRefusals() {
        Duration second = Duration.ofSeconds(1);
        return Stream.of(
                refusal(() -> HealthChecks.of("ready"), "\"ready\"", "start with /"),
                refusal(() -> checks("live", null, second, second, 1, 1), "\"live\"", "start with /"),
                refusal(() -> checks(null, null, Duration.ofMillis(99), second, 1, 1), "is 99 ms", "100 ms to 10 min"),
                refusal(
                        () -> checks(null, null, Duration.ofMinutes(11), second, 1, 1),
                        "is 11 min",
                        "100 ms to 10 min"),
                refusal(() -> checks(null, null, second, Duration.ofSeconds(61), 1, 1), "is 61 s", "100 ms to 1 min"),
                refusal(() -> checks(null, null, second, second, 0, 1), "is 0", "1 to 100"),
                refusal(() -> checks(null, null, second, second, 1, 101), "is 101", "1 to 100"),
                refusal(
                        () -> target("/ready", checks(null, "admin", second, second, 1, 1), null),
                        "\"admin\"",
                        "target.ports (none)"),
                refusal(
                        () -> target("/other", checks(null, null, second, second, 1, 1), null),
                        "\"/ready\"",
                        "must be target.health"),
                refusal(() -> metrics("metrics", null), "\"metrics\"", "start with /"),
                refusal(() -> metrics("/metrics", "admin"), "\"admin\"", "target.ports (none)"));
    }

    private static Stream<Refusal> otherRefusals() {
        return Stream.of(
                refusal(() -> startWithin(Duration.ofMillis(999)), "is 999 ms", "1 s to 30 min"),
                refusal(() -> startWithin(Duration.ofMinutes(31)), "is 31 min", "1 s to 30 min"),
                refusal(() -> new Stop(Stop.Signal.TERM, Duration.ofMillis(-1)), "is -1 ms", "0 s to 10 min"),
                refusal(() -> new Stop(Stop.Signal.TERM, Duration.ofMinutes(11)), "is 11 min", "0 s to 10 min"),
                refusal(() -> new Gate.HttpProbe("/", 200, null, List.of(), ""), "has 0", "1 to 20000"),
                refusal(() -> new Limits(1L, null, null, null), "is 1", "16777216 to 1099511627776"),
                refusal(() -> new Limits((1L << 40) + 1, null, null, null), "is 1099511627777", "16777216 to"),
                refusal(() -> new Limits(null, 0, null, null), "is 0", "1 to 100000"),
                refusal(() -> new Limits(null, null, 15, null), "is 15", "16 to 1000000"),
                refusal(() -> new Limits(null, null, null, 10_001), "is 10001", "1 to 10000"),
                refusal(() -> new Guardrails(null, List.of(), 1L, null, null), "is 1", "1048576 to 1099511627776"),
                refusal(() -> new Guardrails(null, List.of(), null, 0.0, null), "is 0.0", "above 0 %"),
                refusal(() -> new Guardrails(null, List.of(), null, 10_001.0, null), "is 10001.0", "at most 10000 %"),
                refusal(() -> new Guardrails(null, List.of(), null, null, -1), "is -1", "must be 0"),
                refusal(() -> new Guardrails(null, List.of(), null, null, 1), "is 1", "goes back at once"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void a_value_out_of_range_is_refused_with_the_value_and_the_limit(Refusal refusal) {
        refusal.check();
    }

    @Test
    void the_limits_themselves_are_legal() {
        assertThatCode(() -> {
                    var _ = target(65_535, ports(64), env(100));
                    var _ = EnvValue.of("x".repeat(4_000));
                    var _ = EnvValue.of("line one\nline two");
                    var _ = startWithin(Duration.ofMinutes(30));
                    var _ = new Stop(Stop.Signal.USR2, Duration.ZERO);
                    var _ = new Limits(16L << 20, 1, 16, 1);
                    var _ = new Limits(1L << 40, 100_000, 1_000_000, 10_000);
                    var _ = new Guardrails(null, List.of(), 1L << 20, 10_000.0, 0);
                })
                .doesNotThrowAnyException();
    }

    @Test
    void what_says_no_more_than_the_defaults_is_not_written_so_that_a_policy_s_hash_stays() {
        Target said = target("/ready", HealthChecks.of("/ready"), Limits.NONE);

        assertThat(said).isEqualTo(new Target("process", List.of("java"), "PORT", "/ready"));
        assertThat(WireJson.mapper().writeValueAsString(said))
                .isEqualTo("{\"type\":\"process\",\"command\":[\"java\"],\"portEnv\":\"PORT\",\"health\":\"/ready\"}");
        assertThat(said.checks()).isEqualTo(HealthChecks.of("/ready"));
    }

    @Test
    void a_target_insists_on_a_port_if_any_of_its_ports_has_a_number() {
        assertThat(target(null, Map.of("admin", FOUND), Map.of()).insistsOnAPort())
                .isFalse();
        assertThat(target(8080, Map.of(), Map.of()).insistsOnAPort()).isTrue();
        assertThat(target(null, Map.of("admin", new NamedPort(null, 9000)), Map.of())
                        .insistsOnAPort())
                .isTrue();
    }

    private static Target target(@Nullable Integer port, Map<String, NamedPort> ports, Map<String, EnvValue> env) {
        return new Target(
                "process", List.of("java"), "PORT", "/ready", false, port, ports, env, null, null, null, null, null);
    }

    private static Target target(String health, @Nullable HealthChecks checks, @Nullable Limits limits) {
        return new Target(
                "process",
                List.of("java"),
                "PORT",
                health,
                false,
                null,
                Map.of(),
                Map.of(),
                checks,
                null,
                null,
                limits,
                null);
    }

    private static Target startWithin(Duration within) {
        return new Target(
                "process",
                List.of("java"),
                "PORT",
                "/ready",
                false,
                null,
                Map.of(),
                Map.of(),
                null,
                within,
                null,
                null,
                null);
    }

    private static Target metrics(String path, @Nullable String port) {
        return new Target(
                "process",
                List.of("java"),
                "PORT",
                "/ready",
                false,
                null,
                Map.of(),
                Map.of(),
                null,
                null,
                null,
                null,
                new MetricsAddress(path, port));
    }

    @Test
    void the_schema_names_the_same_number_of_ports() throws IOException {
        try (InputStream schema =
                Target.class.getResourceAsStream("/dev/slipway/contracts/release-policy.schema.json")) {
            assertThat(WireJson.mapper()
                            .readTree(schema)
                            .at("/$defs/target/properties/ports/maxProperties")
                            .asInt())
                    .isEqualTo(Target.PORTS_MAX);
        }
    }

    private static HealthChecks checks(
            @Nullable String live, @Nullable String port, Duration every, Duration within, int up, int down) {
        return new HealthChecks("/ready", live, null, port, every, within, up, down);
    }

    private static Map<String, NamedPort> ports(int count) {
        return IntStream.range(0, count).boxed().collect(toMap(number -> "port-" + number, _ -> FOUND));
    }

    private static Map<String, EnvValue> env(int count) {
        return IntStream.range(0, count).boxed().collect(toMap(number -> "NAME_" + number, _ -> HELLO));
    }
}
