package dev.slipway.release.saga;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.slipway.contracts.release.WaiverView;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A gate that a release goes without, for its sha, digests and policy.
 *
 * @param by address of whoever asked for it, who has a role that the policy names
 * @param until before production it counts until then
 * @param confirmedBy address of the second person, who did not make the change; null while there is none
 * @param lapsed whether it was over before production
 * @param withdrawn by whom it was taken back, and why; null where nobody did
 */
public record Waiver(
        String gate,
        String reason,
        Instant until,
        String by,
        Instant at,
        @Nullable String confirmedBy,
        @Nullable Instant confirmedAt,
        @JsonSetter(nulls = Nulls.AS_EMPTY) boolean lapsed,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Withdrawn withdrawn) {

    /** By whom, why and when it was taken back. */
    public record Withdrawn(String by, String reason, Instant at) {}

    static Waiver asked(String gate, String reason, Instant until, String by, Instant at) {
        return new Waiver(gate, reason, until, by, at, null, null, false, null);
    }

    Waiver confirmed(String second, Instant now) {
        return new Waiver(gate, reason, until, by, at, second, now, false, null);
    }

    Waiver over() {
        return new Waiver(gate, reason, until, by, at, confirmedBy, confirmedAt, true, null);
    }

    /** Taken back it is over, whatever its end. */
    Waiver takenBack(Withdrawn how) {
        return new Waiver(gate, reason, until, by, at, confirmedBy, confirmedAt, true, how);
    }

    /** Whether two people have said it and it is not over. */
    @JsonIgnore
    public boolean counts() {
        return confirmedBy != null && !lapsed;
    }

    /** As the API shows it. */
    public WaiverView view() {
        return new WaiverView(
                gate,
                reason,
                until,
                by,
                at,
                confirmedBy,
                confirmedAt,
                lapsed,
                withdrawn == null
                        ? null
                        : new WaiverView.Withdrawn(withdrawn.by(), withdrawn.reason(), withdrawn.at()));
    }

    /** For a person. */
    String text() {
        return "waived until %s by %s and %s: %s".formatted(until, by, confirmedBy, reason);
    }
}
