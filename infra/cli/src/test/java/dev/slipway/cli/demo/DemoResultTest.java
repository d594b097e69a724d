package dev.slipway.cli.demo;

import static dev.slipway.cli.Releases.AT;
import static dev.slipway.cli.Releases.release;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cli.demo.SampleTeam.Reached;
import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.notification.Channel;
import dev.slipway.contracts.notification.DeliveryView;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.demo.LoadStatistics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DemoResultTest {
    private static final DemoResult RESULT = new DemoResult(
            new DemoResult.Good("hello@1.0.0", ReleasePhase.COMPLETED, DemoResult.seconds(Duration.ofMillis(41_260))),
            new DemoResult.Bad(
                    "hello@1.1.0", ReleasePhase.ROLLED_BACK, DemoResult.seconds(Duration.ofMillis(3_000)), 17),
            new DemoResult.Deliveries(4, 6));

    @Test
    void the_last_line_of_the_demo_is_exactly_this() {
        assertThat(RESULT.toJson())
                .isEqualTo("{\"good\":{\"id\":\"hello@1.0.0\",\"state\":\"COMPLETED\",\"seconds\":41.3},"
                        + "\"bad\":{\"id\":\"hello@1.1.0\",\"state\":\"ROLLED_BACK\",\"detectedAfterSeconds\":3.0,"
                        + "\"answersByBadVersion\":17},\"deliveries\":{\"slack\":4,\"email\":6}}");
    }

    @Test
    void detection_counts_from_the_first_live_request_to_the_decision_to_go_back() {
        var seen = new LoadStatistics.OfVersion(17, 5, AT.plusSeconds(2), AT.plusSeconds(3), AT.plusSeconds(9));
        LoadStatistics statistics = new LoadStatistics(100, 0, 0, Map.of(), Map.of("1.1.0", seen), null, null);

        assertThat(Detection.of(statistics, release(ReleasePhase.ROLLED_BACK, null, null, null)))
                .contains(new Detection(Duration.ofSeconds(6), 17, 5, Duration.ofSeconds(7)));
    }

    @Test
    void a_version_that_no_user_reached_was_not_detected() {
        LoadStatistics statistics = new LoadStatistics(100, 0, 0, Map.of(), Map.of(), null, null);

        assertThat(Detection.of(statistics, release(ReleasePhase.ROLLED_BACK, null, null, null)))
                .isEmpty();
    }

    @Test
    void a_contact_is_missing_until_an_alert_has_been_delivered_over_each_channel() {
        List<DeliveryView> deliveries = List.of(
                delivery("technical-lead", Channel.SLACK, true, DeliveryView.State.DELIVERED),
                delivery("technical-lead", Channel.EMAIL, true, DeliveryView.State.SENDING),
                delivery("devops", Channel.SLACK, false, DeliveryView.State.DELIVERED),
                delivery("devops", Channel.EMAIL, true, DeliveryView.State.DELIVERED),
                delivery("support", Channel.EMAIL, true, DeliveryView.State.DELIVERED));

        Alerts alerts = Alerts.of(deliveries, SampleTeam.CONTACTS);

        assertThat(alerts.slack()).isEqualTo(1);
        assertThat(alerts.email()).isEqualTo(2);
        assertThat(alerts.missing())
                .containsExactly(new Reached("technical-lead", Channel.EMAIL), new Reached("devops", Channel.SLACK));
        assertThat(RESULT.asItShouldBe(alerts)).isFalse();
        assertThat(RESULT.asItShouldBe(new Alerts(2, 3, List.of(), 0))).isTrue();
    }

    private static DeliveryView delivery(String role, Channel channel, boolean alert, DeliveryView.State state) {
        return new DeliveryView(
                "id",
                new ReleaseId("hello@1.1.0"),
                role,
                role,
                channel,
                "address",
                "ROLLED_BACK",
                alert,
                state,
                1,
                null,
                AT);
    }
}
