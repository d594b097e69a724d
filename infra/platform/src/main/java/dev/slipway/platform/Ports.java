package dev.slipway.platform;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Ports of the loopback address. Slipway's own servers listen nowhere else. */
public final class Ports {
    static final String HOST = "127.0.0.1";
    static final InetAddress ADDRESS = InetAddress.ofLiteral(HOST);

    /** Below what systems give to outgoing connections, so that no such takes the port between two starts. */
    private static final int FIRST = 21_000;

    private static final int LAST = 31_999;
    private static final int TRIES_MAX = 10_000;

    private Ports() {}

    /** One that nothing listens on now, for a program that is told its port when it starts. */
    public static int free() {
        return free(1).getFirst();
    }

    /** Different ports that nothing listens on now. */
    public static List<Integer> free(int count) {
        SplittableRandom random = new SplittableRandom();
        List<Integer> ports = new ArrayList<>();
        for (int tries = 0; ports.size() < count; tries++) {
            int port = random.nextInt(FIRST, LAST + 1);
            if (!ports.contains(port) && isFree(port)) {
                ports.add(port);
            }
            if (tries == TRIES_MAX) {
                throw new IllegalStateException("no free port from %d to %d".formatted(FIRST, LAST));
            }
        }
        return ports;
    }

    public static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true); // a connection of an earlier run in TIME_WAIT does not matter
            socket.bind(new InetSocketAddress(ADDRESS, port), 1);
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    /** Whether what listens there lets others of the same user listen there too. */
    public static boolean isShared(int port) {
        try (SocketChannel socket = SocketChannel.open()) { // bound only, so that it takes no connection away
            socket.setOption(StandardSocketOptions.SO_REUSEPORT, true);
            socket.bind(new InetSocketAddress(ADDRESS, port));
            return true;
        } catch (IOException | UnsupportedOperationException alone) {
            return false;
        }
    }

    /** Whether something accepts connections there. */
    public static boolean answers(int port, Duration limit) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(ADDRESS, port), Math.toIntExact(limit.toMillis()));
            return true;
        } catch (IOException refused) {
            return false;
        }
    }

    /** Asks before the servers do, because not all of them fail with a message that a person can act on. */
    static void requireFree(int port, String option) {
        if (port != 0 && !isFree(port)) {
            throw new PlatformException(
                    "port " + port + " on " + HOST + " is in use",
                    "stop the process that holds it, or choose another with " + option);
        }
    }
}
