package dev.slipway.gateway.front;

import dev.slipway.gateway.passing.AnswerHead;
import dev.slipway.gateway.passing.AnswerHead.Framing;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * Writes a version's answer to the client while it comes. What is there is sent at once; pieces that come together go
 * together. An answer that breaks off breaks off for the client too.
 */
final class AnswerRelay {
    private static final DefaultHttpHeadersFactory UNCHECKED =
            DefaultHttpHeadersFactory.headersFactory().withValidation(false); // the codec has checked them

    private final Duration countWithin;

    AnswerRelay(Duration countWithin) {
        this.countWithin = countWithin;
    }

    /**
     * Relays an answer, from its head to its trailers.
     *
     * @param cookie to set, if any
     * @param heldBack whether the client holds its body back still; then it is not clear what it sends next
     */
    Mono<Void> relay(
            HttpServerRequest request,
            HttpServerResponse response,
            HttpClientResponse answer,
            ByteBufFlux body,
            Visit visit,
            @Nullable String cookie,
            boolean heldBack) {
        int status = answer.status().code();
        visit.begins(status);
        boolean old = request.version().equals(HttpVersion.HTTP_1_0);
        Framing framing = framing(request, answer, old);
        head(response, answer, framing, visit, cookie);
        if (old || heldBack) {
            response.keepAlive(false);
        }
        if (framing == Framing.NONE || framing == Framing.NONE_OF_CHUNKS) {
            keepExact(response, status);
            return response.sendHeaders().then(body.then()).then();
        }
        if (framing == Framing.CHUNKED) {
            trailers(response, answer);
        }
        Channel[] channel = new Channel[1];
        response.withConnection(connection -> channel[0] = connection.channel());
        Future<?> counting =
                channel[0].eventLoop().schedule(visit::goesOn, countWithin.toNanos(), TimeUnit.NANOSECONDS);
        return response.send(body.retain()).then().doFinally(_ -> counting.cancel(false));
    }

    private static Framing framing(HttpServerRequest request, HttpClientResponse answer, boolean old) {
        HttpHeaders headers = answer.responseHeaders();
        return AnswerHead.framing(
                request.method().equals(HttpMethod.HEAD),
                answer.status().code(),
                headers.contains(HttpHeaderNames.CONTENT_LENGTH),
                headers.contains(HttpHeaderNames.TRANSFER_ENCODING),
                !old);
    }

    private static void head(
            HttpServerResponse response,
            HttpClientResponse answer,
            Framing framing,
            Visit visit,
            @Nullable String cookie) {
        response.status(answer.status());
        HttpHeaders client = response.responseHeaders();
        client.clear();
        AnswerHead.edit(
                answer.responseHeaders()::iteratorCharSequence,
                answer.status().code(),
                framing,
                visit.share().version(),
                cookie,
                client::add);
    }

    /** The server takes the length out of a 304, which is that of another answer and belongs to it. */
    private static void keepExact(HttpServerResponse response, int status) {
        if (status == 304) {
            HttpHeaders exact = UNCHECKED.newHeaders().set(response.responseHeaders());
            response.withConnection(
                    connection -> connection.channel().attr(SentForm.EXACT_HEAD).set(exact));
        }
    }

    /** They are there when the body has ended, which is when the server asks for them. */
    private static void trailers(HttpServerResponse response, HttpClientResponse answer) {
        HttpHeaders came = UNCHECKED.newHeaders();
        answer.trailerHeaders().subscribe(came::add);
        response.trailerHeaders(client -> came.forEach(line -> {
            try {
                client.add(line.getKey(), line.getValue());
            } catch (IllegalArgumentException notInATrailer) {
                // RFC 9110 section 6.5.1: these lines say nothing where they stand
            }
        }));
    }

    /** Ends the connection, which is how a client can tell that the answer is not whole. */
    Mono<Void> breakOff(HttpServerResponse response) {
        response.withConnection(connection -> {
            Channel channel = connection.channel();
            if (response.responseHeaders().contains(HttpHeaderNames.TRANSFER_ENCODING)
                    || response.responseHeaders().contains(HttpHeaderNames.CONTENT_LENGTH)) {
                channel.flush();
            } else {
                channel.config().setOption(ChannelOption.SO_LINGER, 0); // a plain end would look like the answer's
            }
            var _ = channel.close();
        });
        return Mono.never();
    }
}
