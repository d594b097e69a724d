package dev.slipway.web.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.platform.Pace;
import dev.slipway.web.guard.Guarded.Unreachable;
import dev.slipway.web.guard.Guarded.Unreachable.Why;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.timelimiter.TimeLimiterConfig;
import io.github.resilience4j.timelimiter.TimeLimiterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GuardedTest {
    private static final Callable<String> BROKEN = () -> {
        throw new IOException("the line is dead");
    };

    private static final CircuitBreakerConfig TWO_CALLS = CircuitBreakerConfig.custom()
            .slidingWindowSize(2)
            .minimumNumberOfCalls(2)
            .build();

    private final CountDownLatch arrived = new CountDownLatch(1);
    private final CountDownLatch interrupted = new CountDownLatch(1);
    private final CountDownLatch end = new CountDownLatch(1);
    private final CircuitBreakerRegistry breakers =
            CircuitBreakerRegistry.of(Map.of("default", TWO_CALLS, "git", TWO_CALLS));
    private Thread caller = Thread.currentThread();
    private Guarded git = guarded(Duration.ofSeconds(30));

    @AfterEach
    void close() {
        git.close();
    }

    @Test
    void an_answer_and_the_other_sides_own_trouble_pass() throws Exception {
        assertThat(git.call(() -> "answer")).isEqualTo("answer");
        assertThatThrownBy(() -> git.call(BROKEN))
                .isExactlyInstanceOf(IOException.class)
                .hasMessage("the line is dead");
    }

    @Test
    void who_fails_too_often_is_left_alone() {
        assertThatThrownBy(() -> git.call(BROKEN)).hasMessage("the line is dead");
        assertThatThrownBy(() -> git.call(BROKEN)).hasMessage("the line is dead");

        assertUnreachable(Why.LEFT_ALONE, false, () -> git.call(() -> "not asked"));
        assertThat(breakers.circuitBreaker("git").getState()).isEqualTo(CircuitBreaker.State.OPEN);
    }

    @Test
    void one_of_several_that_fails_leaves_the_others_as_they_are() throws Exception {
        assertThatThrownBy(() -> git.call("one", BROKEN)).hasMessage("the line is dead");
        assertThatThrownBy(() -> git.call("one", BROKEN)).hasMessage("the line is dead");

        assertUnreachable(Why.LEFT_ALONE, false, () -> git.call("one", () -> "not asked"));
        assertThat(git.call("another", () -> "answer")).isEqualTo("answer");
    }

    @Test
    void one_call_too_many_is_not_made() throws Exception {
        CompletableFuture<String> first = calling();

        assertUnreachable(Why.TOO_MANY, false, () -> git.call("another", () -> "not asked"));
        end.countDown();
        assertThat(first.get(Pace.seconds(5), TimeUnit.SECONDS)).isEqualTo("end");
    }

    @Test
    void who_takes_too_long_may_have_done_it_and_is_interrupted() throws Exception {
        git.close();
        git = guarded(Pace.patience(Duration.ofMillis(50))); // by then the call has begun

        assertUnreachable(Why.LATE, true, () -> git.call(this::untilTheEnd));
        assertThat(interrupted.await(Pace.seconds(5), TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void a_caller_that_is_interrupted_does_not_wait() throws Exception {
        CompletableFuture<String> first = calling();
        caller.interrupt();
        assertThat(first)
                .failsWithin(Pace.patience(Duration.ofSeconds(5)))
                .withThrowableThat()
                .withCauseInstanceOf(InterruptedException.class);

        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> git.call("another", () -> "not asked")).isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void what_is_under_way_when_it_is_closed_is_interrupted() throws Exception {
        CompletableFuture<String> first = calling();

        git.close();

        assertThat(interrupted.await(Pace.seconds(5), TimeUnit.SECONDS)).isTrue();
        assertThat(first).failsWithin(Pace.patience(Duration.ofSeconds(5)));
    }

    @Test
    void a_breaker_shows_its_state_whenever_it_was_made() {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        breakers.circuitBreaker("early").transitionToOpenState();
        new BreakerGauges(breakers).bindTo(meters);
        breakers.circuitBreaker("late");

        assertThat(state(meters, "early")).isEqualTo(2);
        assertThat(state(meters, "late")).isZero();
        breakers.circuitBreaker("early").transitionToHalfOpenState();
        assertThat(state(meters, "early")).isEqualTo(1);
    }

    private static double state(SimpleMeterRegistry meters, String name) {
        return meters.get("slipway.breaker.state").tag("name", name).gauge().value();
    }

    /** A call that has arrived and is not answered before the end. */
    private CompletableFuture<String> calling() throws InterruptedException {
        CompletableFuture<String> answer = new CompletableFuture<>();
        caller = Thread.ofVirtual().start(() -> {
            try {
                answer.complete(git.call(this::untilTheEnd));
            } catch (Exception trouble) {
                answer.completeExceptionally(trouble);
            }
        });
        assertThat(arrived.await(Pace.seconds(5), TimeUnit.SECONDS)).isTrue();
        return answer;
    }

    private String untilTheEnd() throws InterruptedException {
        arrived.countDown();
        try {
            end.await();
            return "end";
        } catch (InterruptedException stop) {
            interrupted.countDown();
            throw stop;
        }
    }

    private static void assertUnreachable(Why why, boolean mayHaveArrived, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(Unreachable.class, unreachable -> {
            assertThat(unreachable.why()).isEqualTo(why);
            assertThat(unreachable.mayHaveArrived()).isEqualTo(mayHaveArrived);
        });
    }

    private Guarded guarded(Duration limit) {
        return new Guarded(
                "git",
                breakers,
                BulkheadRegistry.of(BulkheadConfig.custom()
                        .maxConcurrentCalls(1)
                        .maxWaitDuration(Duration.ZERO)
                        .build()),
                TimeLimiterRegistry.of(
                        TimeLimiterConfig.custom().timeoutDuration(limit).build()));
    }
}
