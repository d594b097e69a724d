package dev.slipway.release.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.policy.Announcing;
import dev.slipway.contracts.policy.Arrival;
import dev.slipway.contracts.policy.Duty;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.WaitsOn;
import dev.slipway.release.wiring.Examples;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What of duties is for others to do: each says what ends it, and how long it is expected to take and may. */
final class WaitPolicyTest {
    private static final PolicyReader READER = new PolicyReader(1_000_000);
    private static final String BEGIN = "id: review, text: A, by: devops, before: production, ";
    private static final String TIMES = "on: B, expected: 24h, longest: 72h, ";

    private static PolicyReading read(String more) {
        return READER.read((Examples.demoYaml() + more).getBytes(StandardCharsets.UTF_8));
    }

    private static PolicyReading.Accepted accepted(String more) {
        PolicyReading reading = read(more);
        assertThat(reading).as(reading.toString()).isInstanceOf(PolicyReading.Accepted.class);
        return (PolicyReading.Accepted) reading;
    }

    private static Finding refused(String more) {
        PolicyReading reading = read(more);
        assertThat(reading).as(more).isInstanceOf(PolicyReading.Refused.class);
        return ((PolicyReading.Refused) reading).findings().getFirst();
    }

    @Test
    void a_wait_says_on_whom_how_long_and_what_ends_it() {
        List<Duty> duties = accepted("""
                duties:
                  - id: store-review
                    text: The build is approved
                    by: devops
                    before: production
                    waits:
                      on: App store review
                      expected: 24h
                      longest: 72h
                      ends:
                        poll: {url: "https://store.example.test/{version}", json: {$.state: approved, $.build: 42}, every: 5m}
                        callback: {by: store-bot}
                  - {id: mirror, text: A, by: support, after: completed, waits: {on: The mirror, expected: 1h, longest: 1h, ends: {callback: {}, person: true}}}
                """).policy().duties();

        assertThat(duties.getFirst().within()).isEqualTo(Duration.ofHours(72));
        assertThat(duties.getFirst().waits())
                .isEqualTo(new WaitsOn(
                        "App store review",
                        Duration.ofHours(24),
                        new Arrival(
                                "https://store.example.test/{version}",
                                null,
                                null,
                                null,
                                200,
                                null,
                                null,
                                null,
                                Duration.ofMinutes(5),
                                List.of(
                                        new Gate.JsonExpectation("$.state", "\"approved\""),
                                        new Gate.JsonExpectation("$.build", "42"))),
                        new WaitsOn.Callback("store-bot"),
                        false));
        assertThat(duties.getLast().after()).isEqualTo(Announcing.After.COMPLETED);
        assertThat(duties.getLast().waits())
                .isEqualTo(new WaitsOn("The mirror", Duration.ofHours(1), null, new WaitsOn.Callback(null), true));
    }

    @Test
    void a_poll_looks_each_minute_where_nothing_else_is_said_and_the_order_of_values_makes_no_other_policy() {
        String poll = "duties: [{" + BEGIN + "waits: {" + TIMES
                + "ends: {poll: {url: \"https://s.example.test/\", json: {%s}}}}}]\n";
        PolicyReading.Accepted one = accepted(poll.formatted("$.a: 1, $.b: x"));
        PolicyReading.Accepted other = accepted(poll.formatted("$.b: x, $.a: 1"));

        WaitsOn waits = Objects.requireNonNull(one.policy().duties().getFirst().waits());
        assertThat(Objects.requireNonNull(waits.poll()).every()).isEqualTo(Duration.ofMinutes(1));
        assertThat(one.hash()).isEqualTo(other.hash());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            on: B, expected: 24h, longest: 72h                                | ends
            on: B, expected: 24h, longest: 72h, ends: {}                      | ends
            on: B, expected: 24h, longest: 72h, ends: {time: 3d}              | time
            on: B, expected: 24h, longest: 72h, ends: {person: false}         | person
            on: B, expected: 24h, ends: {person: true}                        | longest
            on: B, expected: 72h, longest: 24h, ends: {person: true}          | is shorter than what is expected, 72 h: say 72h or more
            on: B, expected: 24h, longest: 31d, ends: {person: true}          | duties.within must be 1 min to 30 d, is 31 d
            on: B, expected: 24h, longest: 72h, ends: {poll: {}}              | url
            on: B, expected: 24h, longest: 72h, ends: {poll: {url: "http://s.example.test/"}} | must be https:
            on: B, expected: 24h, longest: 72h, ends: {poll: {url: "https://s.example.test/{versoin}"}} | versoin
            on: B, expected: 24h, longest: 72h, ends: {poll: {url: "https://s.example.test/", json: {state: a}}} | state
            """)
    void a_wait_that_could_not_end_or_would_by_time_is_refused(String waits, String message) {
        assertThat(refused("duties: [{%swaits: {%s}}]\n".formatted(BEGIN, waits))
                        .toString())
                .contains(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            within: 3d        | is of what people do, and this waits on others: say waits: {expected: 24h, longest: 72h}
            due: {days: -2}   | is of what people do, and this waits on others: say waits: {expected: 24h, longest: 72h}
            people: 2         | is of what people do, and this waits on others: leave it out, or make it a wait each
            matrix: {a: [b]}  | is of what people do, and this waits on others: leave it out, or make it a wait each
            """)
    void what_is_of_peoples_duties_alone_is_refused_at_its_place_with_the_remedy(String more, String message) {
        Finding finding =
                refused("duties:\n  - {%s%s, waits: {%sends: {person: true}}}\n".formatted(BEGIN, more, TIMES));

        assertThat(finding.toString()).contains(message);
        assertThat(finding.line()).isGreaterThan(1);
        assertThat(finding.column()).isGreaterThan(1);
    }

    @Test
    void what_a_poll_could_not_answer_is_refused_at_its_place() {
        String poll = "waits: {" + TIMES + "ends: {poll: {url: \"https://s.example.test/\"}}}";
        assertThat(refused("duties: [{%sfields: [build], %s}]\n".formatted(BEGIN, poll))
                        .toString())
                .contains("are what people and callbacks say, and a poll ends this");
        assertThat(refused("duties: [{id: review, text: A, by: devops, after: completed, %s}]\n".formatted(poll))
                        .toString())
                .contains("after it say callback or person, or look for what was published by a gate with arrival");
        assertThat(refused("duties: [{%s%s}]\n".formatted(BEGIN.replace("review", "r".repeat(36)), poll))
                        .toString())
                .contains("has at most 35 characters where a poll ends the wait, is 36");
    }
}
