package dev.slipway.deployment.environment;

import dev.slipway.messaging.Core;
import dev.slipway.messaging.Decision;
import dev.slipway.testkit.GoldenTraces;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class GoldenTracesTest {
    @TestFactory
    Stream<DynamicTest> what_environments_do_is_as_written() {
        return GoldenTraces.of(new Traced(), Environment.class, EnvironmentInput.class)
                .tests();
    }

    /** Traces begin with an aggregate of any name; an environment's name has a form. */
    private record Traced() implements Core<Environment, EnvironmentInput> {
        @Override
        public Environment initial(String id) {
            return Walk.CORE.initial(id.contains("/") ? id : "hello/production");
        }

        @Override
        public Decision<Environment> decide(Environment state, EnvironmentInput input, Instant now) {
            return Walk.CORE.decide(state, input, now);
        }

        @Override
        public boolean finished(Environment state) {
            return Walk.CORE.finished(state);
        }

        @Override
        public Set<String> unjournaled() {
            return Walk.CORE.unjournaled();
        }
    }
}
