package dev.slipway.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The description that the gateway serves against the routes that it has. */
final class OpenApiIT {
    private static final Set<String> OWN = Set.of("/api/v1/events", "/api/v1/front", "/api/v1/openapi.json");

    private static Backend services;
    private static RunningGateway gateway;

    private record Operation(String method, String path, String role) {
        String address() {
            return path.replace("{id}", "hello@1.0.0")
                    .replace("{service}", "release-service")
                    .replaceAll("\\{\\w+}", "hello");
        }
    }

    @BeforeAll
    static void start() {
        services = Backend.answering(200, "{}");
        gateway = RunningGateway.start(
                "slipway.routes.release=" + services.address(),
                "slipway.routes.validation=" + services.address(),
                "slipway.routes.deployment=" + services.address(),
                "slipway.routes.notification=" + services.address());
    }

    @AfterAll
    static void stop() {
        gateway.close();
        services.close();
    }

    @Test
    void each_operation_is_routed_for_each_role_that_it_names() {
        List<Operation> operations = operations();
        assertThat(operations).hasSizeGreaterThan(15);

        for (Operation operation : operations) {
            int before = services.asked().size();
            int status = ask(operation).statusCode();

            assertThat(status).as("%s", operation).isNotIn(401, 403, 404, 405, 503);
            assertThat(services.asked().size() - before)
                    .as("requests that reached a service: %s", operation)
                    .isEqualTo(OWN.contains(operation.path()) ? 0 : 1);
        }
    }

    @Test
    void each_operation_is_refused_to_whoever_has_no_role() {
        for (Operation operation : operations()) {
            assertThat(ask(new Operation(operation.method(), operation.path(), "none"))
                            .statusCode())
                    .as("%s", operation)
                    .isEqualTo(403);
        }
    }

    @Test
    void what_is_not_described_is_not_routed() {
        assertThat(ask(new Operation("GET", "/api/v1/nothing", "viewer")).statusCode())
                .isEqualTo(404);
    }

    private static List<Operation> operations() {
        HttpResponse<String> answer =
                gateway.send(gateway.as("viewer", "/api/v1/openapi.json").GET());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        List<Operation> operations = new ArrayList<>();
        for (Map.Entry<String, JsonNode> path :
                JsonMapper.shared().readTree(answer.body()).required("paths").properties()) {
            for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
                String method = operation.getKey().toUpperCase(Locale.ROOT);
                for (JsonNode security : operation.getValue().required("security")) {
                    String role = security.required("bearer").required(0).asString();
                    operations.add(new Operation(method, path.getKey(), role));
                }
            }
        }
        return operations;
    }

    private static HttpResponse<String> ask(Operation operation) {
        return gateway.send(gateway.as(operation.role(), operation.address())
                .header("Content-Type", "application/json")
                .method(
                        operation.method(),
                        operation.method().equals("GET") ? BodyPublishers.noBody() : BodyPublishers.ofString("{}")));
    }
}
