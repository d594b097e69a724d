package dev.slipway.gateway.front;

import dev.slipway.contracts.traffic.TrafficTable.Protocol;
import dev.slipway.gateway.passing.AnswerHead;
import dev.slipway.gateway.passing.AnswerHead.Framing;
import dev.slipway.gateway.passing.GrpcStatus;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
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

    private static final String GRPC_STATUS = "grpc-status";

    private final Duration countWithin;
    private final BooleanSupplier leaving;

    /** @param leaving whether the front ends, so that no connection is kept */
    AnswerRelay(Duration countWithin, BooleanSupplier leaving) {
        this.countWithin = countWithin;
        this.leaving = leaving;
    }

    /**
     * Relays an answer, from its head to its trailers.
     *
     * @param cookie to set, if any
     * @param heldBack whether the client holds its body back still; then it is not clear what it sends next
     * @param headOnly whether it is a head and nothing else, as a call of gRPC that fails at once
     */
    Mono<Void> relay(
            HttpServerRequest request,
            HttpServerResponse response,
            HttpClientResponse answer,
            ByteBufFlux body,
            Visit visit,
            @Nullable String cookie,
            boolean heldBack,
            boolean headOnly) {
        int status = answer.status().code();
        visit.begins(status);
        boolean old = request.version().equals(HttpVersion.HTTP_1_0);
        Framing framing = framing(request, answer, old);
        head(response, answer, framing, visit, cookie);
        if (old || heldBack || leaving.getAsBoolean()) {
            response.keepAlive(false);
        }
        boolean call = GrpcStatus.endsWithOne(answer.responseHeaders().get(HttpHeaderNames.CONTENT_TYPE));
        HttpHeaders trailers = framing == Framing.CHUNKED || call ? trailers(response, answer) : null;
        if (call && trailers != null) {
            visit.isCall(
                    () -> trailers.get(GRPC_STATUS, answer.responseHeaders().get(GRPC_STATUS)));
        }
        if (headOnly && channel(response) instanceof Http2StreamChannel) {
            return body.then(); // the server ends what has no body with its head
        }
        if (framing == Framing.NONE || framing == Framing.NONE_OF_CHUNKS) {
            keepExact(response, status);
            return response.sendHeaders().then(body.then()).then();
        }
        Channel client = channel(response);
        Future<?> counting = client.eventLoop().schedule(visit::goesOn, countWithin.toNanos(), TimeUnit.NANOSECONDS);
        return response.send(PieceByPiece.of(body.retain(), client)).then().doFinally(_ -> counting.cancel(false));
    }

    private static Channel channel(HttpServerResponse response) {
        Channel[] channel = new Channel[1];
        response.withConnection(connection -> channel[0] = connection.channel());
        return channel[0];
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
        if (visit.share().protocol() == Protocol.H2C) {
            SentStreams.OF_THE_CODEC.forEach(answer.responseHeaders()::remove);
        }
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
    private static HttpHeaders trailers(HttpServerResponse response, HttpClientResponse answer) {
        HttpHeaders came = UNCHECKED.newHeaders();
        answer.trailerHeaders().subscribe(came::add);
        response.trailerHeaders(client -> came.forEach(line -> {
            try {
                client.add(line.getKey(), line.getValue());
            } catch (IllegalArgumentException notInATrailer) {
                // RFC 9110 section 6.5.1: these lines say nothing where they stand
            }
        }));
        return came;
    }

    /**
     * Ends the connection, which is how a client can tell that the answer is not whole; of HTTP/2 the stream alone.
     *
     * @param reset why the version reset its stream, if it did
     */
    Mono<Void> breakOff(HttpServerResponse response, OptionalLong reset) {
        response.withConnection(connection -> {
            Channel channel = connection.channel();
            if (channel instanceof Http2StreamChannel) {
                long code = reset.orElse(Http2Error.INTERNAL_ERROR.code());
                var _ = channel.writeAndFlush(new DefaultHttp2ResetFrame(code));
                return;
            }
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
