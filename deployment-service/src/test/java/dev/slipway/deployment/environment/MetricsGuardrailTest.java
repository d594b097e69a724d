package dev.slipway.deployment.environment;

import static dev.slipway.deployment.environment.Walk.established;
import static dev.slipway.deployment.environment.Walk.metered;
import static dev.slipway.deployment.environment.Walk.plan;
import static dev.slipway.deployment.environment.Walk.question;
import static dev.slipway.deployment.environment.Walk.verified;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.policy.Canary.OnInconclusive;
import dev.slipway.contracts.policy.MetricsAddress;
import dev.slipway.deployment.environment.EnvironmentInput.MetricsSeen;
import dev.slipway.deployment.environment.EnvironmentInput.OverLimit;
import dev.slipway.deployment.watch.MemoryGuard.Crossed;
import dev.slipway.messaging.MessagingJson;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A version on its way whose own metrics have limits. */
class MetricsGuardrailTest {
    private static final String NEW = question("1.1.0").toString();
    private static final String OLD = question("1.0.0").toString();
    private static final String GONE = "queue_depth: GET /metrics answered 404, expected 200";

    private static Walk stepping() {
        return established().start(metered(plan("1.1.0", 2))).started().warm().judged(0);
    }

    private static Metered wanted(Walk walk) {
        return Objects.requireNonNull(walk.environment.metered());
    }

    private static String waitingFor(Walk walk) {
        return Objects.requireNonNull(
                        Statuses.of(walk.environment, walk.active()).judgement())
                .waitingFor();
    }

    @Test
    void a_step_passes_when_the_judge_says_so_and_the_metrics_are_as_they_should_be_whichever_comes_first() {
        Walk judgedFirst = stepping().judged(1);
        assertThat(judgedFirst.shares()).contains(10);
        assertThat(judgedFirst.when(new MetricsSeen(NEW, "")).shares()).contains(25);

        Walk seenFirst = stepping().when(new MetricsSeen(NEW, ""));
        assertThat(seenFirst.shares()).contains(10);
        assertThat(seenFirst.judged(1).shares()).contains(25);
    }

    @Test
    void no_data_is_inconclusive_and_said_so_to_whoever_looks() {
        Walk walk = stepping().judged(1);
        assertThat(waitingFor(walk)).isEqualTo("the first looks at its own metrics");

        walk.when(new MetricsSeen(NEW, GONE));
        assertThat(walk.shares()).contains(10);
        assertThat(waitingFor(walk)).isEqualTo(GONE);
        assertThat(walk.status().judgement()).as("it is told").isNotNull();
        walk.when(new MetricsSeen(NEW, GONE));
        assertThat(walk.last.effects()).as("what is known is told once").isEmpty();

        walk.overdue().overdue();
        assertThat(walk.state()).isEqualTo("STEPPING");
        assertThat(walk.active().paused()).isTrue();
        assertThat(Objects.requireNonNull(walk.active().cause()).observed()).isEqualTo(GONE);
    }

    @Test
    void at_its_deadline_the_policy_decides() {
        Walk walk = established()
                .start(metered(plan("1.1.0", 2, Walk.canary(OnInconclusive.ROLL_BACK))))
                .started()
                .warm()
                .judged(0)
                .judged(1)
                .when(new MetricsSeen(NEW, GONE))
                .overdue()
                .overdue();

        assertThat(walk.state()).isEqualTo("RESTORING");
        assertThat(Objects.requireNonNull(walk.active().cause()).kind()).isEqualTo("inconclusive");
    }

    @Test
    void each_step_is_looked_at_anew() {
        Walk walk = stepping().when(new MetricsSeen(NEW, "")).judged(1);

        assertThat(wanted(walk).missing()).isNull();
        assertThat(walk.judged(2).shares()).contains(25);
        assertThat(walk.when(new MetricsSeen(NEW, "")).shares()).contains(50);
    }

    @Test
    void what_is_crossed_goes_back_at_once_in_the_words_of_the_look() {
        Walk walk = stepping()
                .when(new OverLimit(
                        NEW,
                        new Crossed("metrics", "queue_depth was at least 130 in 5 looks in a row", "130", "< 100")));

        assertThat(walk.state()).isEqualTo("RESTORING");
        assertThat(Objects.requireNonNull(walk.active().cause()).text())
                .isEqualTo(
                        "The new version is worse: guardrail metrics, queue_depth was at least 130 in 5 looks in a row");
    }

    @Test
    void looks_at_another_version_and_before_the_first_share_change_nothing() {
        Walk warming = established().start(metered(plan("1.1.0", 2))).started();
        assertThat(warming.environment.metered()).isNull();
        assertThat(warming.when(new MetricsSeen(NEW, "")).active().metrics()).isNull();

        assertThat(stepping().when(new MetricsSeen(OLD, "")).active().metrics()).isNull();
        Walk plain = established().start(plan("1.1.0", 2)).started().warm().judged(0);
        assertThat(plain.environment.metered()).isNull();
        assertThat(plain.judged(1).shares()).contains(25);
    }

    @Test
    void it_is_compared_with_the_version_beside_it_where_that_has_a_share_and_tells_any() {
        assertThat(wanted(stepping()).beside()).as("1.0.0 tells none").isNull();

        Walk both = verified(Walk.production(), metered(plan("1.0.0", 1)))
                .start(metered(plan("1.1.0", 2)))
                .started()
                .warm()
                .judged(0);
        assertThat(Objects.requireNonNull(wanted(both).beside()).key()).isEqualTo(OLD);
        assertThat(wanted(both).levels().alpha()).isEqualTo(0.01);
    }

    @Test
    void a_version_that_speaks_http2_is_asked_in_http2_at_its_traffic_port_alone() {
        MetricsAddress atTraffic = new MetricsAddress("/metrics", null);
        MetricsAddress aside = new MetricsAddress("/metrics", "aside");
        Walk both = verified(Walk.production(), metered(plan("1.0.0", 1), true, atTraffic))
                .start(metered(plan("1.1.0", 2), true, aside))
                .started()
                .warm()
                .judged(0);

        assertThat(wanted(both).http2()).isFalse();
        assertThat(Objects.requireNonNull(wanted(both).beside()).http2()).isTrue();
        assertThat(wanted(stepping()).http2()).isFalse();
    }

    @Test
    void a_person_may_go_on_all_the_same() {
        Walk walk = stepping()
                .judged(1)
                .when(new EnvironmentInput.PromoteAsked(
                        question("1.1.0"), "it has none yet", "user:eve", false, "m-1"));

        assertThat(walk.shares()).contains(25);
    }

    @Test
    void what_an_older_version_of_this_service_wrote_is_read() {
        String written = MessagingJson.mapper().writeValueAsString(stepping().environment);
        assertThat(written).doesNotContain("\"metrics\":null");

        Environment read = MessagingJson.mapper().readValue(written, Environment.class);
        assertThat(read).isEqualTo(stepping().environment);
    }
}
