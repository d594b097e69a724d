package dev.slipway.validation.assessment;

import dev.slipway.contracts.Sha;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.policy.TrustedKey;
import java.util.List;

/** Looks whether a tag is signed. */
public interface TagCheck {
    /** Trouble with the repository is an answer too. */
    ProbeAnswer check(Checking checking);

    /**
     * Which tag; a task's body.
     *
     * @param gate place of the gate in the question
     * @param sha what the tag has to name
     * @param keys one of which has to have signed it
     */
    record Checking(int gate, Policy.Source source, Sha sha, String tag, List<TrustedKey> keys) {
        public Checking {
            keys = List.copyOf(keys);
        }
    }
}
