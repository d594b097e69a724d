package dev.slipway.gateway;

import dev.slipway.contracts.Digest;
import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.Topics;
import dev.slipway.contracts.WireJson;
import dev.slipway.contracts.policy.Canary;
import dev.slipway.contracts.policy.Cohort;
import dev.slipway.contracts.policy.StatusRule;
import dev.slipway.contracts.policy.TrafficLimits;
import dev.slipway.contracts.traffic.TrafficTable;
import dev.slipway.contracts.traffic.TrafficTable.Probe;
import dev.slipway.contracts.traffic.TrafficTable.Share;
import dev.slipway.contracts.traffic.TrafficTypes;
import java.net.URI;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Stands for deployment-service: writes the traffic table of one environment of its own, and repeats it while open. */
final class LiveTable implements AutoCloseable {
    private static final int REPEAT_MS = 200;
    private static final Digest DIGEST = new Digest("sha256:" + "a".repeat(64));

    private final EnvironmentId environment;
    private final Sender sender;
    private final ScheduledExecutorService repeating = Executors.newSingleThreadScheduledExecutor();
    private volatile @Nullable TrafficTable current;

    /** Writes to a topic of a broker. */
    @FunctionalInterface
    interface Sender {
        void send(String topic, String key, String type, String json);
    }

    LiveTable() {
        this(TestPlatform.shared()::send);
    }

    LiveTable(Sender sender) {
        this(sender, EnvironmentId.parse("a" + UUID.randomUUID().toString().substring(0, 8) + "/production"));
    }

    /** Of an environment that no other test has. */
    LiveTable(Sender sender, EnvironmentId environment) {
        this.environment = environment;
        this.sender = sender;
        var _ = repeating.scheduleAtFixedRate(this::repeat, REPEAT_MS, REPEAT_MS, TimeUnit.MILLISECONDS);
    }

    EnvironmentId environment() {
        return environment;
    }

    String path(String rest) {
        return "/apps/" + environment + rest;
    }

    /** A table that nobody has heard of yet. */
    TrafficTable made(long counter, Canary.Assign assign, @Nullable String verified, Share... shares) {
        return new TrafficTable(environment, counter, Instant.now(), assign, verified, List.of(shares), null);
    }

    /** Makes this the table that is repeated from now on. */
    TrafficTable repeat(long counter, Canary.Assign assign, @Nullable String verified, Share... shares) {
        TrafficTable table = made(counter, assign, verified, shares);
        current = table;
        write(table);
        return table;
    }

    /** The table that is repeated asks for probes from now on, or no longer does. */
    void probe(TrafficTable table, long counter, @Nullable Probe probe) {
        current = new TrafficTable(
                environment, counter, Instant.now(), table.assign(), table.verified(), table.shares(), probe);
    }

    /** The same table, of whose answers gateways count this from now on. */
    void judged(TrafficTable table, long counter, boolean sampled, StatusRule... rules) {
        current = new TrafficTable(
                environment,
                counter,
                Instant.now(),
                table.assign(),
                table.verified(),
                table.shares(),
                table.probe(),
                sampled,
                List.of(rules));
    }

    /** The same table with other names, limits and cohort. */
    void reached(TrafficTable table, long counter, List<String> hosts, TrafficLimits limits, @Nullable Cohort cohort) {
        current = new TrafficTable(
                environment,
                counter,
                Instant.now(),
                table.assign(),
                table.verified(),
                table.shares(),
                table.probe(),
                table.sampled(),
                table.statuses(),
                hosts,
                limits,
                cohort);
    }

    /** Writes a table once. */
    void once(long counter, Instant at, @Nullable String verified, Share... shares) {
        write(new TrafficTable(environment, counter, at, Canary.Assign.REQUEST, verified, Arrays.asList(shares), null));
    }

    void silence() {
        current = null;
    }

    static Share share(String version, URI address, int percent) {
        return new Share("hello@" + version + "/production/1", version, DIGEST, address, percent);
    }

    /** Of a version that is spoken to by HTTP/2. */
    static Share http2Share(String version, URI address, int percent) {
        return new Share(
                "hello@" + version + "/production/1", version, DIGEST, address, percent, TrafficTable.Protocol.H2C);
    }

    String host() {
        return environment.application().value() + ".localhost";
    }

    private void repeat() {
        TrafficTable table = current;
        if (table != null) {
            write(table.repeated(Instant.now()));
        }
    }

    private void write(TrafficTable table) {
        sender.send(
                Topics.TRAFFIC,
                environment.toString(),
                TrafficTypes.TABLE,
                WireJson.mapper().writeValueAsString(table));
    }

    @Override
    public void close() {
        current = null;
        repeating.shutdownNow();
    }
}
