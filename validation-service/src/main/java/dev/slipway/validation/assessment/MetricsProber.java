package dev.slipway.validation.assessment;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
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
     * @param http2 whether it is asked there in HTTP/2 by prior knowledge; false where it was not said
     */
    record Watching(
            int gate,
            URI address,
            List<MetricRule> rules,
            Duration watch,

            @JsonInclude(JsonInclude.Include.NON_DEFAULT) @JsonSetter(nulls = Nulls.AS_EMPTY)
            boolean http2) {
        public Watching {
            rules = List.copyOf(rules);
        }

        /** The same of a version that speaks HTTP/1.1 there. */
        public Watching(int gate, URI address, List<MetricRule> rules, Duration watch) {
            this(gate, address, rules, watch, false);
        }
    }
}
