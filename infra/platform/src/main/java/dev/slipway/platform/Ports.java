package dev.slipway.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Free and taken ports of the loopback address. Slipway's own servers listen nowhere else. */
final class Ports {
    static final String HOST = "127.0.0.1";
    static final InetAddress ADDRESS = InetAddress.ofLiteral(HOST);

    private Ports() {}

    static int free() {
        try (ServerSocket socket = new ServerSocket(0, 1, ADDRESS)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Asks before the servers do, because not all of them fail with a message that a person can act on. */
    static void requireFree(int port, String option) {
        if (port == 0) {
            return;
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true); // a connection of the last run in TIME_WAIT is no reason to refuse
            socket.bind(new InetSocketAddress(ADDRESS, port), 1);
        } catch (IOException e) {
            throw new PlatformException(
                    "port " + port + " on " + HOST + " is in use",
                    "stop the process that holds it, or choose another with " + option,
                    e);
        }
    }
}
