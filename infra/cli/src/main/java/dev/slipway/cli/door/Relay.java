package dev.slipway.cli.door;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One connection passed on: bytes both ways as they came, an end of one direction as an end of that direction, a reset as a
 * reset. Nothing is read as anything, so that TLS, HTTP/2 and WebSockets pass.
 */
final class Relay {
    /** Two of them for each connection, outside the heap: as many bytes again as the heap has would be too many. */
    private static final int PIECE_BYTES = 4_096;

    private static final int DIRECTIONS = 2;
    private static final int AT_ONCE = 0;

    private final SocketChannel client;
    private final SocketChannel server;
    private final Runnable ended;
    private final AtomicInteger directions = new AtomicInteger(DIRECTIONS);
    private volatile boolean clientSpokeLast = true;
    private volatile long spokeAtNanos = System.nanoTime();

    /** @param ended told once, when both directions have ended */
    Relay(SocketChannel client, SocketChannel server, Runnable ended) {
        this.client = client;
        this.server = server;
        this.ended = ended;
    }

    void start() throws IOException {
        client.setOption(StandardSocketOptions.TCP_NODELAY, true);
        server.setOption(StandardSocketOptions.TCP_NODELAY, true);
        Thread.ofVirtual().name("to-server").start(() -> run(client, server, true));
        Thread.ofVirtual().name("to-client").start(() -> run(server, client, false));
    }

    boolean goesOutFrom(SocketAddress address) {
        return server.socket().getLocalSocketAddress().equals(address);
    }

    boolean answered() {
        return DoorRules.answered(clientSpokeLast, Duration.ofNanos(System.nanoTime() - spokeAtNanos));
    }

    /** Ends it whatever is on its way. */
    void end() {
        close(client);
        close(server);
    }

    private void run(SocketChannel from, SocketChannel to, boolean byClient) {
        try {
            copy(from, to, byClient);
        } finally {
            if (directions.decrementAndGet() == 0) {
                end();
                ended.run();
            }
        }
    }

    private void copy(SocketChannel from, SocketChannel to, boolean byClient) {
        ByteBuffer piece = ByteBuffer.allocateDirect(PIECE_BYTES);
        while (true) {
            try {
                if (from.read(piece.clear()) < 0) {
                    break;
                }
            } catch (IOException reset) {
                resetBoth();
                return;
            }
            clientSpokeLast = byClient;
            spokeAtNanos = System.nanoTime();
            if (!written(piece.flip(), to)) {
                return; // what the other end still says is passed on: it may be why it reads no more
            }
        }
        try {
            to.shutdownOutput();
        } catch (IOException closedAlready) {
            // the other direction has seen to it
        }
    }

    private static boolean written(ByteBuffer piece, SocketChannel to) {
        try {
            while (piece.hasRemaining()) {
                to.write(piece);
            }
            return true;
        } catch (IOException readsNoMore) {
            return false;
        }
    }

    /** An answer that breaks off must not look like one that is complete. */
    private void resetBoth() {
        for (SocketChannel channel : new SocketChannel[] {client, server}) {
            try {
                channel.setOption(StandardSocketOptions.SO_LINGER, AT_ONCE);
            } catch (IOException closedAlready) {
                // then it is closed as it was
            }
            close(channel);
        }
    }

    static void close(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException closedAllTheSame) {
            // there is nothing left to be done for it
        }
    }
}
