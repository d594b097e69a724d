package dev.slipway.gateway.front;

import dev.slipway.gateway.passing.Refusal;
import dev.slipway.gateway.passing.RequestLine;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.AttributeKey;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Between the codec and everything else of a client's connection. What a request asks for is kept as it was sent, in a line
 * of its head that nobody else can write, and what is handed on asks for {@code /}: the server and Spring refuse targets
 * that browsers send. A request that cannot be read is handed on as one that says so, because answers keep the order of
 * their requests. One connection's.
 */
final class SentForm extends ChannelDuplexHandler {
    static final String NAME = "slipway.sentForm";
    static final String TARGET = "slipway-sent-target";
    static final String REFUSED = "slipway-sent-refused";
    /** A head that is written instead of the one that the server makes. */
    static final AttributeKey<HttpHeaders> EXACT_HEAD = AttributeKey.valueOf("slipway.exactHead");

    private final Queue<Object> ahead = new ArrayDeque<>();
    private boolean over;
    private boolean answering;
    private boolean wantsMore;

    /** Requests that were sent ahead wait here: the server loses what waits behind one that asks it to close. */
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!ahead.isEmpty() || (answering && message instanceof HttpRequest)) {
            ahead.add(message);
        } else {
            pass(context, message);
        }
    }

    private void pass(ChannelHandlerContext context, Object message) {
        if (over) {
            ReferenceCountUtil.release(message);
        } else if (message instanceof HttpRequest request) {
            answering = true;
            received(context, request);
        } else {
            context.fireChannelRead(message);
        }
    }

    /** No more is read while something waits, so that nobody can fill the memory by sending ahead. */
    @Override
    public void read(ChannelHandlerContext context) {
        wantsMore = !ahead.isEmpty();
        if (!wantsMore) {
            context.read();
        }
    }

    private void answered(ChannelHandlerContext context) {
        answering = false;
        while (context.channel().isActive() && mayPass(ahead.peek())) {
            pass(context, ahead.remove());
        }
        if (ahead.isEmpty() && wantsMore) {
            wantsMore = false;
            context.read();
        }
    }

    private boolean mayPass(@Nullable Object next) {
        return next != null && !(answering && next instanceof HttpRequest);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        ahead.forEach(ReferenceCountUtil::release);
        ahead.clear();
    }

    private void received(ChannelHandlerContext context, HttpRequest request) {
        HttpHeaders headers = request.headers();
        headers.remove(REFUSED);
        Refusal refusal = refusal(request);
        if (refusal == null) {
            RequestLine line = RequestLine.of(request.uri(), headers.getAll(HttpHeaderNames.HOST), isOld(request));
            refusal = line.refusal();
            if (refusal == null) {
                headers.set(TARGET, line.target());
                if (line.host() != null) {
                    headers.set(HttpHeaderNames.HOST, line.host());
                }
                request.setUri("/");
                context.fireChannelRead(request);
                return;
            }
        }
        over = true;
        ReferenceCountUtil.release(request);
        context.fireChannelRead(refused(refusal));
        context.fireChannelRead(LastHttpContent.EMPTY_LAST_CONTENT);
    }

    private static boolean isOld(HttpRequest request) {
        return request.protocolVersion().compareTo(HttpVersion.HTTP_1_1) < 0;
    }

    private static HttpRequest refused(Refusal refusal) {
        HttpRequest request = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/");
        request.headers().set(HttpHeaderNames.HOST, "refused");
        request.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        request.headers().set(REFUSED, refusal.code());
        return request;
    }

    private static @Nullable Refusal refusal(HttpRequest request) {
        if (request.decoderResult().isFailure()) {
            return switch (request.decoderResult().cause()) {
                case TooLongHttpLineException _ -> Refusal.LINE_TOO_LONG;
                case TooLongHttpHeaderException _ -> Refusal.HEADERS_TOO_LARGE;
                default ->
                    request.headers().contains(HttpHeaderNames.TRANSFER_ENCODING)
                                    || request.headers().contains(HttpHeaderNames.CONTENT_LENGTH)
                            ? Refusal.AMBIGUOUS_LENGTH
                            : Refusal.MALFORMED;
            };
        }
        HttpVersion version = request.protocolVersion();
        if (!version.equals(HttpVersion.HTTP_1_1) && !version.equals(HttpVersion.HTTP_1_0)) {
            return Refusal.VERSION_NOT_SUPPORTED;
        }
        if (HttpMethod.CONNECT.equals(request.method())) {
            return Refusal.NO_TUNNELS;
        }
        return isChunkedOrPlain(request.headers()) ? null : Refusal.AMBIGUOUS_LENGTH;
    }

    /** Any other coding would be read by some as a body in chunks and by others as none. */
    private static boolean isChunkedOrPlain(HttpHeaders headers) {
        String coding = headers.get(HttpHeaderNames.TRANSFER_ENCODING);
        return coding == null
                || (HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(coding.strip())
                        && headers.getAll(HttpHeaderNames.TRANSFER_ENCODING).size() == 1);
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
        if (message instanceof HttpResponse response && context.channel().hasAttr(EXACT_HEAD)) {
            HttpHeaders exact = context.channel().attr(EXACT_HEAD).getAndSet(null);
            if (exact != null) {
                boolean closes = HttpHeaderValues.CLOSE.contentEqualsIgnoreCase(
                        response.headers().get(HttpHeaderNames.CONNECTION, ""));
                response.headers().set(exact);
                if (closes) {
                    response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
                }
            }
        }
        boolean last = message instanceof LastHttpContent
                && !(message instanceof HttpResponse response
                        && response.status().codeClass() == HttpStatusClass.INFORMATIONAL);
        ChannelPromise heard = last ? promise.unvoid() : promise;
        if (last) {
            heard.addListener(_ -> context.executor().execute(() -> answered(context)));
        }
        super.write(context, message, heard);
    }
}
