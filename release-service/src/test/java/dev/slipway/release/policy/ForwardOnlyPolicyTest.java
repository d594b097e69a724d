package dev.slipway.release.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.policy.ForwardOnlyRule;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.release.wiring.Examples;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a policy says of releases that cannot be undone. */
final class ForwardOnlyPolicyTest {
    private static final PolicyReader READER = new PolicyReader(1_000_000);

    private static PolicyReading read(String more) {
        return READER.read((Examples.demoYaml() + more).getBytes(StandardCharsets.UTF_8));
    }

    private static Policy policy(String more) {
        PolicyReading reading = read(more);
        assertThat(reading).as(reading.toString()).isInstanceOf(PolicyReading.Accepted.class);
        return ((PolicyReading.Accepted) reading).policy();
    }

    @Test
    void it_names_whom_to_ask_and_who_may_declare_one() {
        Policy policy = policy("forwardOnly: {ask: [technical-lead, devops], declaredBy: [devops, ci]}\n");

        ForwardOnlyRule rule = new ForwardOnlyRule(List.of("technical-lead", "devops"), List.of("devops", "ci"));
        assertThat(policy.forwardOnly()).isEqualTo(rule);
        assertThat(rule.mayBeDeclaredBy(policy, Examples.BEN)).as("of a role").isTrue();
        assertThat(rule.mayBeDeclaredBy(policy, "ci")).as("by identity").isTrue();
        assertThat(rule.mayBeDeclaredBy(policy, Examples.ADA)).isFalse();
        assertThat(new ForwardOnlyRule(List.of("devops"), List.of()).mayBeDeclaredBy(policy, Examples.ADA))
                .as("whoever may propose")
                .isTrue();
    }

    @Test
    void a_policy_that_says_nothing_of_it_has_the_hash_that_it_had() {
        assertThat(policy("").forwardOnly()).isNull();
        assertThat(PolicyReader.hash(policy("")))
                .isEqualTo(Examples.demoPolicy().hash());
        assertThat(PolicyReader.hash(policy("forwardOnly: {ask: [devops]}\n")))
                .isNotEqualTo(Examples.demoPolicy().hash());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            forwardOnly: {}                          | ask
            forwardOnly: {ask: []}                   | ask
            forwardOnly: {ask: [nobody]}             | forwardOnly.ask[0] is no role of a contact with an email; legal are technical-lead, devops, support
            forwardOnly: {ask: [support, devop]}     | forwardOnly.ask[1] is no role of a contact with an email; did you mean devops?
            forwardOnly: {ask: [devops, devops]}     | ask
            forwardOnly: {asks: [devops]}            | did you mean ask?
            forwardOnly: {ask: [devops], declaredBy: []} | declaredBy
            """)
    void nobody_to_ask_is_refused(String yaml, String message) {
        PolicyReading reading = read(yaml + "\n");

        assertThat(reading).isInstanceOf(PolicyReading.Refused.class);
        assertThat(((PolicyReading.Refused) reading).findings().toString()).contains(message);
    }

    @Test
    void holidays_that_come_again_are_read_with_the_calendar() {
        String calendar = """
                calendars:
                  - name: office
                    zone: Europe/Berlin
                    holidays: |
                      BEGIN:VCALENDAR
                      BEGIN:VEVENT
                      DTSTART;VALUE=DATE:20201225
                      DTEND;VALUE=DATE:20201227
                      RRULE:FREQ=YEARLY
                      END:VEVENT
                      END:VCALENDAR
                timetable: [{phase: production, by: devops, due: {days: 1}}]
                """;

        assertThat(policy(calendar).timetable().getFirst().due().calendar().yearly())
                .hasSize(1);
        assertThat(read(calendar.replace("YEARLY", "MONTHLY")).toString())
                .contains("calendars[0]", "only FREQ=YEARLY is read");
    }
}
