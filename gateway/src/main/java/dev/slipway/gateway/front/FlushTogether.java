package dev.slipway.gateway.front;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.FullHttpMessage;
import io.netty.handler.codec.http.HttpMessage;

/**
 * Sends a head together with what of its body comes in the same turn of the event loop, in one system call instead of two.
 * The server writes a body only once its head has been written, so the head is taken as written, and flushed when the turn
 * is over: that is at once for whoever waits. One connection's.
 */
final class FlushTogether extends ChannelOutboundHandlerAdapter {
    static final String NAME = "slipway.flushTogether";

    private boolean headWritten;

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (message instanceof HttpMessage && !(message instanceof FullHttpMessage)) {
            headWritten = true;
            var _ = context.write(message);
            promise.trySuccess();
        } else {
            var _ = context.write(message, promise);
        }
    }

    @Override
    public void flush(ChannelHandlerContext context) {
        if (headWritten) {
            headWritten = false;
            context.executor().execute(context::flush);
        } else {
            context.flush();
        }
    }
}
