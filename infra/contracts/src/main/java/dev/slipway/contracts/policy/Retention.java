package dev.slipway.contracts.policy;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.slipway.contracts.Texts;
import java.time.Duration;

/**
 * How long what proves a release is kept after its end. What a hold keeps, and what the version that production runs or a
 * release on its way needs, stays for longer.
 *
 * @param evidence reports that its gates looked at, 1 d to 100 years
 * @param records its record, in which each decision stands, {@code evidence} to 100 years
 */
public record Retention(Duration evidence, Duration records) {
    private static final Duration LONGEST = Duration.ofDays(36_500);

    /** Where no policy says otherwise: a little more than a year, and ten years. */
    public static final Retention DEFAULT = new Retention(Duration.ofDays(400), Duration.ofDays(3650));

    public Retention {
        Texts.requirePresent("retention.evidence", evidence);
        Texts.requirePresent("retention.records", records);
        Ranges.require("retention.evidence", evidence, Duration.ofDays(1), LONGEST);
        Ranges.require("retention.records (from retention.evidence)", records, evidence, LONGEST);
    }

    /** The longer of both for each. */
    @JsonIgnore
    public Retention orLonger(Retention other) {
        return new Retention(longer(evidence, other.evidence), longer(records, other.records));
    }

    private static Duration longer(Duration one, Duration two) {
        return one.compareTo(two) > 0 ? one : two;
    }
}
