package dev.slipway.gateway.intake;

import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.JsonNode;

/** Looks something up at release-service, on behalf of whoever sent an event and with their token. */
public interface Lookup {
    /**
     * Looks at one path of the API.
     *
     * @param path below the address of the service, such as {@code /api/v1/releases/hello@1.0.0}
     * @param token the caller's
     * @return completes normally, whatever comes
     */
    CompletableFuture<Looked> look(String path, String token);

    /** What was seen. */
    sealed interface Looked {
        /** It is there. */
        record Found(JsonNode body) implements Looked {}

        /** There is no such thing. */
        record Missing() implements Looked {}

        /** Nobody could say, or not in time. */
        record Unknown() implements Looked {}
    }
}
