package dev.slipway.gateway.front;

import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

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
    private boolean waiting;
    private boolean informational;
    private long lastWrite;
    private long firstByteWithinNanos;
    private @Nullable Future<?> look;
    private @Nullable ChannelHandlerContext context;
    private long idleMaxMillis = Long.MAX_VALUE;

    /** The version did not begin to answer in time. */
    static final class FirstByteLate extends RuntimeException {
        private FirstByteLate() {
            super("no first byte in time", null, false, false);
        }
    }

    static @Nullable SideHandler of(Channel channel) {
        return channel.pipeline().get(SideHandler.class);
    }

    /**
     * A request begins on this connection.
     *
     * @param exact the head to write
     * @param firstByteWithinNanos from the last byte of the request that was sent to the first of the answer; 0 for no limit
     * @param heard runs when the version asks for a body that is held back
     */
    void begin(HttpRequest exact, long firstByteWithinNanos, @Nullable Runnable heard) {
        this.head = exact;
        this.onContinue = heard;
        this.firstByteWithinNanos = firstByteWithinNanos;
        this.lastWrite = System.nanoTime();
        this.waiting = true;
        if (firstByteWithinNanos > 0) {
            lookAfter(firstByteWithinNanos);
        }
    }

    /** How long the version keeps an idle connection, less a second, if it has said so. */
    long idleMaxMillis() {
        return idleMaxMillis;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
    }

    private void lookAfter(long nanos) {
        ChannelHandlerContext here = context;
        if (here != null) {
            look = here.executor().schedule(this::look, nanos, TimeUnit.NANOSECONDS);
        }
    }

    private void look() {
        look = null;
        ChannelHandlerContext here = context;
        if (!waiting || here == null) {
            return;
        }
        long left = firstByteWithinNanos - (System.nanoTime() - lastWrite);
        if (left > 0) {
            lookAfter(left);
            return;
        }
        waiting = false;
        here.fireExceptionCaught(new FirstByteLate());
        var _ = here.close();
    }

    private void over() {
        waiting = false;
        onContinue = null;
        Future<?> open = look;
        if (open != null) {
            open.cancel(false);
            look = null;
        }
    }

    @Override
    public void write(ChannelHandlerContext here, Object message, ChannelPromise promise) {
        HttpRequest exact = head;
        Object written = message;
        if (exact != null && message instanceof HttpRequest) {
            head = null;
            written = message instanceof FullHttpRequest full
                    ? new DefaultFullHttpRequest(
                            exact.protocolVersion(),
                            exact.method(),
                            exact.uri(),
                            full.content(),
                            exact.headers(),
                            full.trailingHeaders())
                    : exact;
        }
        if (waiting) {
            lastWrite = System.nanoTime();
        }
        var _ = here.write(written, promise);
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
