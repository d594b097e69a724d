package dev.slipway.gateway.front;

import dev.slipway.contracts.traffic.TrafficTable.Protocol;
import dev.slipway.contracts.traffic.TrafficTable.Share;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.ChannelOption;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import reactor.netty.Connection;
import reactor.netty.NettyPipeline;
import reactor.netty.http.HttpProtocol;
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
    private final ConnectionProvider streams;
    private final HttpClient client;
    private final HttpClient http2Client;
    private final Map<URI, Way> ways = new ConcurrentHashMap<>();
    private final Map<URI, Way> http2Ways = new ConcurrentHashMap<>();

    /**
     * How a version is reached.
     *
     * @param client speaks to it
     * @param url where its connections go
     * @param base what its paths begin with; mostly empty
     */
    record Way(HttpClient client, URI url, String base) {}

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
        this.streams = ConnectionProvider.builder("front-http2")
                .maxConnections(settings.http2().connectionsMax())
                .pendingAcquireMaxCount(-1) // as many as are under way, which is bounded by side
                .pendingAcquireTimeout(settings.connectWithin())
                .evictInBackground(LOOK_FOR_IDLE_EVERY)
                .maxIdleTime(settings.keepAlive())
                .disposeInactivePoolsInBackground(LOOK_FOR_IDLE_EVERY, FORGET_POOL_AFTER)
                .build();
        this.client = client(connections, settings)
                .doOnChannelInit((_, channel, _) -> channel.pipeline()
                        .addAfter(NettyPipeline.HttpCodec, SideHandler.NAME, new SideHandler())
                        .addAfter(NettyPipeline.HttpCodec, FlushTogether.NAME, new FlushTogether()));
        this.http2Client = client(streams, settings)
                .protocol(HttpProtocol.H2C)
                .http2Settings(spec ->
                        spec.initialWindowSize((int) settings.http2().window().toBytes()));
    }

    @SuppressWarnings("deprecation") // the codec cuts what it reads into pieces of 8 KiB unless it is told another size
    private HttpClient client(ConnectionProvider provider, FrontSettings settings) {
        return HttpClient.create(provider)
                .runOn(loops)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                        settings.connectWithin().toMillis())
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.RECVBUF_ALLOCATOR, new AdaptiveRecvByteBufAllocator(64, PIECE_FIRST, PIECE_MAX))
                .httpResponseDecoder(spec -> spec.maxHeaderSize(
                                (int) settings.answerHeadersMax().toBytes())
                        .maxChunkSize(PIECE_MAX));
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
        Map<URI, Way> known = share.protocol() == Protocol.H2C ? http2Ways : ways;
        Way way = known.get(share.address());
        return way != null ? way : make(share, known);
    }

    private Way make(Share share, Map<URI, Way> known) {
        if (known.size() >= KEPT_MAX) {
            known.clear(); // versions come and go; who is still there is made again
        }
        URI address = share.address();
        boolean secure = "https".equalsIgnoreCase(address.getScheme());
        String path = address.getRawPath() == null ? "" : address.getRawPath();
        String base = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        String url = (secure ? "https://" : "http://") + address.getRawAuthority() + "/";
        Way way = new Way(client(share.protocol(), secure), URI.create(url), base);
        known.put(address, way);
        return way;
    }

    private HttpClient client(Protocol protocol, boolean secure) {
        return switch (protocol) {
            case HTTP_1_1 -> secure ? client.secure() : client;
            case H2C -> secure ? http2Client.protocol(HttpProtocol.H2).secure() : http2Client;
        };
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
        streams.dispose();
        loops.dispose();
    }
}
