package dev.slipway.cli;

import dev.slipway.contracts.deployment.EnvironmentView;
import dev.slipway.contracts.notification.DeliveryView;
import dev.slipway.contracts.traffic.TrafficTable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Lists for people. */
final class Tables {
    private Tables() {}

    static List<String> environments(List<EnvironmentView> environments) {
        List<String> lines = new ArrayList<>();
        lines.add("%-24s %-22s %-28s %s".formatted("environment", "verified", "rollout", "traffic"));
        for (EnvironmentView environment : environments) {
            EnvironmentView.Verified verified = environment.verified();
            var rollout = environment.rollout();
            lines.add("%-24s %-22s %-28s %s"
                    .formatted(
                            environment.environment(),
                            verified == null ? "-" : verified.release(),
                            rollout == null ? "-" : rollout.question() + " " + rollout.phase(),
                            shares(environment.shares())));
        }
        return lines;
    }

    private static String shares(List<TrafficTable.Share> shares) {
        return shares.isEmpty()
                ? "none"
                : shares.stream()
                        .map(share -> "%s %d %%%s"
                                .formatted(
                                        share.version(), share.percent(), share.away() ? " (being started again)" : ""))
                        .collect(Collectors.joining(", "));
    }

    static List<String> deliveries(List<DeliveryView> deliveries) {
        List<String> lines = new ArrayList<>();
        lines.add("%-24s %-16s %-6s %-26s %-16s %-14s %s"
                .formatted("release", "role", "over", "address", "about", "state", "attempts"));
        for (DeliveryView delivery : deliveries) {
            lines.add("%-24s %-16s %-6s %-26s %-16s %-14s %d%s"
                    .formatted(
                            delivery.release(),
                            delivery.role(),
                            delivery.channel(),
                            delivery.address(),
                            delivery.milestone() + (delivery.alert() ? "!" : ""),
                            delivery.state(),
                            delivery.attempts(),
                            delivery.error() == null ? "" : " " + delivery.error()));
        }
        return lines;
    }
}
