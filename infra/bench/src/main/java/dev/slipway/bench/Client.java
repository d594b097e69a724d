package dev.slipway.bench;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A client of many connections on one thread, each of which asks again once it is answered. */
final class Client implements AutoCloseable {
    private static final int AGAIN_MILLIS = 20;
    private static final int OPENED_AT_ONCE = 100;
    private static final int SLOW_BYTES = 1_024;
    private static final int SLOW_WINDOW_BYTES = 4_096;
    private static final long CLOSING_SECONDS_MAX = 10;
    private static final int CONNECT_MILLIS_MAX = 5_000;

    private final MultiThreadIoEventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final EventLoop loop = loops.next();
    private final Semaphore enough = new Semaphore(0);
    private final AtomicLong numbers = new AtomicLong(System.currentTimeMillis() * 1_000);

    /** One order under way. */
    private final class Running {
        private final Order order;
        private final InetSocketAddress address;
        private final List<Exchange> exchanges;
        private final Score score;
        private final ChannelGroup channels = new DefaultChannelGroup(loop);
        private int begun;

        private Running(Order order) {
            this.order = order;
            int colon = order.address().lastIndexOf(':');
            this.address = new InetSocketAddress(
                    order.address().substring(0, colon),
                    Integer.parseInt(order.address().substring(colon + 1)));
            List<String> bearers = order.tokens().isEmpty() ? List.of("") : order.tokens();
            this.exchanges =
                    bearers.stream().map(token -> Exchange.of(order, token)).toList();
            long from = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(order.warmUpMillis());
            this.score = new Score(from, from + TimeUnit.MILLISECONDS.toNanos(order.millis()));
        }

        /** Not all at once: a queue of connections that wait to be taken would be what is measured. */
        private void open() {
            int some = Math.min(OPENED_AT_ONCE, order.connections() - begun);
            for (int i = 0; i < some; i++) {
                connect(exchanges.get(begun++ % exchanges.size()));
            }
            if (begun < order.connections()) {
                var _ = loop.schedule(this::open, AGAIN_MILLIS, TimeUnit.MILLISECONDS);
            }
        }

        private void connect(Exchange exchange) {
            boolean slow = order.work() == Work.SLOW_READER;
            Bootstrap bootstrap = new Bootstrap()
                    .group(loop)
                    .channel(NioSocketChannel.class)
                    .option(ChannelOption.TCP_NODELAY, true)
                    .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS_MAX)
                    .option(ChannelOption.AUTO_READ, !slow)
                    .handler(new ChannelInitializer<Channel>() {
                        @Override
                        protected void initChannel(Channel channel) {
                            channels.add(channel);
                            channel.pipeline()
                                    .addLast(new Asking(
                                            order, exchange, score, numbers::incrementAndGet, () -> again(exchange)));
                        }
                    });
            if (slow) {
                bootstrap
                        .option(ChannelOption.SO_RCVBUF, SLOW_WINDOW_BYTES)
                        .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(SLOW_BYTES));
            }
            var _ = bootstrap.connect(address).addListener(connected -> {
                if (!connected.isSuccess() && !score.over(System.nanoTime())) {
                    score.failed("no connection: " + connected.cause());
                    again(exchange);
                }
            });
        }

        private void again(Exchange exchange) {
            if (!score.over(System.nanoTime())) {
                var _ = loop.schedule(() -> connect(exchange), AGAIN_MILLIS, TimeUnit.MILLISECONDS);
            }
        }
    }

    /** Does what is ordered, and returns when its time is over and its connections are closed. */
    Tally run(Order order) throws InterruptedException {
        Running running = loop.submit(() -> new Running(order)).sync().getNow();
        enough.drainPermits();
        loop.execute(running::open);
        boolean _ = enough.tryAcquire(order.warmUpMillis() + order.millis(), TimeUnit.MILLISECONDS);
        Tally tally = loop.submit(running.score::end).sync().getNow();
        var _ = running.channels.close().await(CLOSING_SECONDS_MAX, TimeUnit.SECONDS);
        return tally;
    }

    /** Ends what is under way before its time. */
    void enough() {
        enough.release();
    }

    @Override
    public void close() {
        var _ = loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
}
