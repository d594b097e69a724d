package dev.slipway.gateway.split;

import dev.slipway.contracts.traffic.TrafficTable;
import dev.slipway.contracts.traffic.TrafficTable.Share;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A traffic table as this gateway holds it.
 *
 * @param table the latest repetition of the highest counter
 * @param asOf how recent it is: when it was written or when it arrived, whichever is earlier, so that a clock that runs
 *     ahead elsewhere cannot keep an old table fresh
 * @param confirmed whether it was written after this gateway started; before that, what it says may be long past
 */
record HeldTable(TrafficTable table, Instant asOf, boolean confirmed) {
    /** Whether an unverified share may be served: confirmed, and repeated within the limit. */
    boolean fresh(Instant now, Duration staleAfter) {
        return confirmed && now.isBefore(asOf.plus(staleAfter));
    }

    /** Whether there is no verified version that could take over, and what the table says was true in this gateway's life. */
    boolean confirmedAlone() {
        return confirmed && verifiedShare().isEmpty();
    }

    /** From when on only the verified version is served, which is not what the table says; empty if that never happens. */
    Optional<Instant> staleAt(Duration staleAfter) {
        return confirmedAlone() ? Optional.empty() : Optional.of(confirmed ? asOf.plus(staleAfter) : Instant.MIN);
    }

    /** The share of the verified version, whatever its percent. */
    Optional<Share> verifiedShare() {
        return table.shares().stream()
                .filter(share -> share.key().equals(table.verified()))
                .findFirst();
    }

    /** The same table seen again: the later of the two times, and confirmed once and for all. */
    HeldTable repeated(HeldTable later) {
        boolean newer = later.asOf.isAfter(asOf);
        return new HeldTable(newer ? later.table : table, newer ? later.asOf : asOf, confirmed || later.confirmed);
    }
}
