package dev.slipway.gateway.front;

import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import reactor.netty.NettyPipeline;

/**
 * Between the codec and everything else of a connection to a version. Writes the head as it is to be instead of the one
 * that the client makes; takes 1xx out of the way, which is no answer; and watches for the first byte. One connection's,
 * which carries one request at a time.
 */
final class SideHandler extends ChannelDuplexHandler {
    static final String NAME = "slipway.side";
    private static final int SWITCHING_PROTOCOLS = 101;
    private static final int CONTINUE = 100;
    private static final Pattern TIMEOUT = Pattern.compile("(?i).*\\btimeout=(\\d{1,6}).*");
    private static final long SAFETY_MILLIS = 1_000;

    private @Nullable HttpRequest head;
    private @Nullable Runnable onContinue;
    private @Nullable Switched onSwitch;
    private boolean waiting;
    private boolean sent;
    private boolean informational;
    private long lastWrite;
    private long bodyWithinNanos;
    private long firstByteWithinNanos;
    private @Nullable Future<?> look;
    private @Nullable ChannelHandlerContext context;
    private long idleMaxMillis = Long.MAX_VALUE;
    private OptionalLong resetCode = OptionalLong.empty();
    private boolean headOnly;
    private @Nullable RequestTrailers trailers;

    /** The version did not begin to answer in time. */
    static final class FirstByteLate extends RuntimeException {
        private FirstByteLate() {
            super("no first byte in time", null, false, false);
        }
    }

    /** The client did not go on with its body in time. */
    static final class BodyLate extends RuntimeException {
        private BodyLate() {
            super("the body did not go on", null, false, false);
        }
    }

    /** What the version agreed to that is no longer HTTP. */
    @FunctionalInterface
    interface Switched {
        /**
         * Takes the connection over.
         *
         * @param here this handler; what comes after the answer is passed on to the handlers after it, as bytes
         */
        void to(ChannelHandlerContext here, HttpResponse answer);
    }

    /** The version switched protocols unasked. */
    private static final class SwitchedUnasked extends RuntimeException {
        private SwitchedUnasked() {
            super("switched protocols unasked", null, false, false);
        }
    }

    /** Of a connection to a version; of HTTP/2, where each stream is a channel of its own, put there when it is needed. */
    static @Nullable SideHandler of(Channel channel) {
        SideHandler known = channel.pipeline().get(SideHandler.class);
        if (known == null && channel instanceof Http2StreamChannel) {
            known = new SideHandler();
            channel.pipeline().addAfter(NettyPipeline.H2ToHttp11Codec, NAME, known);
        }
        return known;
    }

    /**
     * A request begins on this connection.
     *
     * @param exact the head to write
     * @param bodyWithinNanos longest pause in its body
     * @param firstByteWithinNanos from the last byte of the request to the first of the answer; 0 for no limit
     * @param heard runs when the version asks for a body that is held back
     * @param after what may follow the body
     */
    void begin(
            HttpRequest exact,
            long bodyWithinNanos,
            long firstByteWithinNanos,
            @Nullable Runnable heard,
            @Nullable RequestTrailers after) {
        this.trailers = after;
        this.head = exact;
        this.onContinue = heard;
        this.onSwitch = null;
        this.bodyWithinNanos = bodyWithinNanos;
        this.firstByteWithinNanos = firstByteWithinNanos;
        this.waiting = true;
        this.sent = false;
    }

    /** The request asks to switch protocols: this runs if the version agrees. */
    void whenSwitched(Switched switched) {
        onSwitch = switched;
    }

    /** Why the version reset the stream of HTTP/2; empty if it did not. */
    OptionalLong resetCode() {
        return resetCode;
    }

    /** Whether the answer is a head and nothing else, as HTTP/2 can say. */
    boolean headOnly() {
        return headOnly;
    }

    /** How long the version keeps an idle connection, less a second, if it has said so. */
    long idleMaxMillis() {
        return idleMaxMillis;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
    }

    private void written(boolean last) {
        lastWrite = System.nanoTime();
        if (last || look == null) {
            sent = last;
            stopLooking();
            lookAfter(limit());
        }
    }

    private long limit() {
        return sent ? firstByteWithinNanos : bodyWithinNanos;
    }

    private void lookAfter(long nanos) {
        ChannelHandlerContext here = context;
        if (here != null && nanos > 0) {
            look = here.executor().schedule(this::look, nanos, TimeUnit.NANOSECONDS);
        }
    }

    private void look() {
        look = null;
        ChannelHandlerContext here = context;
        if (!waiting || here == null) {
            return;
        }
        long left = limit() - (System.nanoTime() - lastWrite);
        if (left > 0) {
            lookAfter(left);
            return;
        }
        waiting = false;
        boolean versions = sent || !here.channel().isWritable(); // else the client is the one that is waited for
        here.fireExceptionCaught(versions ? new FirstByteLate() : new BodyLate());
        var _ = here.close();
    }

    private void stopLooking() {
        Future<?> open = look;
        if (open != null) {
            open.cancel(false);
            look = null;
        }
    }

    private void over() {
        waiting = false;
        onContinue = null;
        stopLooking();
    }

    @Override
    public void write(ChannelHandlerContext here, Object message, ChannelPromise promise) {
        HttpRequest exact = head;
        Object written = message instanceof LastHttpContent last ? withTrailers(last) : message;
        if (exact != null && message instanceof HttpRequest) {
            head = null;
            written = message instanceof FullHttpRequest full
                    ? new DefaultFullHttpRequest(
                            exact.protocolVersion(),
                            exact.method(),
                            exact.uri(),
                            full.content(),
                            exact.headers(),
                            Objects.requireNonNullElse(trailers(), full.trailingHeaders()))
                    : exact;
        }
        if (waiting) {
            written(message instanceof LastHttpContent);
        }
        var _ = here.write(written, promise);
    }

    private @Nullable HttpHeaders trailers() {
        RequestTrailers after = trailers;
        return after == null ? null : after.lines();
    }

    /** The end of the body, as the client library writes it, with the lines that came after it. */
    private LastHttpContent withTrailers(LastHttpContent end) {
        HttpHeaders lines = trailers();
        return lines == null || end instanceof FullHttpRequest ? end : new DefaultLastHttpContent(end.content(), lines);
    }

    @Override
    public void channelRead(ChannelHandlerContext here, Object message) {
        if (message instanceof HttpResponse response) {
            if (isInformational(response)) {
                informational = !(message instanceof LastHttpContent);
                heard(response.status().code());
                ReferenceCountUtil.release(message);
                here.read();
                return;
            }
            over();
            if (response.status().code() == SWITCHING_PROTOCOLS) {
                switched(here, response);
                return;
            }
            headOnly = message instanceof FullHttpResponse;
            String kept = response.headers().get("keep-alive");
            if (kept != null) {
                idleMaxMillis = idleMax(kept);
            }
        } else if (informational && message instanceof LastHttpContent) {
            informational = false;
            ReferenceCountUtil.release(message);
            return;
        }
        here.fireChannelRead(message);
    }

    private void switched(ChannelHandlerContext here, HttpResponse response) {
        Switched asked = onSwitch;
        if (asked == null) {
            here.fireExceptionCaught(new SwitchedUnasked());
            var _ = here.close();
        } else {
            asked.to(here, response);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext here, Object event) {
        if (event instanceof Http2ResetFrame reset) {
            resetCode = OptionalLong.of(reset.errorCode());
        }
        here.fireUserEventTriggered(event);
    }

    private static boolean isInformational(HttpResponse response) {
        return response.decoderResult().isSuccess()
                && response.status().codeClass() == HttpStatusClass.INFORMATIONAL
                && response.status().code() != SWITCHING_PROTOCOLS;
    }

    private void heard(int status) {
        Runnable asked = onContinue;
        if (status == CONTINUE && asked != null) {
            onContinue = null;
            asked.run();
        }
    }

    private static long idleMax(String keepAlive) {
        Matcher timeout = TIMEOUT.matcher(keepAlive);
        return timeout.matches()
                ? Math.max(0, TimeUnit.SECONDS.toMillis(Long.parseLong(timeout.group(1))) - SAFETY_MILLIS)
                : Long.MAX_VALUE;
    }

    @Override
    public void channelInactive(ChannelHandlerContext here) {
        over();
        here.fireChannelInactive();
    }
}
