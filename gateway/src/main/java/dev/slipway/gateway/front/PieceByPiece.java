package dev.slipway.gateway.front;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.AttributeKey;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxOperator;
import reactor.util.context.Context;

/**
 * A body that is asked for piece by piece, each only when the connection that it is written to has taken what came before.
 * Reactor Netty, left to itself, asks for 128 pieces ahead and puts whatever comes into that connection: one client that
 * does not read would have 10 MB of the gateway's memory, a thousand of them all that there is.
 */
final class PieceByPiece extends FluxOperator<ByteBuf, ByteBuf> {
    private static final AttributeKey<Pace> WAITS = AttributeKey.valueOf("slipway.pieceByPiece");

    private final Channel to;

    private PieceByPiece(Flux<ByteBuf> body, Channel to) {
        super(body);
        this.to = to;
    }

    /** @param to the connection, or the stream of HTTP/2, that the body is written to */
    static Flux<ByteBuf> of(Flux<ByteBuf> body, Channel to) {
        return new PieceByPiece(body, to);
    }

    @Override
    public void subscribe(CoreSubscriber<? super ByteBuf> writer) {
        source.subscribe(new Pace(writer, to));
    }

    /** In a connection that was full once: tells whoever waits that it takes more. */
    private static final class TakesMore extends ChannelInboundHandlerAdapter {
        @Override
        public void channelWritabilityChanged(ChannelHandlerContext context) {
            Pace waits = context.channel().attr(WAITS).get();
            if (waits != null && context.channel().isWritable()) {
                waits.goesOn();
            }
            context.fireChannelWritabilityChanged();
        }
    }

    /** One body's. What is counted here is touched by the event loop of the connection that it is written to, and by no other. */
    private static final class Pace implements CoreSubscriber<ByteBuf>, Subscription {
        private final CoreSubscriber<? super ByteBuf> writer;
        private final Channel to;
        private @Nullable Subscription body;
        private long wanted;
        private boolean underWay;
        private boolean waits;

        private Pace(CoreSubscriber<? super ByteBuf> writer, Channel to) {
            this.writer = writer;
            this.to = to;
        }

        @Override
        public Context currentContext() {
            return writer.currentContext();
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            body = subscription;
            writer.onSubscribe(this);
        }

        @Override
        public void request(long pieces) {
            if (to.eventLoop().inEventLoop()) {
                wants(pieces);
            } else {
                to.eventLoop().execute(() -> wants(pieces));
            }
        }

        private void wants(long pieces) {
            wanted = wanted + pieces < 0 ? Long.MAX_VALUE : wanted + pieces;
            next();
        }

        @Override
        public void onNext(ByteBuf piece) {
            writer.onNext(piece);
            if (to.eventLoop().inEventLoop()) {
                came();
            } else {
                to.eventLoop().execute(this::came); // after the writer, which goes there as well
            }
        }

        private void came() {
            underWay = false;
            next();
        }

        private void next() {
            Subscription asked = body;
            if (underWay || waits || wanted == 0 || asked == null) {
                return;
            }
            if (!to.isWritable() && to.isActive()) {
                await();
                return;
            }
            wanted--;
            underWay = true;
            asked.request(1);
        }

        private void await() {
            waits = true;
            if (to.pipeline().get(TakesMore.class) == null) {
                to.pipeline().addFirst(new TakesMore());
            }
            to.attr(WAITS).set(this);
        }

        private void goesOn() {
            leave();
            next();
        }

        private void leave() {
            waits = false;
            to.attr(WAITS).compareAndSet(this, null);
        }

        private void ends() {
            wanted = 0;
            leave();
        }

        @Override
        public void onError(Throwable failure) {
            end();
            writer.onError(failure);
        }

        @Override
        public void onComplete() {
            end();
            writer.onComplete();
        }

        @Override
        public void cancel() {
            end();
            Subscription asked = body;
            if (asked != null) {
                asked.cancel();
            }
        }

        private void end() {
            if (to.eventLoop().inEventLoop()) {
                ends();
            } else {
                to.eventLoop().execute(this::ends);
            }
        }
    }
}
