package dev.slipway.validation.evidence.components;

import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.ReportJson;
import dev.slipway.validation.evidence.XmlPull;

/**
 * Names of members that are not known. Formats grow, so they are passed over; but one in which a single character is other than
 * in a name that counts is that name, damaged, and what it holds must not be missing in silence.
 */
final class Damaged {
    private Damaged() {}

    /** @param counting names whose values count */
    static void refuse(ReportJson json, String name, String... counting) throws UnreadableEvidence {
        for (String meant : counting) {
            if (isOneOff(name, meant)) {
                throw json.error("There is no member %s; \"%s\" may be meant".formatted(XmlPull.brief(name), meant));
            }
        }
    }

    /** Whether one is the other with a character changed, left out or put in. */
    static boolean isOneOff(String name, String meant) {
        int shorter = Math.min(name.length(), meant.length());
        if (Math.max(name.length(), meant.length()) - shorter > 1) {
            return false;
        }
        int same = 0;
        while (same < shorter && name.charAt(same) == meant.charAt(same)) {
            same++;
        }
        int end = 0;
        while (end < shorter - same && name.charAt(name.length() - 1 - end) == meant.charAt(meant.length() - 1 - end)) {
            end++;
        }
        return shorter - same - end <= (name.length() == meant.length() ? 1 : 0);
    }
}
