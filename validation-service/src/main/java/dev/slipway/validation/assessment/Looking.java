package dev.slipway.validation.assessment;

import dev.slipway.contracts.policy.Gate;

/** What a gate looks at. */
enum Looking {
    EVIDENCE,
    REQUIRED_CHECK,
    ALL_CHECKS,
    MERGE,
    HTTP,
    METRICS,
    QUERIES,
    TAG,
    ISOLATED,
    SETTINGS,
    ARRIVAL,
    FILES,
    TRACKER,
    NOTHING_WE_KNOW;

    private static final String REQUIRED_CHECK_PREFIX = "required-check:";

    static Looking of(Gate gate) {
        String check = gate.check();
        if (gate.evidence() != null) {
            return EVIDENCE;
        }
        if (!gate.http().isEmpty()) {
            return HTTP;
        }
        if (!gate.metrics().isEmpty()) {
            return METRICS;
        }
        if (!gate.queries().isEmpty()) {
            return QUERIES;
        }
        if (gate.arrival() != null) {
            return ARRIVAL;
        }
        if (gate.files() != null) {
            return FILES;
        }
        if (gate.tracker() != null) {
            return TRACKER;
        }
        if (check == null) {
            return NOTHING_WE_KNOW;
        }
        if (check.equals("merge")) {
            return MERGE;
        }
        if (check.equals(Gate.SIGNED_TAG) && gate.signedBy() != null) {
            return TAG;
        }
        if (check.equals(Gate.ISOLATED)) {
            return ISOLATED;
        }
        if (gate.isOfSettings()) {
            return SETTINGS;
        }
        if (gate.checksAtLeast() > 0) {
            return ALL_CHECKS;
        }
        return check.startsWith(REQUIRED_CHECK_PREFIX) ? REQUIRED_CHECK : NOTHING_WE_KNOW;
    }

    /** The name of a required check's pipeline run. */
    static String requiredCheck(Gate gate) {
        return String.valueOf(gate.check()).substring(REQUIRED_CHECK_PREFIX.length());
    }

    /** Whether it waits for what the revision is told, rather than for work of ours. */
    boolean atRevision() {
        return this == EVIDENCE || this == REQUIRED_CHECK || this == ALL_CHECKS;
    }
}
