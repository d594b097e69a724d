package dev.slipway.validation.assessment;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
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
     * @param http2 whether it is asked in HTTP/2 by prior knowledge; false where it was not said
     */
    record Probing(
            int gate,
            URI address,
            List<HttpProbe> requests,

            @JsonInclude(JsonInclude.Include.NON_DEFAULT) @JsonSetter(nulls = Nulls.AS_EMPTY)
            boolean http2) {
        public Probing {
            requests = List.copyOf(requests);
        }

        /** The same of a version that speaks HTTP/1.1. */
        public Probing(int gate, URI address, List<HttpProbe> requests) {
            this(gate, address, requests, false);
        }
    }
}
