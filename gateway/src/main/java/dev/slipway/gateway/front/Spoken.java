package dev.slipway.gateway.front;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpServerUpgradeHandler;
import io.netty.handler.codec.http2.CleartextHttp2ServerUpgradeHandler.PriorKnowledgeUpgradeEvent;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.time.Duration;
import reactor.netty.NettyPipeline;

/**
 * Puts our handlers into a client's connection once it is known what is spoken there: with TLS when both have agreed on it
 * (ALPN), in clear text when the first bytes have come (prior knowledge). The upgrade from HTTP/1.1 to HTTP/2 that clients
 * may offer is not taken up: the server would hold the request's body in memory for it, and RFC 9113 no longer has it.
 */
final class Spoken extends ChannelInboundHandlerAdapter {
    private static final String NAME = "slipway.spoken";

    private final Duration clientIdle;

    private Spoken(Duration clientIdle) {
        this.clientIdle = clientIdle;
    }

    /** A connection has come; nothing of it is read yet. */
    static void on(Channel channel, Duration clientIdle) {
        ChannelPipeline pipeline = channel.pipeline();
        Spoken spoken = new Spoken(clientIdle);
        if (pipeline.get(NettyPipeline.H2OrHttp11Codec) != null) {
            pipeline.addAfter(NettyPipeline.H2OrHttp11Codec, NAME, spoken);
            return;
        }
        HttpServerUpgradeHandler offered = pipeline.get(HttpServerUpgradeHandler.class);
        if (offered != null) {
            pipeline.addBefore(pipeline.context(offered).name(), NAME, spoken);
        }
        http1(pipeline);
    }

    private static void http1(ChannelPipeline pipeline) {
        if (pipeline.get(NettyPipeline.HttpTrafficHandler) != null) {
            pipeline.addBefore(NettyPipeline.HttpTrafficHandler, FlushTogether.NAME, new FlushTogether());
            pipeline.addBefore(NettyPipeline.HttpTrafficHandler, SentForm.NAME, new SentForm());
        }
    }

    private void http2(ChannelPipeline pipeline) {
        if (pipeline.get(NettyPipeline.H2MultiplexHandler) != null) {
            pipeline.addBefore(NettyPipeline.H2MultiplexHandler, SentStreams.NAME, new SentStreams(clientIdle));
        }
    }

    /** The first request of HTTP/1.1 in clear text. */
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ChannelPipeline pipeline = context.pipeline();
        if (pipeline.get(HttpServerUpgradeHandler.class) != null) {
            pipeline.remove(HttpServerUpgradeHandler.class);
        }
        context.fireChannelRead(message);
        if (!context.isRemoved()) {
            pipeline.remove(this);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        ChannelPipeline pipeline = context.pipeline();
        if (event instanceof PriorKnowledgeUpgradeEvent) {
            pipeline.remove(FlushTogether.NAME);
            pipeline.remove(SentForm.NAME);
            http2(pipeline);
            pipeline.remove(this);
        } else if (event instanceof SslHandshakeCompletionEvent shaken && shaken.isSuccess()) {
            http1(pipeline);
            http2(pipeline);
            pipeline.remove(this);
        }
        context.fireUserEventTriggered(event);
    }
}
