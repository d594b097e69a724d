package dev.slipway.release.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.policy.Staffing;
import dev.slipway.release.wiring.Examples;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who answers for releases, who is away and who stands in: all of them are contacts. */
final class StaffingPolicyTest {
    private static final PolicyReader READER = new PolicyReader(1_000_000);

    private static PolicyReading read(String more) {
        return READER.read((Examples.demoYaml() + more).getBytes(StandardCharsets.UTF_8));
    }

    private static Policy policy(String more) {
        PolicyReading reading = read(more);
        assertThat(reading).as(reading.toString()).isInstanceOf(PolicyReading.Accepted.class);
        return ((PolicyReading.Accepted) reading).policy();
    }

    private static Finding refused(String more) {
        PolicyReading reading = read(more);
        assertThat(reading).as(more).isInstanceOf(PolicyReading.Refused.class);
        return ((PolicyReading.Refused) reading).findings().getFirst();
    }

    @Test
    void a_policy_names_an_owner_deputies_and_who_is_away() {
        Policy policy = policy("""
                owner: technical-lead
                deputies: {devops: ada@example.test, Ada@example.test: ben@example.test}
                away: [{who: Ben@example.test, from: "2026-12-20T00:00:00Z", to: "2027-01-04T00:00:00Z"}]
                """);

        Instant from = Instant.parse("2026-12-20T00:00:00Z");
        Instant to = Instant.parse("2027-01-04T00:00:00Z");
        assertThat(policy.staffed())
                .isEqualTo(new Staffing(
                        "technical-lead",
                        Map.of("devops", "ada@example.test", "Ada@example.test", "ben@example.test"),
                        List.of(new Staffing.Away("ben@example.test", from, to))));
        assertThat(policy.staffed().deputyOf("ada@example.test")).contains("ben@example.test");
        assertThat(policy.staffed().awayUntil("ben@example.test", from)).contains(to);
        assertThat(policy.staffed().awayUntil("ben@example.test", to)).isEmpty();
        assertThat(policy.staffed().awayUntil("ada@example.test", from)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            owner: devop                                    | owner is no role and no email of a contact with an email; did you mean devops?
            owner: nobody@nowhere.example                   | owner is no role and no email of a contact with an email; legal are technical-lead, devops, support, ada@example.test
            deputies: {devop: ada@example.test}             | deputies.devop is no role and no email of a contact with an email; did you mean devops?
            deputies: {devops: ada@example.tst}             | deputies.devops is no email of a contact; did you mean ada@example.test?
            deputies: {ada@example.test: Ada@example.test}  | stands in for themselves
            away: [{who: bn@example.test, from: "2026-12-20T00:00:00Z", to: "2027-01-04T00:00:00Z"}] | away[0].who is no email of a contact; did you mean ben@example.test?
            away: [{who: ben@example.test, from: "2027-12-20T00:00:00Z", to: "2027-01-04T00:00:00Z"}] | away.from must be before away.to
            away: [{who: ben@example.test, from: "2027-12-20T00:00:00Z"}] | to
            """)
    void whoever_is_no_contact_is_refused_with_the_nearest_name(String yaml, String message) {
        assertThat(refused(yaml + "\n").toString()).contains(message);
    }

    @Test
    void a_refusal_stands_at_the_line_and_the_column_of_the_name() {
        int before = (int) Examples.demoYaml().lines().count();

        Finding key = refused("deputies:\n  devop: ada@example.test\n");
        Finding value = refused("deputies:\n  devops: ad@example.test\n");

        assertThat(key.line()).isEqualTo(before + 2);
        assertThat(key.column()).isEqualTo(3);
        assertThat(value.line()).isEqualTo(before + 2);
        assertThat(value.column()).isEqualTo("  devops: ".length() + 1);
    }

    @Test
    void a_policy_that_says_nothing_of_it_has_the_hash_that_it_had() {
        assertThat(policy("").staffing()).isNull();
        assertThat(policy("").staffed()).isEqualTo(Staffing.NONE);
        assertThat(PolicyReader.hash(policy("")))
                .isEqualTo(Examples.demoPolicy().hash());
        assertThat(PolicyReader.hash(policy("owner: devops\n")))
                .isNotEqualTo(Examples.demoPolicy().hash());
    }
}
