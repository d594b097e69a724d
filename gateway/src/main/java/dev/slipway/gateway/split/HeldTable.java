package dev.slipway.gateway.split;

import dev.slipway.contracts.traffic.TrafficTable;
import dev.slipway.contracts.traffic.TrafficTable.Share;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A traffic table as this gateway holds it.
 *
 * @param table the latest repetition of the highest counter
 * @param division what the table says of requests
 * @param asOf how recent it is: when it was written or when it arrived, whichever is earlier, so that a clock that runs
 *     ahead elsewhere cannot keep an old table fresh
 * @param confirmed whether it was written after this gateway started; before that, what it says may be long past
 */
record HeldTable(TrafficTable table, Division division, Instant asOf, boolean confirmed) {
    static HeldTable of(TrafficTable table, Instant asOf, boolean confirmed) {
        return new HeldTable(table, Division.of(table), asOf, confirmed);
    }

    /** Whether an unverified share may be served: confirmed, and repeated within the limit. */
    boolean fresh(Instant now, Duration staleAfter) {
        return confirmed && now.isBefore(asOf.plus(staleAfter));
    }

    /** Whether there is no verified version that could take over, and what the table says was true in this gateway's life. */
    boolean confirmedAlone() {
        return confirmed && division.verified() == null;
    }

    /** From when on only the verified version is served, which is not what the table says; empty if that never happens. */
    Optional<Instant> staleAt(Duration staleAfter) {
        return confirmedAlone() ? Optional.empty() : Optional.of(confirmed ? asOf.plus(staleAfter) : Instant.MIN);
    }

    /** Whether requests go as the table says. */
    boolean obeyed(Instant now, Duration staleAfter) {
        return fresh(now, staleAfter) || confirmedAlone();
    }

    /** Whether the table says that a version ended with Slipway and is being started anew. */
    boolean away(String key) {
        for (Share share : table.shares()) {
            if (share.away() && share.key().equals(key)) {
                return true;
            }
        }
        return false;
    }

    /** Keys of the shares that requests can get. */
    Set<String> serving(Instant now, Duration staleAfter) {
        return obeyed(now, staleAfter) ? division.keys() : division.verifiedKey();
    }

    /** The same table seen again: the later of the two times, and confirmed once and for all. */
    HeldTable repeated(HeldTable later) {
        boolean newer = later.asOf.isAfter(asOf);
        HeldTable latest = newer ? later : this;
        return new HeldTable(latest.table, latest.division, latest.asOf, confirmed || later.confirmed);
    }
}
