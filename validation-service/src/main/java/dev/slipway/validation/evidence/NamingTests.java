package dev.slipway.validation.evidence;

import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.TestCounts.Outcome;

/** Tells the tests of a report one by one, as far as they have names. Nothing of it is held: a report may have very many. */
@FunctionalInterface
public interface NamingTests {
    /**
     * Goes over one report.
     *
     * @param name of the file, for people
     * @param each is told of every test; the same name may come more than once
     * @throws UnreadableEvidence as reading it would
     */
    void tell(byte[] report, String name, Each each) throws UnreadableEvidence;

    /** Hears of tests. */
    @FunctionalInterface
    interface Each {
        /** Wants to know nothing. */
        Each NOBODY = new Each() {
            @Override
            public void ended(String test, Outcome outcome) {
                // as it says
            }

            @Override
            public boolean hears() {
                return false;
            }
        };

        void ended(String test, Outcome outcome);

        /** Whether a name need be put together for it. */
        default boolean hears() {
            return true;
        }
    }
}
