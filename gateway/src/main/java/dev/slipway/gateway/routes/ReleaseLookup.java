package dev.slipway.gateway.routes;

import dev.slipway.contracts.WireJson;
import dev.slipway.gateway.intake.Lookup;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.web.util.UriUtils;
import tools.jackson.core.JacksonException;

/** Looks over the route that callers themselves could take: one instance, once, and whatever goes wrong is not known. */
final class ReleaseLookup implements Lookup {
    private static final int FOUND = 200;
    private static final int MISSING = 404;
    private static final long BYTES_MAX = 1 << 20;

    private final HttpClient client;
    private final List<URI> addresses;
    private final Duration within;
    private final AtomicInteger turn = new AtomicInteger();

    ReleaseLookup(HttpClient client, List<URI> addresses, Duration within) {
        this.client = client;
        this.addresses = List.copyOf(addresses);
        this.within = within;
    }

    @Override
    public CompletableFuture<Looked> look(String path, String token) {
        URI address = addresses.get(Math.floorMod(turn.getAndIncrement(), addresses.size()));
        try {
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create(address + UriUtils.encodePath(path, StandardCharsets.UTF_8)))
                    .header("Authorization", "Bearer " + token)
                    .timeout(within)
                    .GET()
                    .build();
            return client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), BYTES_MAX))
                    .handle((answer, trouble) -> trouble == null ? seen(answer) : new Looked.Unknown());
        } catch (IllegalArgumentException illegal) {
            return CompletableFuture.completedFuture(new Looked.Missing()); // no address at all: nothing is called so
        }
    }

    private static Looked seen(HttpResponse<byte[]> answer) {
        if (answer.statusCode() == MISSING) {
            return new Looked.Missing();
        }
        if (answer.statusCode() != FOUND) {
            return new Looked.Unknown();
        }
        try {
            return new Looked.Found(WireJson.mapper().readTree(answer.body()));
        } catch (JacksonException unreadable) {
            return new Looked.Unknown();
        }
    }
}
