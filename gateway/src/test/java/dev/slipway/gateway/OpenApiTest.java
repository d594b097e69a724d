package dev.slipway.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.traffic.FrontView;
import dev.slipway.testkit.openapi.ServiceDescription;
import dev.slipway.testkit.openapi.Told;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code -Dslipway.openapi.rewrite=true} writes the gateway's own part again after a controller has changed. */
final class OpenApiTest {
    private static final String EVENTS = "POST /api/v1/events";
    private static final String EVENT = """
            {"type": "object", "required": ["specversion", "id", "source", "type", "data"],
             "description": "CloudEvents 1.0, structured mode; the data is a CDEvent.",
             "properties": {
               "specversion": {"type": "string", "const": "1.0"}, "id": {"type": "string"},
               "source": {"type": "string", "format": "uri-reference"}, "type": {"type": "string"},
               "datacontenttype": {"type": "string"}, "data": {"type": "object"}}}""";
    private static final String EVENT_LIST = "{\"type\": \"array\", \"items\": " + EVENT + "}";
    private static final String CD_EVENT = """
            {"type": "object",
             "description": "CloudEvents 1.0, binary mode: a CDEvent, the attributes in the headers ce-specversion, ce-id, ce-source and ce-type."}""";

    private static final ServiceDescription API = ServiceDescription.of(
            "gateway",
            "dev.slipway.gateway",
            new GatewayAccess().accessRules(),
            List.of(
                    Told.of(EVENTS, "Takes in CI events: one, one in binary mode, or several at once")
                            .success(202)
                            .refusals(415)
                            .body("application/cloudevents+json", EVENT)
                            .body("application/cloudevents-batch+json", EVENT_LIST)
                            .body("application/json", CD_EVENT),
                    Told.of(
                            "GET /api/v1/front",
                            "Tells where users reach applications: port and host names of this gateway"),
                    Told.of("GET /api/v1/openapi.json", "Shows this description")
                            .byFunction()));

    @Test
    void the_committed_description_is_that_of_the_controllers() {
        assertThat(API.committed()).isEqualTo(API.made());
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
