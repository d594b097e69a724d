package dev.slipway.release.policy;

import dev.slipway.contracts.policy.Policy;
import java.util.List;

/** What came of reading a policy. */
public sealed interface PolicyReading {
    /**
     * It is good.
     *
     * @param hash SHA-256 of its canonical JSON with defaults filled in, 64 lower-case hexadecimal digits: the same text
     *     under other spacing, order or spelled-out defaults has the same hash
     */
    record Accepted(Policy policy, String hash) implements PolicyReading {}

    /** It is not; every finding that one reading can tell, in the order of the document, at least one. */
    record Refused(List<Finding> findings) implements PolicyReading {
        public Refused {
            findings = List.copyOf(findings);
        }
    }
}
