package dev.slipway.gateway.front;

import dev.slipway.gateway.passing.Refusal;
import dev.slipway.gateway.passing.RequestLine;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.HttpConversionUtil.ExtensionHeaderNames;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What {@link SentForm} is for HTTP/1.1, for a client's connection of HTTP/2: before its streams are taken apart, what each
 * asks for is kept as it was sent. One connection's.
 */
final class SentStreams extends ChannelDuplexHandler {
    static final String NAME = "slipway.sentStreams";
    /** Lines that the codec adds to what came, for its own use. */
    static final List<String> OF_THE_CODEC = Arrays.stream(ExtensionHeaderNames.values())
            .map(name -> name.text().toString())
            .toList();

    private static final String GRPC_STATUS = "grpc-status";

    private final long idleNanos;
    private long lastRequestAt = System.nanoTime();

    SentStreams(Duration clientIdle) {
        this.idleNanos = clientIdle.toNanos();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        lookAfter(context, idleNanos);
    }

    private void lookAfter(ChannelHandlerContext context, long nanos) {
        var _ = context.executor().schedule(() -> look(context), nanos, TimeUnit.NANOSECONDS);
    }

    /** A connection without a request under way ends; the server's own look at it would count silent streams as none. */
    private void look(ChannelHandlerContext context) {
        if (!context.channel().isActive()) {
            return;
        }
        Http2FrameCodec codec = context.pipeline().get(Http2FrameCodec.class);
        long left = idleNanos - (System.nanoTime() - lastRequestAt);
        if (codec == null || codec.connection().numActiveStreams() > 0) {
            lookAfter(context, idleNanos);
        } else if (left > 0) {
            lookAfter(context, left);
        } else {
            var _ = context.close();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof Http2HeadersFrame frame && frame.headers().method() != null) {
            lastRequestAt = System.nanoTime();
            received(frame.headers());
        }
        context.fireChannelRead(message);
    }

    private static void received(Http2Headers headers) {
        headers.remove(SentForm.REFUSED);
        CharSequence path = headers.path();
        CharSequence authority = headers.authority();
        if (authority != null) {
            headers.remove(HttpHeaderNames.HOST);
        }
        List<String> hosts = authority != null
                ? List.of(authority.toString())
                : headers.getAll(HttpHeaderNames.HOST).stream()
                        .map(CharSequence::toString)
                        .toList();
        if (path == null || "CONNECT".contentEquals(headers.method())) {
            refused(headers, Refusal.NO_TUNNELS);
            return;
        }
        RequestLine line = RequestLine.of(path.toString(), hosts, false);
        Refusal refusal = line.refusal();
        if (refusal != null) {
            refused(headers, refusal);
            return;
        }
        headers.set(SentForm.TARGET, line.target());
        headers.path("/");
    }

    private static void refused(Http2Headers headers, Refusal refusal) {
        headers.method("GET");
        headers.path("/");
        headers.set(SentForm.REFUSED, refusal.code());
    }

    /** A call that fails at once is a head and nothing else; a length, which the server adds, is none of it. */
    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (message instanceof Http2HeadersFrame frame
                && frame.isEndStream()
                && frame.headers().contains(GRPC_STATUS)) {
            frame.headers().remove(HttpHeaderNames.CONTENT_LENGTH);
        }
        var _ = context.write(message, promise);
    }
}
