package dev.slipway.gateway.split;

import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.Texts;
import dev.slipway.contracts.traffic.TrafficTable.Share;
import java.time.Duration;
import java.time.Instant;

/**
 * Chooses the version that answers a request. The verified version is served as long as the gateway lives; an unverified
 * one beside it only while its table is confirmed and fresh. A first release has no other version beside it that could
 * take over: once its table was confirmed it is served on, also while nobody repeats the table. Silence of those who
 * write tables says nothing against it, and to answer nothing at all is no safer.
 *
 * <p>A version that Slipway itself ended gets no request until it runs again: what would be its goes to the verified one.
 *
 * <p>A request costs one look-up of its environment and a few comparisons: all else was made with the table
 * ({@link Division}). Whoever carries requests calls {@link #choose} with the tables of the moment, then counts for the
 * share's key ({@code samples}); what stays open for long asks {@link #serves} again and again.
 *
 * @param staleAfter age of the last repetition from which an unverified share goes to the verified version, 1 s to 5 min
 */
public record Choosing(Duration staleAfter) {
    /** Draws and buckets count up to this: a hundredth of a percent. */
    public static final int BUCKETS = 10_000;

    static final int BUCKETS_A_PERCENT = BUCKETS / 100;

    public Choosing {
        if (staleAfter.compareTo(Duration.ofSeconds(1)) < 0 || staleAfter.compareTo(Duration.ofMinutes(5)) > 0) {
            throw new IllegalArgumentException("stale-after must be 1 s to 5 min, is " + Texts.words(staleAfter));
        }
    }

    /**
     * The side of one request.
     *
     * @param draw tells the bucket of a request for a table, 0 to 9,999
     */
    public Side choose(SplitTables tables, EnvironmentId environment, Instant now, Draw draw) {
        HeldTable held = tables.held(environment).orElse(null);
        if (held == null) {
            return new Side.NoTable();
        }
        if (held.table().shares().isEmpty()) {
            return new Side.NothingServes();
        }
        Division division = held.division();
        if (held.obeyed(now, staleAfter)) {
            Share drawn = division.at(draw.bucket(division));
            if (!drawn.away()) {
                return new Side.Serves(drawn);
            }
        } else if (division.verified() == null) {
            return new Side.NotConfirmed();
        }
        Share verified = division.verified();
        return verified == null || verified.away() ? new Side.ComingBack() : new Side.Serves(verified);
    }

    /**
     * Whether a request could be given to a version now. Who is connected to one for which that is no longer so is told to
     * close.
     *
     * @param key the version's share
     */
    public boolean serves(SplitTables tables, EnvironmentId environment, String key, Instant now) {
        return tables.serving(environment, now, staleAfter).contains(key);
    }

    /** Which bucket a request falls into. */
    @FunctionalInterface
    public interface Draw {
        /** 0 to 9,999. */
        int bucket(Division division);
    }
}
