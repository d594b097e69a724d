package dev.slipway.gateway.split;

import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.traffic.TrafficTable;
import dev.slipway.contracts.traffic.TrafficTable.Share;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Chooses the version that answers a request. The verified version is served as long as the gateway lives; an unverified
 * one beside it only while its table is confirmed and fresh. A first release has no other version beside it that could
 * take over: once its table was confirmed it is served on, also while nobody repeats the table. Silence of those who
 * write tables says nothing against it, and to answer nothing at all is no safer.
 *
 * @param staleAfter age of the last repetition from which an unverified share goes to the verified version, 1 s to 5 min
 */
public record Choosing(Duration staleAfter) {
    /** Draws and buckets count up to this: a hundredth of a percent. */
    public static final int BUCKETS = 10_000;

    private static final int BUCKETS_A_PERCENT = BUCKETS / 100;

    public Choosing {
        if (staleAfter.compareTo(Duration.ofSeconds(1)) < 0 || staleAfter.compareTo(Duration.ofMinutes(5)) > 0) {
            throw new IllegalArgumentException("stale-after must be 1 s to 5 min, is " + staleAfter);
        }
    }

    /**
     * The side of one request.
     *
     * @param draw tells the bucket of a request for a table, 0 to 9,999
     */
    public Side choose(SplitTables tables, EnvironmentId environment, Instant now, Draw draw) {
        Optional<HeldTable> held = tables.held(environment);
        if (held.isEmpty()) {
            return new Side.NoTable();
        }
        TrafficTable table = held.get().table();
        if (table.shares().isEmpty()) {
            return new Side.NothingServes();
        }
        if (held.get().fresh(now, staleAfter) || held.get().confirmedAlone()) {
            return new Side.Serves(shareOf(table, draw.bucket(table)));
        }
        return held.get().verifiedShare().<Side>map(Side.Serves::new).orElseGet(Side.NotConfirmed::new);
    }

    /**
     * Whether a request could be given to a version now. Who is connected to one for which that is no longer so is told to
     * close.
     *
     * @param key the version's share
     */
    public boolean serves(SplitTables tables, EnvironmentId environment, String key, Instant now) {
        Optional<HeldTable> held = tables.held(environment);
        if (held.isEmpty()) {
            return false;
        }
        if (held.get().fresh(now, staleAfter) || held.get().confirmedAlone()) {
            return held.get().table().shares().stream()
                    .anyMatch(share -> share.percent() > 0 && share.key().equals(key));
        }
        return held.get()
                .verifiedShare()
                .filter(share -> share.key().equals(key))
                .isPresent();
    }

    /**
     * Unverified shares have the low buckets, so a client that has seen the new version keeps it when its share grows.
     */
    private static Share shareOf(TrafficTable table, int bucket) {
        List<Share> unverifiedFirst = table.shares().stream()
                .filter(share -> share.percent() > 0)
                .sorted(Comparator.comparing(share -> share.key().equals(table.verified())))
                .toList();
        int end = 0;
        for (Share share : unverifiedFirst) {
            end += share.percent() * BUCKETS_A_PERCENT;
            if (bucket < end) {
                return share;
            }
        }
        return unverifiedFirst.getLast(); // the percents add up to 100, so the loop has answered
    }

    /** Which bucket a request falls into. */
    @FunctionalInterface
    public interface Draw {
        /** 0 to 9,999. */
        int bucket(TrafficTable table);
    }
}
