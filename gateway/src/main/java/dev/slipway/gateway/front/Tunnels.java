package dev.slipway.gateway.front;

import dev.slipway.contracts.EnvironmentId;
import dev.slipway.gateway.live.LiveTraffic;
import dev.slipway.gateway.passing.AnswerHead;
import dev.slipway.gateway.passing.AnswerHead.Framing;
import dev.slipway.gateway.split.Choosing;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpServerCodec;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import reactor.netty.NettyPipeline;

/**
 * The WebSockets that are open. Each stays with the version that took its handshake; when that one loses its share, and when
 * nothing has come for long, it is told to close, and cut off where it does not.
 */
final class Tunnels {
    private static final String NAME = "slipway.tunnel";

    private final LiveTraffic traffic;
    private final Choosing choosing;
    private final FrontSettings.WebSockets settings;
    private final Clock clock;
    private final ScheduledExecutorService timer;
    private final AtomicBoolean looking = new AtomicBoolean();
    private final Set<Tunnel> open = ConcurrentHashMap.newKeySet();
    private final Map<Of, AtomicInteger> counts = new ConcurrentHashMap<>();

    /** One version of an environment. */
    private record Of(EnvironmentId environment, String key) {}

    Tunnels(
            LiveTraffic traffic,
            Choosing choosing,
            FrontSettings.WebSockets settings,
            Clock clock,
            ScheduledExecutorService timer) {
        this.traffic = traffic;
        this.choosing = choosing;
        this.settings = settings;
        this.clock = clock;
        this.timer = timer;
    }

    /** How many are open. */
    int size() {
        return open.size();
    }

    /** Keeps a place for one more; false if there is none. What is kept is given back by {@link #leave}. */
    boolean enter(EnvironmentId environment, String key) {
        boolean[] entered = new boolean[1];
        counts.compute(new Of(environment, key), (_, held) -> {
            AtomicInteger count = held == null ? new AtomicInteger() : held;
            entered[0] = count.get() < settings.max();
            if (entered[0]) {
                count.incrementAndGet();
            }
            return count.get() == 0 ? null : count;
        });
        return entered[0];
    }

    void leave(EnvironmentId environment, String key) {
        counts.computeIfPresent(new Of(environment, key), (_, count) -> count.decrementAndGet() == 0 ? null : count);
    }

    /**
     * The version has taken a handshake: the client hears of it, and from then on both ends have each other.
     *
     * @param version the handler of its connection that heard the answer
     * @param cookie to set for the client, if any
     * @param over runs when it has ended
     */
    void lay(
            Channel client,
            ChannelHandlerContext version,
            HttpResponse answer,
            Visit visit,
            @Nullable String cookie,
            Runnable over) {
        Tunnel tunnel = new Tunnel(client, version.channel(), visit, ended -> {
            open.remove(ended);
            over.run();
        });
        open.add(tunnel);
        lookLater();
        client.pipeline()
                .addBefore(client.pipeline().context(HttpServerCodec.class).name(), NAME, tunnel.ofClient());
        version.pipeline().addAfter(version.name(), NAME, tunnel.ofVersion());
        visit.tunnels(answer.status().code());
        var _ = client.pipeline().context(NAME).writeAndFlush(head(client, answer, visit, cookie));
        version.pipeline().remove(NettyPipeline.HttpCodec); // what it has read beyond the head comes now
        client.config().setAutoRead(true);
        version.channel().config().setAutoRead(true);
        if (!client.isActive()) {
            tunnel.cut();
        }
    }

    private static ByteBuf head(Channel client, HttpResponse answer, Visit visit, @Nullable String cookie) {
        StringBuilder head =
                new StringBuilder("HTTP/1.1 ").append(answer.status()).append("\r\n");
        AnswerHead.edit(
                answer.headers()::iteratorCharSequence,
                answer.status().code(),
                Framing.NONE,
                visit.share().version(),
                cookie,
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        head.append("\r\n");
        return ByteBufUtil.encodeString(client.alloc(), CharBuffer.wrap(head), StandardCharsets.ISO_8859_1);
    }

    /** Nobody looks while none is open. */
    private void lookLater() {
        if (!open.isEmpty() && looking.compareAndSet(false, true)) {
            var _ = timer.schedule(
                    () -> {
                        try {
                            look();
                        } finally {
                            looking.set(false);
                            lookLater();
                        }
                    },
                    settings.lookEvery().toNanos(),
                    TimeUnit.NANOSECONDS);
        }
    }

    private void look() {
        long now = System.nanoTime();
        for (Tunnel tunnel : open) {
            if (tunnel.toldLongAgo(now, settings.closeWithin().toNanos())) {
                tunnel.cut();
            } else if (!tunnel.told()
                    && (tunnel.idleNanos(now) > settings.idle().toNanos()
                            || !choosing.serves(
                                    traffic.tables(), tunnel.environment(), tunnel.key(), clock.instant()))) {
                tunnel.tellToClose();
            }
        }
    }
}
