package dev.slipway.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.traffic.FrontView;
import dev.slipway.gateway.event.EventLimits;
import dev.slipway.gateway.event.EventReader;
import dev.slipway.testkit.openapi.ServiceDescription;
import dev.slipway.testkit.openapi.Told;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code -Dslipway.openapi.rewrite=true} writes the gateway's own part again after a controller has changed. */
final class OpenApiTest {
    private static final String EVENTS = "POST /api/v1/events";
    private static final ServiceDescription API = ServiceDescription.of(
            "gateway",
            "dev.slipway.gateway",
            new GatewayAccess().accessRules(),
            List.of(
                    Told.of(EVENTS, "Takes in CI events: one, one in binary mode, or several at once")
                            .success(202)
                            .body("application/cloudevents+json", EventSchemas.STRUCTURED)
                            .body("application/cloudevents-batch+json", EventSchemas.BATCH)
                            .body("application/json", EventSchemas.BARE)
                            .example("application/cloudevents+json", EventSchemas.example())
                            .example("application/json", EventSchemas.bareExample())
                            .answers("""
                                    {"accepted": [{"id": "271069", "source": "/ci/hello",
                                      "type": "dev.cdevents.artifact.published.0.2.0",
                                      "leadsTo": "Proposes hello 1.4.0: ./slipway watch hello@1.4.0"}]}"""),
                    Told.of(
                                    "GET /api/v1/front",
                                    "Tells where users reach applications: port and host names of this gateway")
                            .answers("""
                                    {"port": 8000, "tls": false, "hosts": {"hello/production": ["hello.localhost"]}}"""),
                    Told.of("GET /api/v1/openapi.json", "Shows this description")
                            .byFunction()));

    @Test
    void the_committed_description_is_that_of_the_controllers() {
        assertThat(API.committed()).isEqualTo(API.made());
    }

    @Test
    void its_examples_are_as_it_describes_them_and_are_taken() {
        assertThat(API.exampleFaults()).isEmpty();
        EventReader reader = new EventReader(new EventLimits(100_000, 10));
        assertThat(reader.read(
                        "application/cloudevents+json",
                        Map.of(),
                        EventSchemas.example().getBytes(StandardCharsets.UTF_8)))
                .hasSize(1);
        assertThat(reader.read(
                        "application/json", Map.of(), EventSchemas.bareExample().getBytes(StandardCharsets.UTF_8)))
                .hasSize(1);
    }

    @Test
    void where_applications_are_reached_is_written_as_described() {
        FrontView front = new FrontView(8000, false, Map.of("shop/production", List.of("shop.localhost")));

        assertThat(API.faults("GET /api/v1/front", front)).isEmpty();
    }

    @Test
    void what_was_acknowledged_is_written_as_described() {
        var accepted = Map.of(
                "accepted",
                List.of(Map.of("id", "1", "source", "/ci", "type", "dev.cdevents.branch", "leadsTo", "Nothing.")));

        assertThat(API.faults(EVENTS, accepted)).isEmpty();
    }
}
