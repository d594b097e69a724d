package dev.slipway.validation.assessment;

import dev.slipway.contracts.policy.MetricRule;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Watches what the version under test tells of itself. */
public interface MetricsProber {
    /**
     * One answer per rule, in order, once it was watched for long enough or one is broken for sure; trouble is an answer too.
     *
     * @param dropped whether nobody wants to know any more
     */
    List<ProbeAnswer> watch(Watching watching, BooleanSupplier dropped) throws InterruptedException;

    /**
     * What is watched; a task's body.
     *
     * @param gate place of the gate in the question
     * @param address where the version tells its metrics
     * @param watch how long
     */
    record Watching(int gate, URI address, List<MetricRule> rules, Duration watch) {
        public Watching {
            rules = List.copyOf(rules);
        }
    }
}
