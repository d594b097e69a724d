package dev.slipway.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.release.ReleasePhase;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a release costs: writes to the stores and records on the bus. A change that makes it dearer says so here. */
class BudgetTest {
    /** Of a judged canary of five shares and a bake, staging before it: 140 and 106. */
    private static final long WRITES_MAX = 150;

    private static final long RECORDS_MAX = 115;
    private static final Duration TELL_EVERY = Duration.ofSeconds(30);

    @Test
    void a_whole_release_stays_within_its_budget_of_writes_and_records() {
        ServicesTogether services = new ServicesTogether("hold");
        complete(services, "1.0.0", 1);
        long writes = services.writes();
        long records = services.recordsOfServices();

        complete(services, "1.1.0", 2);

        System.out.printf(
                "A release costs %d writes and %d records%n",
                services.writes() - writes, services.recordsOfServices() - records);
        assertThat(services.writes() - writes).isLessThanOrEqualTo(WRITES_MAX);
        assertThat(services.recordsOfServices() - records).isLessThanOrEqualTo(RECORDS_MAX);
    }

    /** An end that nobody has planned to tell is told again; that is all that goes on, and nothing of it by the second. */
    @Test
    void at_rest_only_the_end_is_told_again() {
        ServicesTogether services = new ServicesTogether("hold");
        complete(services, "1.0.0", 1);
        services.pass(Duration.ofMinutes(2));
        long writes = services.writes();
        long records = services.recordsOfServices();
        Duration time = Duration.ofMinutes(5);

        services.pass(time);

        long times = time.dividedBy(TELL_EVERY) + 1;
        assertThat(services.writes() - writes).isLessThanOrEqualTo(2 * times);
        assertThat(services.recordsOfServices() - records).isLessThanOrEqualTo(times);
    }

    private static void complete(ServicesTogether services, String version, long ordinal) {
        services.propose(version, ordinal);
        for (int second = 0; second < 300 && services.phase(version) != ReleasePhase.COMPLETED; second++) {
            services.pass(Duration.ofSeconds(1));
        }
        assertThat(services.phase(version)).isEqualTo(ReleasePhase.COMPLETED);
    }
}
