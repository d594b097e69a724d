package dev.slipway.deployment.environment;

import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.policy.Canary;
import dev.slipway.contracts.policy.Step;
import dev.slipway.contracts.traffic.TrafficTable;
import dev.slipway.contracts.traffic.TrafficTable.Probe;
import dev.slipway.contracts.traffic.TrafficTable.Share;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How traffic is split now.
 *
 * @param counter rises with every change; 0 while there never was a table
 * @param verified key of the verified share, or null
 * @param shares add up to 100 %, or empty if nothing serves
 * @param probe what the gateways request themselves, or null
 */
public record Traffic(
        long counter,
        Canary.Assign assign,
        @Nullable String verified,
        List<Share> shares,
        @Nullable Probe probe) {
    static final Traffic NONE = new Traffic(0, Canary.Assign.REQUEST, null, List.of(), null);

    public Traffic {
        shares = List.copyOf(shares);
    }

    TrafficTable table(EnvironmentId environment, Instant at) {
        return new TrafficTable(environment, counter, at, assign, verified, shares, probe);
    }

    int percentOf(String key) {
        return shares.stream()
                .filter(share -> share.key().equals(key))
                .mapToInt(Share::percent)
                .sum();
    }

    boolean serves(String key) {
        return shares.stream().anyMatch(share -> share.key().equals(key));
    }

    /** The new version gets a share, what is verified the rest; it stays in the table even with nothing. */
    Traffic split(Plan plan, Instance instance, int percent, @Nullable Snapshot baseline, @Nullable Probe probing) {
        Canary.Assign how =
                plan.canary() == null ? Canary.Assign.REQUEST : plan.canary().assign();
        Share canary = new Share(plan.key(), plan.version(), plan.artifact().digest(), instance.address(), percent);
        return baseline == null
                ? next(how, null, List.of(canary), probing)
                : next(how, baseline.key(), List.of(share(baseline, Step.FULL - percent), canary), probing);
    }

    /** The same split, beside which the gateways send requests of their own; nothing where nothing serves. */
    Traffic probed(@Nullable Probe requests) {
        return shares.isEmpty() || Objects.equals(requests, probe) ? this : next(assign, verified, shares, requests);
    }

    /** All to what is verified, or to nothing. */
    Traffic only(@Nullable Snapshot verified) {
        return verified == null
                ? next(Canary.Assign.REQUEST, null, List.of(), null)
                : next(Canary.Assign.REQUEST, verified.key(), List.of(share(verified, Step.FULL)), null);
    }

    /** The same split with a version at another address. */
    Traffic moved(Snapshot to) {
        return next(
                assign,
                verified,
                shares.stream()
                        .map(share -> share.key().equals(to.key()) ? share(to, share.percent()) : share)
                        .toList(),
                probe);
    }

    private Traffic next(Canary.Assign how, @Nullable String verifiedKey, List<Share> split, @Nullable Probe probing) {
        return new Traffic(counter + 1, how, verifiedKey, split, probing);
    }

    private static Share share(Snapshot snapshot, int percent) {
        return new Share(
                snapshot.key(),
                snapshot.version(),
                snapshot.artifact().digest(),
                snapshot.instance().address(),
                percent);
    }
}
