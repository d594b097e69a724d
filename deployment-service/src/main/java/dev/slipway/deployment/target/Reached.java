package dev.slipway.deployment.target;

import dev.slipway.contracts.policy.Filling;
import dev.slipway.contracts.policy.MetricsAddress;
import dev.slipway.contracts.policy.Target;
import dev.slipway.deployment.target.VersionClient.Speaks;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Where a program of this machine is asked, and for what, with all values put in that only the machine knows. */
record Reached(ProcessRecord record, Target target) {
    private static final String HOST = "127.0.0.1";

    /** Where users' requests go. */
    URI traffic() {
        return at(record.port());
    }

    /** Where it is asked for its health. */
    URI health() {
        return at(record.ports().number(target.checks().port()));
    }

    /** What {@code http2} says is said of the traffic port; any other is asked in HTTP/1.1. */
    Speaks speaks() {
        return Speaks.of(target.http2() && target.checks().port() == null);
    }

    /** One of its {@code checks} as it is asked. */
    String path(String ofPolicy) {
        return filling(record).path(ofPolicy);
    }

    /** Where it tells its own metrics; null where it tells none. */
    @Nullable
    URI metrics() {
        MetricsAddress metrics = target.metrics();
        return metrics == null ? null : metrics(record, metrics);
    }

    static URI metrics(ProcessRecord record, MetricsAddress metrics) {
        return URI.create(
                at(record.ports().number(metrics.port())) + filling(record).path(metrics.path()));
    }

    private static Filling filling(ProcessRecord record) {
        return Filling.last(record.placeholders()::get);
    }

    private static URI at(int port) {
        return URI.create("http://" + HOST + ":" + port);
    }
}
