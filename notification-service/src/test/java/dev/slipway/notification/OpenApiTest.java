package dev.slipway.notification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.Texts;
import dev.slipway.contracts.notification.Channel;
import dev.slipway.contracts.notification.ChannelCheck;
import dev.slipway.contracts.notification.DeliveryView;
import dev.slipway.contracts.notification.PageCheck;
import dev.slipway.contracts.notification.RetryAnswer;
import dev.slipway.contracts.notification.RetryRequest;
import dev.slipway.testkit.openapi.Bound;
import dev.slipway.testkit.openapi.Configured;
import dev.slipway.testkit.openapi.Fields;
import dev.slipway.testkit.openapi.ServiceDescription;
import dev.slipway.testkit.openapi.Told;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code -Dslipway.openapi.rewrite=true} writes the description again after a controller has changed. */
final class OpenApiTest {
    private static final String DELIVERIES = "GET /api/v1/deliveries";
    private static final String PAGES = "GET /api/v1/deliveries/pages";
    private static final String CHANNELS = "GET /api/v1/deliveries/channels";
    private static final String RETRY = "POST /api/v1/deliveries/retry";
    private static final ServiceDescription API = ServiceDescription.of(
            "notification-service",
            "dev.slipway.notification",
            new NotificationWiring().accessRules(),
            List.of(
                    Told.of(DELIVERIES, "Shows who was told what, latest first, and what could not be delivered")
                            .parameter(
                                    "limit",
                                    Bound.range(1, Configured.whole("slipway.notification.deliveries-per-answer-max"))),
                    Told.of(PAGES, "Looks whether an announcement could be put on a page, and writes nothing")
                            .parameter("address", Bound.length(1, PageCheck.ADDRESS_CHARACTERS_MAX)),
                    Told.of(
                            CHANNELS,
                            "Looks whether people could be told by mail and Slack, and tells nobody anything"),
                    Told.of(RETRY, "Sends again what waits or was given up, once it has been mended")
                            .example("application/json", """
                                    {"release": "hello@1.4.0", "channel": "EMAIL", "reason": "The host is back."}""")),
            new Fields().needed("RetryRequest", "reason", Bound.holding(Texts.SAID)));

    @Test
    void the_committed_description_is_that_of_the_controllers() {
        assertThat(API.committed()).isEqualTo(API.made());
    }

    @Test
    void examples_are_as_described() {
        assertThat(API.exampleFaults()).isEmpty();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = "no such channel")
    void a_delivery_is_written_as_described(@Nullable String error) {
        DeliveryView view = view(error);

        assertThat(API.faults(DELIVERIES, List.of(view))).isEmpty();
        assertThat(API.faults(RETRY, new RetryAnswer(1, List.of(view)))).isEmpty();
    }

    @Test
    void what_is_seen_of_a_page_is_written_as_described() {
        assertThat(API.faults(PAGES, new PageCheck("https://api.github.com/repos/a/b", true, "It is shown.")))
                .isEmpty();
    }

    @Test
    void what_is_seen_of_channels_is_written_as_described() {
        assertThat(API.faults(CHANNELS, List.of(new ChannelCheck(Channel.EMAIL, false, "No mail host is configured."))))
                .isEmpty();
    }

    @Test
    void a_request_to_send_again_is_read_as_described() {
        assertThat(API.bodyFaults(RETRY, new RetryRequest(null, null, null, "mended")))
                .isEmpty();
        assertThat(API.bodyFaults(
                        RETRY, new RetryRequest(new ReleaseId("hello@1.0.0"), Channel.EMAIL, "id/1", "mended")))
                .isEmpty();
    }

    private static DeliveryView view(@Nullable String error) {
        return new DeliveryView(
                "hello@1.0.0/1",
                new ReleaseId("hello@1.0.0"),
                "Ada",
                "devops",
                Channel.SLACK,
                "#releases",
                "PROPOSED",
                false,
                DeliveryView.State.UNDELIVERABLE,
                2,
                error,
                Instant.parse("2026-01-02T03:04:05.678Z"));
    }
}
