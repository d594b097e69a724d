package dev.slipway.validation.assessment;

import dev.slipway.contracts.policy.Gate.HttpProbe;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sends requests to the version under test, one after the other. */
public interface Prober {
    /**
     * One answer per request, in order; trouble is an answer too.
     *
     * @param traceparent W3C trace context that the requests carry, or null for none
     */
    List<ProbeAnswer> probe(Probing probing, @Nullable String traceparent);

    /**
     * Which requests; a task's body.
     *
     * @param gate place of the gate in the question
     * @param address base address of the version
     */
    record Probing(int gate, URI address, List<HttpProbe> requests) {
        public Probing {
            requests = List.copyOf(requests);
        }
    }
}
