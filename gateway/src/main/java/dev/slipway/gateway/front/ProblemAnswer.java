package dev.slipway.gateway.front;

import dev.slipway.gateway.passing.AnswerHead;
import dev.slipway.gateway.passing.Refusal;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** Writes what the front answers itself. */
final class ProblemAnswer {
    private final String retryAfter;

    ProblemAnswer(Duration retryAfter) {
        this.retryAfter = Long.toString(Math.max(1, retryAfter.plusMillis(999).toSeconds()));
    }

    /** @param version of the release that is to blame; null if none is */
    Mono<Void> send(HttpServerRequest request, HttpServerResponse response, Refusal refusal, @Nullable String version) {
        byte[] document = refusal.json().getBytes(StandardCharsets.UTF_8);
        HttpHeaders headers = response.responseHeaders();
        headers.clear();
        headers.set("Content-Type", "application/problem+json");
        headers.setInt("Content-Length", document.length);
        if (refusal.retry()) {
            headers.set("Retry-After", retryAfter);
        }
        if (version != null) {
            headers.set(AnswerHead.VERSION_HEADER, version);
        }
        if (refusal.closes() || request.version().equals(HttpVersion.HTTP_1_0)) {
            response.keepAlive(false);
        }
        return response.status(refusal.status())
                .send(Mono.just(Unpooled.wrappedBuffer(document)))
                .then();
    }
}
