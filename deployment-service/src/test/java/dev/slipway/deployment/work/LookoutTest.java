package dev.slipway.deployment.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.contracts.deployment.Trouble;
import dev.slipway.contracts.policy.HealthChecks;
import dev.slipway.contracts.policy.Target;
import dev.slipway.deployment.environment.Environment;
import dev.slipway.deployment.environment.EnvironmentInput;
import dev.slipway.deployment.environment.EnvironmentInput.Hangs;
import dev.slipway.deployment.environment.EnvironmentInput.ProcessGone;
import dev.slipway.deployment.environment.EnvironmentInput.TurnedReady;
import dev.slipway.deployment.environment.EnvironmentInput.TurnedUnready;
import dev.slipway.deployment.environment.Environments;
import dev.slipway.deployment.target.TargetPort;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the looks at versions add up to, with a target that answers as it is told and a clock that stands still. */
class LookoutTest {
    private static final String KEY = "hello@1.0.0/production/1";
    private static final HealthChecks CHECKS =
            new HealthChecks("/ready", "/live", null, null, Duration.ofSeconds(5), Duration.ofSeconds(2), 2, 3);

    private final Scripted target = new Scripted();
    private final List<EnvironmentInput> told = new CopyOnWriteArrayList<>();
    private final AtomicLong nanos = new AtomicLong();
    private final Lookout lookout =
            new Lookout(target, (_, input) -> told.add(input), Duration.ofSeconds(1), nanos::get);
    private Environment environment = Environments.verified(CHECKS);

    @AfterEach
    void close() {
        lookout.close();
    }

    /** Looks so often, each five seconds after the one before, and awaits each answer. */
    private LookoutTest looks(int times) throws InterruptedException {
        for (int i = 0; i < times; i++) {
            int before = target.asked.size();
            lookout.look("hello/production", environment);
            await().until(() -> target.asked.size() >= before + 2 && lookout.idle(KEY));
            nanos.addAndGet(Duration.ofSeconds(5).toNanos());
        }
        return this;
    }

    @Test
    void a_version_is_asked_as_often_as_its_policy_says_and_no_more() throws Exception {
        for (int second = 0; second < 20; second++) {
            lookout.look("hello/production", environment);
            await().until(() -> lookout.idle(KEY));
            nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        }

        assertThat(target.asked.stream().filter("/ready"::equals)).hasSize(4);
    }

    @Test
    void nothing_is_told_of_a_version_that_is_well_or_was_bad_less_often_than_it_takes() throws Exception {
        looks(3);
        target.answers.put("/ready", new TargetPort.Answered.Ill("answered 503"));
        looks(2);
        target.answers.put("/ready", new TargetPort.Answered.Well());
        looks(1);

        assertThat(told).isEmpty();
    }

    @Test
    void three_bad_answers_in_a_row_are_told_with_what_was_asked_and_seen() throws Exception {
        target.answers.put("/ready", new TargetPort.Answered.Ill("answered 503"));
        looks(3);

        assertThat(told)
                .containsExactly(new TurnedUnready(KEY, Trouble.of("GET /ready answered 503, 3 times in a row")));
    }

    @Test
    void what_could_not_be_asked_counts_neither_way() throws Exception {
        target.answers.put("/ready", new TargetPort.Answered.Ill("answered 503"));
        looks(2);
        target.answers.put("/ready", new TargetPort.Answered.NotAsked());
        looks(5);
        assertThat(told).isEmpty();

        target.answers.put("/ready", new TargetPort.Answered.Ill("answered 503"));
        looks(1);
        assertThat(told).hasSize(1);
    }

    @Test
    void it_is_told_again_until_the_environment_knows_and_then_no_more() throws Exception {
        target.answers.put("/ready", new TargetPort.Answered.Ill("answered 503"));
        looks(5);
        assertThat(told).hasSize(3);

        environment = Environments.with(environment, told.getLast());
        looks(3);
        assertThat(told).hasSize(3);

        target.answers.put("/ready", new TargetPort.Answered.Well());
        looks(2);
        assertThat(told.getLast()).isEqualTo(new TurnedReady(KEY));
    }

    @Test
    void one_that_does_not_answer_that_it_lives_hangs_and_is_counted_anew_afterwards() throws Exception {
        target.answers.put("/live", new TargetPort.Answered.Ill("gave no answer within 2 s"));
        looks(3);
        assertThat(told)
                .containsExactly(new Hangs(KEY, Trouble.of("GET /live gave no answer within 2 s, 3 times in a row")));

        environment = Environments.with(environment, told.getLast());
        lookout.look("hello/production", environment);
        assertThat(target.asked)
                .as("one that is being started anew is not asked")
                .hasSize(6);
    }

    @Test
    void a_process_that_is_gone_is_told_with_how_it_ended_until_it_is_being_started_again() throws Exception {
        target.presence = TargetPort.Presence.GONE;
        lookout.look("hello/production", environment);
        assertThat(told).containsExactly(new ProcessGone(KEY, Trouble.of("Its process ended by itself")));

        environment = Environments.with(environment, told.getLast());
        lookout.look("hello/production", environment);
        assertThat(told).hasSize(1);
    }

    @Test
    void what_another_machine_runs_is_not_asked() throws Exception {
        target.presence = TargetPort.Presence.UNKNOWN;
        lookout.look("hello/production", environment);

        assertThat(target.asked).isEmpty();
        assertThat(told).isEmpty();
    }

    private static final class Scripted implements TargetPort {
        private final Map<String, Answered> answers = new HashMap<>();
        private final List<String> asked = new CopyOnWriteArrayList<>(new ArrayList<>());
        private volatile Presence presence = Presence.RUNNING;

        @Override
        public Answered ask(String key, Target target, String path) {
            asked.add(path);
            return answers.getOrDefault(path, new Answered.Well());
        }

        @Override
        public Presence check(String key) {
            return presence;
        }

        @Override
        public Trouble trouble(String key, @Nullable String seen) {
            return Trouble.of(seen == null ? "Its process ended by itself" : seen);
        }

        @Override
        public Startup start(Launch launch, long fence, BooleanSupplier dropped) {
            throw new AssertionError("Nothing is started by looking");
        }

        @Override
        public void stop(String key, long fence) {
            throw new AssertionError("Nothing is stopped by looking");
        }
    }
}
