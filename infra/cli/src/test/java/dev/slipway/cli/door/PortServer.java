package dev.slipway.cli.door;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server that goes and comes back on its port, as a gateway does, and what a door knows of it. */
final class PortServer implements Served, AutoCloseable {
    /** What becomes of a connection. */
    interface Talk {
        void with(SocketChannel client) throws IOException;
    }

    private final InetSocketAddress address;
    private final List<SocketChannel> taken = new CopyOnWriteArrayList<>();
    private volatile ServerSocketChannel listener;
    private volatile Thread accepting = new Thread();
    private volatile boolean alive = true;
    private volatile boolean saysThatItListens;

    private PortServer(InetSocketAddress address, ServerSocketChannel listener) {
        this.address = address;
        this.listener = listener;
    }

    /** On a free port, where nobody comes in yet. */
    static PortServer away() throws IOException {
        ServerSocketChannel listener = listening(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
        PortServer server = new PortServer((InetSocketAddress) listener.getLocalAddress(), listener);
        server.dies();
        return server;
    }

    /** At another's port, where this one does not come in yet. */
    static PortServer beside(PortServer other) throws IOException {
        PortServer server = new PortServer(other.address, listening(other.address));
        server.dies();
        return server;
    }

    private static ServerSocketChannel listening(InetSocketAddress address) throws IOException {
        ServerSocketChannel listener = ServerSocketChannel.open();
        listener.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        listener.setOption(StandardSocketOptions.SO_REUSEPORT, true);
        return listener.bind(address);
    }

    InetSocketAddress address() {
        return address;
    }

    /** Answers each line with it, behind the address that it came from. */
    void comesBack() throws IOException {
        comesBack(client -> {
            String from =
                    ((InetSocketAddress) client.getRemoteAddress()).getAddress().getHostAddress();
            for (String line = line(client); !line.isEmpty(); line = line(client)) {
                say(client, from + " " + line);
            }
        });
    }

    void comesBack(Talk talk) throws IOException {
        ServerSocketChannel opened = listening(address);
        listener = opened;
        alive = true;
        saysThatItListens = true;
        accepting = Thread.ofPlatform()
                .daemon()
                .start(() -> accept(opened, talk)); // a virtual one would keep it open for a moment more
    }

    private void accept(ServerSocketChannel opened, Talk talk) {
        try {
            while (true) {
                SocketChannel client = opened.accept();
                taken.add(client);
                Thread.ofVirtual().start(() -> talk(client, talk));
            }
        } catch (IOException gone) {
            // that is its end
        }
    }

    private static void talk(SocketChannel client, Talk talk) {
        try (client) {
            talk.with(client);
        } catch (IOException clientGone) {
            // nobody to talk to
        }
    }

    /** With all its connections, as by a kill. */
    void dies() throws IOException {
        alive = false;
        saysThatItListens = false;
        listener.close();
        awaitEnd();
        for (SocketChannel client : taken) {
            client.close();
        }
        taken.clear();
    }

    /** As long as a thread is within accept the system goes on to listen, though the listener is closed. */
    private void awaitEnd() {
        try {
            accepting.join();
        } catch (InterruptedException givenUp) {
            Thread.currentThread().interrupt();
        }
    }

    /** As a process that has started and does not listen yet, although something else says so. */
    void claimsToListen() {
        alive = true;
        saysThatItListens = true;
    }

    @Override
    public boolean alive() {
        return alive;
    }

    @Override
    public boolean listens() {
        return saysThatItListens;
    }

    @Override
    public Duration lookEvery() {
        return Duration.ofMillis(10);
    }

    @Override
    public void close() throws IOException {
        dies();
    }

    static void say(SocketChannel to, String line) throws IOException {
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(line + "\n");
        while (bytes.hasRemaining()) {
            to.write(bytes);
        }
    }

    /** Without its end; empty where there is none. */
    static String line(SocketChannel from) throws IOException {
        StringBuilder line = new StringBuilder();
        ByteBuffer one = ByteBuffer.allocate(1);
        while (from.read(one.clear()) > 0) {
            char next = (char) one.get(0);
            if (next == '\n') {
                break;
            }
            line.append(next);
        }
        return line.toString();
    }
}
