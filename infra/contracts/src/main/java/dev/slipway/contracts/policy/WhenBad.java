package dev.slipway.contracts.policy;

import org.jspecify.annotations.Nullable;

/** What is done when a verified version goes bad, beside telling the contacts. A policy that says nothing means ALERT. */
public enum WhenBad {
    /** People are told, and decide. */
    ALERT,
    /** The snapshot before it comes back by itself. */
    ROLL_BACK;

    /** Equals what need not be written. */
    public static final class IfAbsent {
        @Override
        public boolean equals(@Nullable Object value) {
            return ALERT.equals(value);
        }

        @Override
        public int hashCode() {
            return ALERT.hashCode();
        }
    }
}
