package dev.slipway.release.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.WireJson;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.policy.WeeklyFreeze;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Windows that come every week, and releases made of several branches, as a policy writes them. */
final class FreezeAndBranchesTest {
    private static final String MINIMAL = """
            apiVersion: slipway.dev/v1
            kind: ReleasePolicy
            application: hello
            source: {repository: "file:/srv/hello.git", from: production}
            contacts: [{role: devops, name: Ben, email: ben@example.test}]
            environments:
              staging: {target: {type: process, command: [java, -jar, "{artifact}"]}}
              production: {target: {type: process, command: [java, -jar, "{artifact}"]}}
            """;

    private static PolicyReading read(String yaml) {
        return new PolicyReader(10_000).read(yaml.getBytes(StandardCharsets.UTF_8));
    }

    private static Policy accepted(String yaml) {
        PolicyReading reading = read(yaml);
        assertThat(reading).as(reading.toString()).isInstanceOf(PolicyReading.Accepted.class);
        return ((PolicyReading.Accepted) reading).policy();
    }

    private static List<Finding> refused(String yaml) {
        PolicyReading reading = read(yaml);
        assertThat(reading).as(reading.toString()).isInstanceOf(PolicyReading.Refused.class);
        return ((PolicyReading.Refused) reading).findings();
    }

    private static String freeze(String windows) {
        return MINIMAL + "freeze: [" + windows + "]\n";
    }

    @Test
    void windows_that_come_once_and_every_week_stand_in_one_list() {
        Policy policy = accepted(freeze("""
                {every: [sat, sun], from: "18:00", to: "08:00", zone: Europe/Berlin, reason: rest},
                {from: "2026-12-20T00:00:00Z", to: "2027-01-02T00:00:00Z", reason: holidays},
                {every: [mon], from: "00:00", to: "24:00", zone: UTC, reason: stocktaking}"""));

        assertThat(policy.freeze()).hasSize(1);
        assertThat(policy.weekly())
                .containsExactly(
                        new WeeklyFreeze(
                                List.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY),
                                LocalTime.of(18, 0),
                                LocalTime.of(8, 0),
                                ZoneId.of("Europe/Berlin"),
                                "rest"),
                        new WeeklyFreeze(
                                List.of(DayOfWeek.MONDAY),
                                LocalTime.MIDNIGHT,
                                LocalTime.MIDNIGHT,
                                ZoneId.of("UTC"),
                                "stocktaking"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {every: [saturday], from: "18:00", to: "08:00", zone: UTC, reason: x}        | freeze[0].every[0] | sat
            {every: [sat, sat], from: "18:00", to: "08:00", zone: UTC, reason: x}        | freeze[0].every    | unique
            {every: [], from: "18:00", to: "08:00", zone: UTC, reason: x}                | freeze[0].every    | 1
            {every: [sat], from: "25:00", to: "08:00", zone: UTC, reason: x}             | freeze[0].from     | time of day
            {every: [sat], from: "2026-12-20T00:00:00Z", to: "08:00", zone: UTC, reason: x} | freeze[0].from  | time of day
            {every: [sat], from: "18:00", to: "08:00", zone: Europe/Berlinn, reason: x}  | freeze[0]          | no zone Europe/Berlinn
            {every: [sat], from: "18:00", to: "08:00", reason: x}                        | freeze[0]          | every and zone
            {zone: UTC, from: "2026-12-20T00:00:00Z", to: "2026-12-21T00:00:00Z", reason: x} | freeze[0]      | every and zone
            {from: "18:00", to: "08:00", reason: x}                                      | freeze[0].from     | a time in UTC
            {every: [sat], from: "18:00", to: "08:00", zone: UTC}                        | freeze[0]          | reason
            """)
    void a_window_that_cannot_be_is_refused_where_it_stands(String window, String path, String message) {
        assertThat(refused(freeze(window))).anySatisfy(finding -> {
            assertThat(finding.path()).isEqualTo(path);
            assertThat(finding.message()).contains(message);
        });
    }

    @Test
    void a_weekly_window_is_part_of_the_hash_and_a_policy_without_one_is_written_as_before() {
        Policy without = accepted(MINIMAL);
        Policy with = accepted(freeze("{every: [sat], from: \"18:00\", to: \"08:00\", zone: UTC, reason: x}"));

        assertThat(PolicyReader.hash(with)).isNotEqualTo(PolicyReader.hash(without));
        assertThat(WireJson.mapper().writeValueAsString(without))
                .contains("\"from\":\"production\"")
                .doesNotContain("weekly");
    }

    @Test
    void what_is_over_and_what_never_ends_is_noted() {
        Policy policy = accepted(freeze("""
                {from: "2026-12-20T00:00:00Z", to: "2027-01-02T00:00:00Z", reason: holidays},
                {every: [mon, tue, wed, thu, fri, sat, sun], from: "06:00", to: "06:00", zone: UTC, reason: never}""") + "owner: devops\n");

        assertThat(PolicyNotes.of(policy, Instant.parse("2027-01-01T00:00:00Z")))
                .containsExactly("the weekly freezes leave no time at all in which a release may begin production");
        assertThat(PolicyNotes.of(policy, Instant.parse("2027-01-02T00:00:00Z")))
                .hasSize(2)
                .contains("the freeze \"holidays\" is over since 2027-01-02T00:00:00Z and holds nothing any more");
    }

    @Test
    void releases_are_made_of_one_branch_or_of_several() {
        assertThat(accepted(MINIMAL).source().from()).containsExactly("production");
        assertThat(accepted(MINIMAL.replace("from: production", "from: [main, \"hotfix/*\"]"))
                        .source()
                        .from())
                .containsExactly("main", "hotfix/*");
        assertThat(accepted(MINIMAL.replace("from: production", "from: hotfix/*"))
                        .source()
                        .takes("hotfix/1.0.1"))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            []                  | source.from    | at least 1
            [main, main]        | source.from    | unique
            [main, "a b"]       | source.from[1] | name of a branch
            ["a/**"]            | source.from[0] | two of them
            ["a..b"]            | source.from[0] | a name that Git takes
            ["*/.x"]            | source.from[0] | a name that Git takes
            7                   | source.from    | a branch, or a list
            "a..b"              | source         | a name that Git takes
            """)
    void branches_that_cannot_be_are_refused_where_they_stand(String from, String path, String message) {
        assertThat(refused(MINIMAL.replace("from: production", "from: " + from)))
                .anySatisfy(finding -> {
                    assertThat(finding.path()).isEqualTo(path);
                    assertThat(finding.message()).contains(message);
                });
    }
}
