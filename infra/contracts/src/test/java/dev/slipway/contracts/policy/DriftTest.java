package dev.slipway.contracts.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.WireJson;
import dev.slipway.contracts.policy.Drift.Found;
import dev.slipway.contracts.policy.Drift.Row;
import dev.slipway.contracts.policy.Drift.Secret;
import dev.slipway.contracts.policy.Drift.Setting;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is otherwise than when the last release was verified, and how it is told. */
final class DriftTest {
    private static final ReleaseId LAST = new ReleaseId("hello@1.0.0");
    private static final SettingChange GREETING = new SettingChange("env.GREETING", "\"hello\"", "\"hi\"");

    private static Drift drift(List<Setting> settings, Secret... secrets) {
        return new Drift(LAST, settings, List.of(secrets), List.of());
    }

    @Test
    void settings_are_told_by_environment_and_secrets_by_their_fingerprints() {
        Drift drift = drift(
                List.of(new Setting("staging", GREETING), new Setting("production", GREETING)),
                new Secret("db", "aaa", "aaa"),
                new Secret("mail", "aaa", "bbb"),
                new Secret("new", null, "ccc"),
                new Secret("lost", "ddd", null));

        assertThat(drift.rows())
                .containsExactly(
                        new Row(Found.CHANGED, "staging env.GREETING: \"hello\" -> \"hi\""),
                        new Row(Found.CHANGED, "production env.GREETING: \"hello\" -> \"hi\""),
                        new Row(Found.SAME, "secret db same"),
                        new Row(Found.CHANGED, "secret mail: fingerprint aaa -> fingerprint bbb"),
                        new Row(Found.BEGUN, "secret new: fingerprint ccc, which is kept from now on"),
                        new Row(Found.UNKNOWN, "secret lost not known"));
    }

    @Test
    void of_very_many_the_first_are_told_and_how_many_more_there_are() {
        List<Setting> many = IntStream.range(0, 60)
                .mapToObj(i -> new Setting("staging", new SettingChange("env.V" + i, "\"1\"", "\"2\"")))
                .toList();

        assertThat(Drift.text(drift(many).rows()))
                .contains("env.V49")
                .doesNotContain("env.V50")
                .endsWith("; and 10 more");
    }

    @Test
    void it_is_read_as_it_was_written() {
        Drift drift = new Drift(
                null, List.of(), List.of(new Secret("db", null, "aaa")), List.of("the configuration of staging"));

        assertThat(WireJson.mapper().readValue(WireJson.mapper().writeValueAsString(drift), Drift.class))
                .isEqualTo(drift);
    }
}
