package dev.slipway.gateway.front;

import dev.slipway.contracts.traffic.TrafficTable.Share;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.ChannelOption;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import reactor.netty.Connection;
import reactor.netty.NettyPipeline;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;

/**
 * The connections to the versions, on the very loops that serve the clients, so that a request never changes its thread.
 * A client follows nothing, adds nothing and understands nothing: it carries.
 */
final class SideClients implements AutoCloseable {
    /** Bytes that are read, and handed on, at a time: large answers cost by the piece. */
    static final int PIECE_MAX = 128 * 1024;

    private static final int PIECE_FIRST = 4 * 1024;
    private static final int KEPT_MAX = 10_000;
    private static final Duration LOOK_FOR_IDLE_EVERY = Duration.ofSeconds(5);
    private static final Duration FORGET_POOL_AFTER = Duration.ofMinutes(5);

    private final LoopResources loops;
    private final ConnectionProvider connections;
    private final HttpClient client;
    private final Map<URI, Way> ways = new ConcurrentHashMap<>();

    /**
     * How a version is reached.
     *
     * @param client speaks to it
     * @param url where its connections go
     * @param base what its paths begin with; mostly empty
     */
    record Way(HttpClient client, URI url, String base) {}

    @SuppressWarnings("deprecation") // the codec cuts what it reads into pieces of 8 KiB unless it is told another size
    SideClients(FrontSettings settings) {
        this.loops = LoopResources.create("front", 1, settings.eventLoops(), true);
        this.connections = ConnectionProvider.builder("front")
                .maxConnections(settings.connectionsMax())
                .pendingAcquireMaxCount(0)
                .lifo()
                .evictInBackground(LOOK_FOR_IDLE_EVERY)
                .evictionPredicate((connection, use) -> isOver(connection, use.idleTime(), settings.keepAlive()))
                .disposeInactivePoolsInBackground(LOOK_FOR_IDLE_EVERY, FORGET_POOL_AFTER)
                .build();
        this.client = HttpClient.create(connections)
                .runOn(loops)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                        settings.connectWithin().toMillis())
                .option(ChannelOption.TCP_NODELAY, true)
                .httpResponseDecoder(spec -> spec.maxHeaderSize(
                                (int) settings.answerHeadersMax().toBytes())
                        .maxChunkSize(PIECE_MAX))
                .option(ChannelOption.RECVBUF_ALLOCATOR, new AdaptiveRecvByteBufAllocator(64, PIECE_FIRST, PIECE_MAX))
                .doOnChannelInit((_, channel, _) -> channel.pipeline()
                        .addAfter(NettyPipeline.HttpCodec, SideHandler.NAME, new SideHandler())
                        .addAfter(NettyPipeline.HttpCodec, FlushTogether.NAME, new FlushTogether()));
    }

    /** A connection that the version would close soon, or that it has closed, is not used again. */
    private static boolean isOver(Connection connection, long idleMillis, Duration keepAlive) {
        if (!connection.channel().isActive()) {
            return true;
        }
        SideHandler side = SideHandler.of(connection.channel());
        return idleMillis >= Math.min(keepAlive.toMillis(), side == null ? Long.MAX_VALUE : side.idleMaxMillis());
    }

    Way to(Share share) {
        Way known = ways.get(share.address());
        return known != null ? known : make(share.address());
    }

    private Way make(URI address) {
        if (ways.size() >= KEPT_MAX) {
            ways.clear(); // versions come and go; who is still there is made again
        }
        boolean secure = "https".equalsIgnoreCase(address.getScheme());
        String path = address.getRawPath() == null ? "" : address.getRawPath();
        String base = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        String url = (secure ? "https://" : "http://") + address.getRawAuthority() + "/";
        Way way = new Way(secure ? client.secure() : client, URI.create(url), base);
        ways.put(address, way);
        return way;
    }

    LoopResources loops() {
        return loops;
    }

    ConnectionProvider connections() {
        return connections;
    }

    @Override
    public void close() {
        connections.dispose();
        loops.dispose();
    }
}
