package dev.slipway.deployment.environment;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.policy.Canary;
import dev.slipway.contracts.policy.Front;
import dev.slipway.contracts.policy.StatusRule;
import dev.slipway.contracts.policy.Step;
import dev.slipway.contracts.policy.Target;
import dev.slipway.contracts.traffic.TrafficTable;
import dev.slipway.contracts.traffic.TrafficTable.Probe;
import dev.slipway.contracts.traffic.TrafficTable.Protocol;
import dev.slipway.contracts.traffic.TrafficTable.Share;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * How traffic is split now.
 *
 * @param counter rises with every change; 0 while there never was a table
 * @param verified key of the verified share, or null
 * @param shares add up to 100 %, or empty if nothing serves
 * @param probe what the gateways request themselves, or null
 * @param sampled whether the gateways count what is answered: while a rollout is judged, from its warm-up on; they did
 *     always where this was stored before they were told
 * @param statuses what statuses mean to the judge, by path
 * @param front how users come here: as the version on its way wants it from its first share on, else as what is verified
 *     wants it; where nothing serves as it was last
 * @param removed whether the environment is no more: nobody reaches it, by no name
 */
public record Traffic(
        long counter,
        Canary.Assign assign,
        @Nullable String verified,
        List<Share> shares,
        @Nullable Probe probe,
        @JsonSetter Boolean sampled,
        @JsonSetter(nulls = Nulls.AS_EMPTY) List<StatusRule> statuses,

        @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = Front.IfAbsent.class) @JsonSetter
        Front front,

        @JsonInclude(JsonInclude.Include.NON_DEFAULT) @JsonSetter(nulls = Nulls.AS_EMPTY)
        boolean removed) {
    static final Traffic NONE =
            new Traffic(0, Canary.Assign.REQUEST, null, List.of(), null, false, List.of(), Front.DEFAULT, false);

    /**
     * What the gateways do for the judge beside the split.
     *
     * @param sampled whether they count
     * @param probe what they request themselves, or null
     */
    record Watch(boolean sampled, @Nullable Probe probe, List<StatusRule> statuses) {
        static final Watch NONE = new Watch(false, null, List.of());

        Watch {
            statuses = List.copyOf(statuses);
        }
    }

    public Traffic {
        shares = List.copyOf(shares);
        sampled = sampled == null || sampled;
        statuses = List.copyOf(statuses);
        front = front == null ? Front.DEFAULT : front;
    }

    TrafficTable table(EnvironmentId environment, Instant at) {
        return new TrafficTable(
                environment,
                counter,
                at,
                assign,
                verified,
                shares,
                probe,
                sampled && !anyAway(), // a second of one side alone compares nothing
                statuses,
                front.hosts(),
                front.limits(),
                front.cohort(),
                removed);
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

    /** Whether another version than what is verified is in the table. */
    boolean isSplit() {
        return shares.stream().anyMatch(share -> !share.key().equals(verified));
    }

    /** The new version gets a share, what is verified the rest; it stays in the table even with nothing. */
    Traffic split(Plan plan, Instance instance, int percent, @Nullable Snapshot baseline, Watch watch) {
        Canary.Assign how =
                plan.canary() == null ? Canary.Assign.REQUEST : plan.canary().assign();
        Share canary = new Share(
                plan.key(),
                plan.version(),
                plan.artifact().digest(),
                instance.address(),
                percent,
                protocol(plan.target()),
                away(plan.key()));
        return baseline == null
                ? next(how, null, List.of(canary), watch, plan.front())
                : next(how, baseline.key(), List.of(share(baseline, Step.FULL - percent), canary), watch, plan.front());
    }

    /** The same split, which the gateways watch like this; nothing where nothing serves. */
    Traffic watched(Watch watch) {
        return shares.isEmpty() || watch.equals(watch()) ? this : next(assign, verified, shares, watch, front);
    }

    private Watch watch() {
        return new Watch(sampled, probe, statuses);
    }

    /** All to what is verified, or to nothing. */
    Traffic only(@Nullable Snapshot verified) {
        return verified == null
                ? next(Canary.Assign.REQUEST, null, List.of(), Watch.NONE, front)
                : next(
                        Canary.Assign.REQUEST,
                        verified.key(),
                        List.of(share(verified, Step.FULL)),
                        Watch.NONE,
                        verified.front());
    }

    /** Nobody is served any more, by no name. */
    Traffic removal() {
        return new Traffic(
                counter + 1, Canary.Assign.REQUEST, null, List.of(), null, false, List.of(), Front.DEFAULT, true);
    }

    /** Whether Slipway itself ended a version that is being started anew. */
    boolean away(String key) {
        return shares.stream().anyMatch(share -> share.key().equals(key) && share.away());
    }

    boolean anyAway() {
        return shares.stream().anyMatch(Share::away);
    }

    /** The same split without a version that is to come back; the same where it has no share or is away already. */
    Traffic without(String key) {
        return serves(key) && !away(key) ? with(key, share -> share.away(true)) : this;
    }

    /** The same split with a version at this address, where it runs; the same if it did. */
    Traffic back(String key, Instance instance) {
        boolean there = shares.stream()
                .filter(share -> share.key().equals(key))
                .allMatch(share -> !share.away() && share.address().equals(instance.address()));
        return there
                ? this
                : with(
                        key,
                        share -> new Share(
                                key,
                                share.version(),
                                share.digest(),
                                instance.address(),
                                share.percent(),
                                share.protocol()));
    }

    private Traffic with(String key, UnaryOperator<Share> change) {
        List<Share> changed = shares.stream()
                .map(share -> share.key().equals(key) ? change.apply(share) : share)
                .toList();
        return next(assign, verified, changed, watch(), front);
    }

    private Traffic next(
            Canary.Assign how, @Nullable String verifiedKey, List<Share> split, Watch watch, Front reached) {
        return new Traffic(
                counter + 1, how, verifiedKey, split, watch.probe(), watch.sampled(), watch.statuses(), reached, false);
    }

    private Share share(Snapshot snapshot, int percent) {
        return new Share(
                snapshot.key(),
                snapshot.version(),
                snapshot.artifact().digest(),
                snapshot.instance().address(),
                percent,
                protocol(snapshot.target()),
                away(snapshot.key()));
    }

    private static Protocol protocol(Target target) {
        return target.http2() ? Protocol.H2C : Protocol.HTTP_1_1;
    }
}
