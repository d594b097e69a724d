package dev.slipway.gateway.front;

import dev.slipway.gateway.passing.RequestHead;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.LastHttpContent;
import org.jspecify.annotations.Nullable;
import reactor.netty.NettyPipeline;

/**
 * Keeps what follows a request's body, which the server drops, until the body is written to the version. One request's: it
 * is put into the client's connection, or stream of HTTP/2, when the head has come, and is gone with the body's end.
 */
final class RequestTrailers extends ChannelInboundHandlerAdapter {
    private static final String NAME = "slipway.requestTrailers";

    private @Nullable LastHttpContent end;

    /** Of a request whose head has just come and whose body has not. */
    static RequestTrailers await(Channel client) {
        RequestTrailers awaited = new RequestTrailers();
        ChannelPipeline pipeline = client.pipeline();
        if (pipeline.get(NAME) != null) {
            pipeline.remove(NAME);
        }
        if (pipeline.get(NettyPipeline.H2ToHttp11Codec) != null) {
            pipeline.addAfter(NettyPipeline.H2ToHttp11Codec, NAME, awaited);
        } else if (pipeline.get(SentForm.NAME) != null) {
            pipeline.addAfter(SentForm.NAME, NAME, awaited);
        }
        return awaited;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof LastHttpContent last) {
            if (!last.trailingHeaders().isEmpty()) {
                keep(last.trailingHeaders());
            }
            context.pipeline().remove(this);
        }
        context.fireChannelRead(message);
    }

    private void keep(HttpHeaders came) {
        LastHttpContent kept = new DefaultLastHttpContent();
        RequestHead.trailers(came::iteratorCharSequence, (name, value) -> {
            try {
                kept.trailingHeaders().add(name, value);
            } catch (IllegalArgumentException notInATrailer) {
                // RFC 9110 section 6.5.1: these lines say nothing where they stand
            }
        });
        end = kept;
    }

    /** What ends the body: that alone, or with the lines that came after it. Their names and values are the client's. */
    @Nullable
    HttpHeaders lines() {
        LastHttpContent kept = end;
        return kept == null || kept.trailingHeaders().isEmpty() ? null : kept.trailingHeaders();
    }
}
