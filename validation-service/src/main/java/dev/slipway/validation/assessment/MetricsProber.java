package dev.slipway.validation.assessment;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.policy.MetricRule;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Watches what the version under test tells of itself. */
public interface MetricsProber {
    /**
     * One answer per rule, in order, once it was watched for long enough or one is broken for sure; trouble is an answer too.
     *
     * @param dropped whether nobody wants to know any more
     */
    Found watch(Watching watching, BooleanSupplier dropped) throws InterruptedException;

    /**
     * What came of it.
     *
     * @param inputs digests of what was kept of it, so that it can be judged again; none where nothing was
     */
    record Found(List<ProbeAnswer> answers, List<Digest> inputs) {
        public Found {
            answers = List.copyOf(answers);
            inputs = List.copyOf(inputs);
        }
    }

    /**
     * What is watched; a task's body.
     *
     * @param gate place of the gate in the question
     * @param address where the version tells its metrics
     * @param watch how long
     * @param http2 whether it is asked there in HTTP/2 by prior knowledge; false where it was not said
     * @param revision which one the version is of; null where it was not said, and then nothing is kept
     */
    record Watching(
            int gate,
            URI address,
            List<MetricRule> rules,
            Duration watch,

            @JsonInclude(JsonInclude.Include.NON_DEFAULT) @JsonSetter(nulls = Nulls.AS_EMPTY)
            boolean http2,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String revision) {
        public Watching {
            rules = List.copyOf(rules);
        }

        /** The same of a version that speaks HTTP/1.1 there. */
        public Watching(int gate, URI address, List<MetricRule> rules, Duration watch, String revision) {
            this(gate, address, rules, watch, false, revision);
        }
    }
}
