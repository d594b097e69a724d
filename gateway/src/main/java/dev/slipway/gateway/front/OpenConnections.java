package dev.slipway.gateway.front;

import io.netty.channel.Channel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import reactor.netty.channel.ChannelOperations;

/**
 * The connections of clients, which end before what their requests need does. A server of Reactor Netty that stops waits for
 * requests that are under way, but neither waits for nor closes what it accepts in that very moment.
 */
final class OpenConnections {
    private final ChannelGroup open = new DefaultChannelGroup("front", GlobalEventExecutor.INSTANCE);
    private volatile boolean leaving;
    private volatile boolean left;

    /** On the channel's own loop. */
    void add(Channel client) {
        open.add(client);
        if (left) {
            var _ = client.close();
        }
    }

    /** From now on each answer says that its connection ends with it. */
    void leave() {
        leaving = true;
    }

    boolean leaving() {
        return leaving;
    }

    /** Once nobody listens any more: what has no request under way ends, and what has one ends with its answer. */
    void end(Duration within) {
        left = true;
        open.forEach(client -> client.eventLoop().execute(() -> {
            if (ChannelOperations.get(client) == null) {
                var _ = client.close();
            }
        }));
        open.newCloseFuture().awaitUninterruptibly(within.toMillis(), TimeUnit.MILLISECONDS);
    }
}
