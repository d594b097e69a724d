package dev.slipway.gateway.front;

import dev.slipway.contracts.EnvironmentId;
import dev.slipway.gateway.passing.FrameTrack;
import dev.slipway.gateway.passing.WebSockets;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/**
 * A WebSocket after its handshake: bytes in, bytes out, between a client and a version. Frames are only followed, so that a
 * Close can be put in between two of them; subprotocols, extensions and lengths are the two ends' own. Who reads slowly
 * stops the other from being read, so no more is held than what is under way.
 *
 * <p>Each direction is its source's thread's; the rest may be called from any.
 */
final class Tunnel {
    private final EnvironmentId environment;
    private final String key;
    private final Visit visit;
    private final Consumer<Tunnel> over;
    private final Direction toVersion;
    private final Direction toClient;
    private volatile long lastByteAt = System.nanoTime();
    private volatile long toldAt;
    private volatile boolean told;
    private boolean ended;

    /**
     * Not yet carrying anything.
     *
     * @param over runs once it is
     */
    Tunnel(Channel client, Channel version, Visit visit, Consumer<Tunnel> over) {
        this.environment = visit.destination().environment();
        this.key = visit.share().key();
        this.visit = visit;
        this.over = over;
        this.toVersion = new Direction(client, version, true);
        this.toClient = new Direction(version, client, false);
    }

    EnvironmentId environment() {
        return environment;
    }

    String key() {
        return key;
    }

    /** What takes the bytes of the client; the first handler of its connection that sees them in clear. */
    ChannelInboundHandlerAdapter ofClient() {
        return toVersion;
    }

    /** What takes the bytes of the version. */
    ChannelInboundHandlerAdapter ofVersion() {
        return toClient;
    }

    long idleNanos(long now) {
        return now - lastByteAt;
    }

    /** Whether it was told to close at least so long ago. */
    boolean toldLongAgo(long now, long nanos) {
        return told && now - toldAt >= nanos;
    }

    boolean told() {
        return told;
    }

    /** Tells both ends 1001, between two frames. Whoever does not end then is cut off. */
    void tellToClose() {
        toldAt = System.nanoTime();
        told = true;
        toVersion.from.eventLoop().execute(toVersion::tell);
        toClient.from.eventLoop().execute(toClient::tell);
    }

    /** Ends both connections as they are. */
    void cut() {
        var _ = toVersion.from.close();
        var _ = toClient.from.close();
    }

    /** One direction; sits in the connection that its bytes come from. */
    private final class Direction extends ChannelInboundHandlerAdapter {
        private final Channel from;
        private final Channel to;
        private final boolean masked;
        private final FrameTrack track = new FrameTrack();
        private boolean closeDue;
        private volatile boolean closePutIn;
        private volatile boolean closed;

        private Direction(Channel from, Channel to, boolean masked) {
            this.from = from;
            this.to = to;
            this.masked = masked;
        }

        private Direction other() {
            return this == toVersion ? toClient : toVersion;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (!(message instanceof ByteBuf bytes)) {
                ReferenceCountUtil.release(message); // the end of the handshake, as the codec tells it
                return;
            }
            lastByteAt = System.nanoTime();
            int start = bytes.readerIndex();
            int end = bytes.writerIndex();
            if (closePutIn) {
                track.follow(bytes::getByte, start, end);
                bytes.release(); // after a Close nothing may follow
                closed = track.closed();
                endIfBothHave();
                return;
            }
            if (closeDue) {
                int boundary = track.toBoundary(bytes::getByte, start, end);
                boolean reached = track.atBoundary();
                write(bytes.readRetainedSlice(boundary - start));
                if (reached) {
                    putCloseIn();
                    track.follow(bytes::getByte, boundary, end);
                }
                bytes.release();
            } else {
                track.follow(bytes::getByte, start, end);
                write(bytes);
            }
            closed = track.closed();
            endIfBothHave();
        }

        private void write(ByteBuf bytes) {
            var _ = other().context().write(bytes);
            if (!to.isWritable()) {
                from.config().setAutoRead(false);
                if (to.isWritable()) {
                    from.config().setAutoRead(true); // it could in the meantime, on its own thread
                }
            }
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            other().context().flush();
            context.fireChannelReadComplete();
        }

        private ChannelHandlerContext context() {
            return from.pipeline().context(this);
        }

        private void tell() {
            if (!from.isActive() || closed) {
                return; // it has said so itself
            }
            closeDue = true;
            if (track.atBoundary()) {
                putCloseIn();
            }
        }

        private void putCloseIn() {
            closePutIn = true;
            byte[] close =
                    WebSockets.goingAway(masked ? ThreadLocalRandom.current().nextInt() : null);
            var _ = other().context().writeAndFlush(Unpooled.wrappedBuffer(close));
            from.config().setAutoRead(true); // what comes is thrown away, up to the answer to our Close
        }

        /** Once both have said Close there is nothing more to say; the server ends the connection (section 7.1.1). */
        private void endIfBothHave() {
            if (told && closed && other().closed) {
                cut();
            }
        }

        /** The one that reads from here can take more. */
        @Override
        public void channelWritabilityChanged(ChannelHandlerContext context) {
            if (from.isWritable()) {
                other().from.config().setAutoRead(true);
            }
            context.fireChannelWritabilityChanged();
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            ended(this);
            context.fireChannelInactive();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            var _ = context.close(); // the connection broke
        }
    }

    /** The first of two connections ended. A version that ends one without a word has broken off. */
    private synchronized void ended(Direction first) {
        if (ended) {
            return;
        }
        ended = true;
        boolean brokeOff = first == toClient && !told && !toClient.closed && !toVersion.closed;
        visit.tunnelEnds(brokeOff);
        over.accept(this);
        if (first.to.isActive()) {
            var _ = first.other()
                    .context()
                    .writeAndFlush(Unpooled.EMPTY_BUFFER)
                    .addListener(ChannelFutureListener.CLOSE);
        }
    }
}
