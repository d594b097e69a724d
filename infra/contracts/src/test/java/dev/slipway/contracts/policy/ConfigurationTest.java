package dev.slipway.contracts.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.Digest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ConfigurationTest {
    private static final Map<String, EnvValue> ENV =
            Map.of("GREETING", EnvValue.of("hello"), "DB_PASSWORD", EnvValue.secretNamed("db-password"));

    private static Target target(
            List<String> command, Map<String, EnvValue> env, @Nullable Limits limits, @Nullable Stop stop) {
        return new Target(
                "process", command, "PORT", "/health", false, null, Map.of(), env, null, null, stop, limits, null);
    }

    private static Target plain() {
        return target(List.of("java", "-jar", "{artifact}"), ENV, null, null);
    }

    private static Configuration of(Target target) {
        return new Configuration(target, Front.DEFAULT, WhenBad.ALERT);
    }

    @Test
    void the_digest_is_that_of_a_text_that_anybody_can_write_down() {
        assertThat(Configuration.digest(plain())).isEqualTo(Digest.of("""
                        command=["java","-jar","{artifact}"]
                        env.DB_PASSWORD=secret db-password
                        env.GREETING="hello"
                        health="/health"
                        portEnv="PORT"
                        type="process"
                        """));
    }

    @Test
    void what_is_written_out_as_the_default_is_the_same_configuration() {
        Target written = new Target(
                "process",
                plain().command(),
                "PORT",
                "/health",
                false,
                null,
                Map.of(),
                ENV,
                HealthChecks.of("/health"),
                null,
                null,
                Limits.NONE,
                null);

        assertThat(Configuration.digest(written)).isEqualTo(Configuration.digest(plain()));
        assertThat(of(written).changesFrom(of(plain()))).isEmpty();
    }

    @Test
    void each_thing_that_differs_is_told_by_name_with_what_it_was_and_is() {
        Target next = target(
                List.of("java", "-Xmx1g", "-jar", "{artifact}"),
                Map.of("GREETING", EnvValue.of("hi"), "COLOUR", EnvValue.of("blue")),
                new Limits(512L << 20, null, null, null),
                new Stop(Stop.Signal.INT, Duration.ofSeconds(20)));

        assertThat(of(next).changesFrom(of(plain())))
                .extracting(SettingChange::text)
                .containsExactly(
                        "command: [\"java\",\"-jar\",\"{artifact}\"] -> [\"java\",\"-Xmx1g\",\"-jar\",\"{artifact}\"]",
                        "env.COLOUR: added, \"blue\"",
                        "env.DB_PASSWORD: removed, was secret db-password",
                        "env.GREETING: \"hello\" -> \"hi\"",
                        "limits.memoryBytes: added, 536870912",
                        "stop.grace: added, \"PT20S\"",
                        "stop.signal: added, \"INT\"");
        assertThat(Configuration.digest(next)).isNotEqualTo(Configuration.digest(plain()));
    }

    @Test
    void a_secret_of_another_name_is_told_and_a_text_that_reads_like_one_is_none() {
        Target other = target(plain().command(), Map.of("DB_PASSWORD", EnvValue.secretNamed("db")), null, null);
        Target text = target(plain().command(), Map.of("DB_PASSWORD", EnvValue.of("secret db")), null, null);

        assertThat(of(text).changesFrom(of(other)))
                .containsExactly(new SettingChange("env.DB_PASSWORD", "secret db", "\"secret db\""));
        assertThat(Configuration.digest(text)).isNotEqualTo(Configuration.digest(other));
    }

    @Test
    void how_users_come_and_what_becomes_of_it_are_compared_where_they_are_known() {
        Front hosts = new Front(List.of("shop.example.test"), TrafficLimits.DEFAULT, null);
        Configuration next = new Configuration(plain(), hosts, WhenBad.ROLL_BACK);

        assertThat(SettingChange.names(next.changesFrom(of(plain())))).isEqualTo("front.hosts, whenBad");
        assertThat(next.changesFrom(new Configuration(plain(), null, null)))
                .as("of a version from before they were kept")
                .isEmpty();
    }

    @Test
    void long_values_are_cut_and_still_told_apart() {
        String long1 = "x".repeat(4_000);
        SettingChange change = of(target(
                        plain().command(), Map.of("A", EnvValue.of(long1.substring(1) + "1")), null, null))
                .changesFrom(of(
                        target(plain().command(), Map.of("A", EnvValue.of(long1.substring(1) + "2")), null, null)))
                .getFirst();

        assertThat(change.text().length()).isLessThan(600);
        assertThat(change.before()).isNotEqualTo(change.after());
    }
}
