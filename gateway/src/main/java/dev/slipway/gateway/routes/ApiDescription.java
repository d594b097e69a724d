package dev.slipway.gateway.routes;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.servlet.function.RequestPredicates;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code GET /api/v1/openapi.json}: the description of the whole API. Made at the first request of the services' own, which
 * come with the contracts, so that it is whole when a service is not.
 */
final class ApiDescription {
    private static final String BASE = "openapi/base.json";
    private static final List<String> PARTS = List.of(
            "gateway",
            "release-service",
            "validation-service",
            "deployment-service",
            "notification-service",
            "deadletters");

    private final Supplier<byte[]> document = SingletonSupplier.of(ApiDescription::merged);

    RouterFunction<ServerResponse> route() {
        return RouterFunctions.route()
                .route(
                        RequestPredicates.methods(HttpMethod.GET, HttpMethod.HEAD)
                                .and(RequestPredicates.path("/api/v1/openapi.json")),
                        _ -> ServerResponse.ok()
                                .contentType(MediaType.APPLICATION_JSON)
                                .body(document.get()))
                .build();
    }

    static byte[] merged() {
        return JsonMapper.shared().writeValueAsBytes(document());
    }

    static JsonNode document() {
        return MergedDescription.of(
                read(BASE),
                PARTS.stream()
                        .map(part -> read("dev/slipway/contracts/openapi/" + part + ".json"))
                        .toList());
    }

    private static JsonNode read(String resource) {
        try (InputStream in = new ClassPathResource(resource).getInputStream()) {
            return JsonMapper.shared().readTree(in);
        } catch (IOException broken) {
            throw new UncheckedIOException("The description of the API lacks " + resource, broken);
        }
    }
}
