package dev.slipway.gateway.split;

import dev.slipway.contracts.Digest;
import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.policy.Canary;
import dev.slipway.contracts.traffic.TrafficTable;
import dev.slipway.contracts.traffic.TrafficTable.Share;
import java.net.URI;
import java.time.Instant;
import java.util.List;

/** Traffic tables for tests. */
public final class Tables {
    public static final EnvironmentId HELLO = EnvironmentId.parse("hello/production");
    public static final String BASELINE = "hello@1.0.0/production/1";
    public static final String CANARY = "hello@1.1.0/production/1";
    private static final Digest DIGEST = new Digest("sha256:" + "a".repeat(64));
    private static final URI NOWHERE = URI.create("http://127.0.0.1:9");

    private Tables() {}

    public static Share baseline(int percent) {
        return share(BASELINE, "1.0.0", percent, NOWHERE);
    }

    public static Share canary(int percent) {
        return share(CANARY, "1.1.0", percent, NOWHERE);
    }

    public static Share share(String key, String version, int percent, URI address) {
        return new Share(key, version, DIGEST, address, percent);
    }

    /** A verified baseline with a canary beside it. */
    public static TrafficTable split(long counter, Instant at, int canaryPercent) {
        return table(counter, at, Canary.Assign.REQUEST, baseline(100 - canaryPercent), canary(canaryPercent));
    }

    public static TrafficTable table(long counter, Instant at, Canary.Assign assign, Share... shares) {
        return new TrafficTable(HELLO, counter, at, assign, BASELINE, List.of(shares), null);
    }

    /** The same where nothing is judged. */
    public static TrafficTable unsampled(long counter, Instant at) {
        return unsampled(counter, at, HELLO);
    }

    /** That of another environment. */
    public static TrafficTable unsampled(long counter, Instant at, EnvironmentId environment) {
        return new TrafficTable(
                environment,
                counter,
                at,
                Canary.Assign.REQUEST,
                BASELINE,
                List.of(baseline(90), canary(10)),
                null,
                false,
                List.of());
    }

    /** A first release: nothing is verified. */
    public static TrafficTable first(long counter, Instant at) {
        return new TrafficTable(HELLO, counter, at, Canary.Assign.REQUEST, null, List.of(canary(100)), null);
    }

    public static TrafficTable empty(long counter, Instant at) {
        return new TrafficTable(HELLO, counter, at, Canary.Assign.REQUEST, null, List.of(), null);
    }
}
