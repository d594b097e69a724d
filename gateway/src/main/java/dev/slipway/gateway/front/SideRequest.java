package dev.slipway.gateway.front;

import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.traffic.TrafficTable.Protocol;
import dev.slipway.gateway.front.SideFailures.BodyTooLarge;
import dev.slipway.gateway.front.SideFailures.ClientGone;
import dev.slipway.gateway.passing.GrpcStatus;
import dev.slipway.gateway.passing.Refusal;
import dev.slipway.gateway.passing.RequestHead;
import dev.slipway.gateway.passing.RequestLine;
import dev.slipway.gateway.passing.SideFailure;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http2.Http2StreamChannel;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.NettyOutbound;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** Sends a request to the version that was chosen, byte by byte as it came, and has its answer relayed. */
final class SideRequest {
    private static final DefaultHttpHeadersFactory UNCHECKED =
            DefaultHttpHeadersFactory.headersFactory().withValidation(false); // the codec has checked them

    private final SideClients clients;
    private final AnswerRelay relay;
    private final ProblemAnswer problems;
    private final FrontSettings settings;
    private final Tunnels tunnels;
    private final BiPredicate<EnvironmentId, String> runs;
    private final String issuer;

    /** @param runs whether it is known at present that a version runs, by its share's key */
    SideRequest(
            SideClients clients,
            AnswerRelay relay,
            ProblemAnswer problems,
            FrontSettings settings,
            Tunnels tunnels,
            BiPredicate<EnvironmentId, String> runs,
            String issuer) {
        this.clients = clients;
        this.tunnels = tunnels;
        this.relay = relay;
        this.problems = problems;
        this.settings = settings;
        this.runs = runs;
        this.issuer = issuer;
    }

    /**
     * Sends it, and once more where that is allowed and no answer came.
     *
     * @param cookie to set for the client, if any
     * @param probe whether it is one of our own
     * @param webSocket whether it asks for a WebSocket, for which a place is kept
     */
    Mono<Void> send(
            HttpServerRequest request,
            HttpServerResponse response,
            Visit visit,
            @Nullable String cookie,
            boolean probe,
            boolean webSocket) {
        SideClients.Way way = clients.to(visit.share());
        HttpRequest head = head(request, visit, way, probe, webSocket);
        Sending sending = new Sending(request, visit, way, head, webSocket ? new Handshake(visit, cookie) : null);
        Mono<Void> sent = sent(sending, response, visit, cookie);
        return webSocket ? sent.doFinally(_ -> sending.leavesUnlaid()) : sent;
    }

    private Mono<Void> sent(Sending sending, HttpServerResponse response, Visit visit, @Nullable String cookie) {
        HttpServerRequest request = sending.request;
        return once(sending, response, visit, cookie)
                .onErrorResume(thrown -> {
                    SideFailure failure = SideFailures.of(thrown, visit.begun());
                    return failure.triedAgain(request.method().name(), sending.body)
                            ? once(sending, response, visit, cookie)
                            : Mono.error(thrown);
                })
                .doOnSuccess(_ -> visit.ends())
                .doOnCancel(() -> visit.leave(!sending.body))
                .onErrorResume(thrown -> failed(sending, response, visit, SideFailures.of(thrown, visit.begun())));
    }

    private Mono<Void> once(Sending sending, HttpServerResponse response, Visit visit, @Nullable String cookie) {
        return sending.way
                .client()
                .request(sending.request.method())
                .uri(sending.way.url())
                .send((_, out) -> sending.to(out))
                .response((answer, body) -> relay.relay(
                        sending.request, response, answer, body, visit, cookie, sending.heldBack(), sending.headOnly()))
                .then();
    }

    private Mono<Void> failed(Sending sending, HttpServerResponse response, Visit visit, SideFailure failure) {
        if (sending.isLaid()) {
            return Mono.never(); // the tunnel ends with its connections
        }
        boolean away = failure.mayBeAway(sending.request.method().name(), sending.body) && !stillRuns(visit);
        if (away) {
            visit.findsNobody();
        } else {
            visit.fails(failure);
        }
        OptionalLong reset = sending.resetCode();
        if (response.hasSentHeaders() || (reset.isPresent() && sending.isCall())) {
            return relay.breakOff(response, reset);
        }
        return problems.send(
                sending.request,
                response,
                away ? Refusal.COMING_BACK : failure.told(visit.share().version()),
                visit.share().version());
    }

    /**
     * Whether the version ran when it was chosen, as far as is known, and runs still. A table that came while the request was
     * on its way says nothing of what was chosen by the one before: that nobody had confirmed it is still so, and where it
     * says that the version ended with Slipway, this is why it did not answer.
     */
    private boolean stillRuns(Visit visit) {
        return visit.runs()
                && runs.test(visit.destination().environment(), visit.share().key());
    }

    private HttpRequest head(
            HttpServerRequest request, Visit visit, SideClients.Way way, boolean probe, boolean webSocket) {
        boolean http2 = visit.share().protocol() == Protocol.H2C;
        String target = way.base() + visit.destination().target();
        HttpRequest exact = new DefaultHttpRequest(
                HttpVersion.HTTP_1_1, request.method(), http2 ? RequestLine.ascii(target) : target, UNCHECKED);
        HttpHeaders sent = request.requestHeaders();
        HttpHeaders headers = exact.headers();
        if (!sent.contains(HttpHeaderNames.HOST)) {
            headers.add(HttpHeaderNames.HOST, visit.share().address().getRawAuthority());
        }
        sent.remove(SentForm.TARGET);
        SentStreams.OF_THE_CODEC.forEach(sent::remove);
        RequestHead.Way came = new RequestHead.Way(
                issuer,
                probe,
                sent.get(HttpHeaderNames.HOST),
                request.scheme(),
                client(request.remoteAddress()),
                visit.destination().prefix(),
                trace(),
                webSocket ? RequestHead.Kept.UPGRADE : http2 ? RequestHead.Kept.TRAILERS : RequestHead.Kept.NOTHING);
        RequestHead.edit(sent::iteratorCharSequence, came, headers::add);
        return exact;
    }

    private static String client(@Nullable InetSocketAddress remote) {
        return remote == null || remote.getAddress() == null
                ? "unknown"
                : remote.getAddress().getHostAddress();
    }

    private static String trace() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        HexFormat hex = HexFormat.of();
        return "00-" + hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong() | 1) + "-"
                + hex.toHexDigits(random.nextLong() | 1) + "-01";
    }

    /** A WebSocket that is asked for. */
    private final class Handshake {
        private final Visit visit;
        private final @Nullable String cookie;
        private boolean laid;

        private Handshake(Visit visit, @Nullable String cookie) {
            this.visit = visit;
            this.cookie = cookie;
        }

        private void taken(Channel client, ChannelHandlerContext version, HttpResponse answer) {
            laid = true;
            tunnels.lay(client, version, answer, visit, cookie, this::leave);
        }

        private void leave() {
            tunnels.leave(visit.destination().environment(), visit.share().key());
        }
    }

    /** One request as it is sent, possibly twice. */
    private final class Sending {
        private final HttpServerRequest request;
        private final Visit visit;
        private final SideClients.Way way;
        private final HttpRequest head;
        private final boolean body;
        private final boolean expects;
        private final boolean call;
        private final @Nullable Handshake handshake;
        private final @Nullable RequestTrailers trailers;
        private final Sinks.Empty<Void> wanted = Sinks.empty();
        private boolean asked;
        private long bytes;
        private @Nullable SideHandler side;

        private Sending(
                HttpServerRequest request,
                Visit visit,
                SideClients.Way way,
                HttpRequest head,
                @Nullable Handshake handshake) {
            this.handshake = handshake;
            this.call = GrpcStatus.endsWithOne(head.headers().get(HttpHeaderNames.CONTENT_TYPE));
            this.request = request;
            this.visit = visit;
            this.way = way;
            this.head = head;
            HttpHeaders headers = head.headers();
            String length = headers.get(HttpHeaderNames.CONTENT_LENGTH);
            this.body = headers.contains(HttpHeaderNames.TRANSFER_ENCODING)
                    || (length != null && !length.strip().equals("0"));
            this.expects = body
                    && !isCollected(request.method())
                    && HttpHeaderValues.CONTINUE.contentEqualsIgnoreCase(headers.get(HttpHeaderNames.EXPECT, ""));
            this.trailers = body ? trailers(request, length == null) : null;
        }

        /** A body whose length is told has lines after it in HTTP/2 alone. */
        private static @Nullable RequestTrailers trailers(HttpServerRequest request, boolean inChunks) {
            RequestTrailers[] awaited = new RequestTrailers[1];
            request.withConnection(client -> {
                if (inChunks || client.channel() instanceof Http2StreamChannel) {
                    awaited[0] = RequestTrailers.await(client.channel());
                }
            });
            return awaited[0];
        }

        /** The client library sends the body of these whole, together with the head. */
        private static boolean isCollected(HttpMethod method) {
            return HttpMethod.GET.equals(method) || HttpMethod.HEAD.equals(method) || HttpMethod.DELETE.equals(method);
        }

        /** Whether the client waits for leave to send its body, and has not got it. */
        boolean heldBack() {
            return expects && !asked;
        }

        /** Whether it is a call of gRPC, whose messages may come as late and be as many as they like. */
        boolean isCall() {
            return call;
        }

        boolean isLaid() {
            return handshake != null && handshake.laid;
        }

        void leavesUnlaid() {
            if (handshake != null && !handshake.laid) {
                handshake.leave();
            }
        }

        boolean headOnly() {
            return side != null && side.headOnly();
        }

        OptionalLong resetCode() {
            return side == null ? OptionalLong.empty() : side.resetCode();
        }

        private void begin(Channel version) {
            SideHandler found = SideHandler.of(version);
            side = found;
            if (found == null) {
                return;
            }
            long bodyWithin = call ? 0 : settings.bodyReadWithin().toNanos();
            found.begin(head, bodyWithin, visit.firstByteWithinNanos(), expects ? this::want : null, trailers);
            if (handshake != null) {
                request.withConnection(client ->
                        found.whenSwitched((here, answer) -> handshake.taken(client.channel(), here, answer)));
            }
        }

        private Publisher<Void> to(NettyOutbound out) {
            Channel[] version = new Channel[1];
            out.withConnection(connection -> {
                version[0] = connection.channel();
                begin(connection.channel());
                if (expects) {
                    var _ = connection
                            .channel()
                            .eventLoop()
                            .schedule(this::want, settings.continueWithin().toNanos(), TimeUnit.NANOSECONDS);
                }
            });
            if (!body) {
                return out;
            }
            Flux<ByteBuf> bounded = request.receive()
                    .onErrorMap(_ -> new ClientGone())
                    .handle((piece, sink) -> {
                        bytes += piece.readableBytes();
                        if (bytes > visit.bodyMaxBytes() && !call) {
                            sink.error(new BodyTooLarge());
                        } else {
                            sink.next(piece.retain());
                        }
                    });
            Flux<ByteBuf> sent = expects ? wanted.asMono().thenMany(bounded) : bounded;
            return out.send(PieceByPiece.of(sent, version[0]));
        }

        private void want() {
            asked = true;
            wanted.tryEmitEmpty();
        }
    }
}
