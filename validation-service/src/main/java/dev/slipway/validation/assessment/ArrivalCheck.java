package dev.slipway.validation.assessment;

import dev.slipway.contracts.Sha;
import dev.slipway.contracts.policy.Arrival;
import dev.slipway.contracts.policy.Policy;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Looks once for what was published, where it was. */
public interface ArrivalCheck {
    /**
     * What is there now: as expected; otherwise, which may still change; wrong for good; or nothing, which is what trouble
     * on the way is, too.
     */
    ProbeAnswer look(Looked looked) throws InterruptedException;

    /**
     * What is looked for; a task's body.
     *
     * @param gate place of the gate in the question
     * @param source where the tag is
     * @param sha what the tag has to name
     * @param production where the version runs, or null where nobody knows
     * @param http2 whether it is asked there in HTTP/2 by prior knowledge
     */
    record Looked(
            int gate,
            Arrival arrival,
            Policy.Source source,
            Sha sha,
            @Nullable URI production,
            boolean http2) {}
}
