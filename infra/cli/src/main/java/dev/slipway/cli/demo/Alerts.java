package dev.slipway.cli.demo;

import dev.slipway.cli.demo.SampleTeam.Reached;
import dev.slipway.contracts.notification.Channel;
import dev.slipway.contracts.notification.DeliveryView;
import java.util.ArrayList;
import java.util.List;

/**
 * Who has been told that a release went wrong.
 *
 * @param slack alerts delivered over Slack
 * @param email alerts delivered by email
 * @param missing contacts that no alert has reached
 * @param underWay alerts that are planned or being sent
 */
record Alerts(long slack, long email, List<Reached> missing, long underWay) {
    Alerts {
        missing = List.copyOf(missing);
    }

    static Alerts of(List<DeliveryView> deliveries, List<Reached> contacts) {
        List<DeliveryView> alerts =
                deliveries.stream().filter(DeliveryView::alert).toList();
        List<DeliveryView> delivered = alerts.stream()
                .filter(alert -> alert.state() == DeliveryView.State.DELIVERED)
                .toList();
        long underWay = alerts.stream()
                .filter(alert ->
                        alert.state() == DeliveryView.State.PLANNED || alert.state() == DeliveryView.State.SENDING)
                .count();
        List<Reached> missing = new ArrayList<>(contacts);
        delivered.forEach(delivery -> missing.remove(new Reached(delivery.role(), delivery.channel())));
        return new Alerts(over(delivered, Channel.SLACK), over(delivered, Channel.EMAIL), missing, underWay);
    }

    /** Nothing more is to come, so that the counts stay. */
    boolean settled() {
        return missing.isEmpty() && underWay == 0;
    }

    private static long over(List<DeliveryView> delivered, Channel channel) {
        return delivered.stream()
                .filter(delivery -> delivery.channel() == channel)
                .count();
    }
}
