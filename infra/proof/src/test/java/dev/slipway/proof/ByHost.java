package dev.slipway.proof;

import dev.slipway.platform.Pace;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A request by host name to this machine, which needs no resolver: a JVM asks the system, and not every system knows. */
final class ByHost {
    private static final int MILLIS_MAX = (int) Pace.seconds(10) * 1_000;

    private ByHost() {}

    /** The whole answer, head and body. */
    static String get(int port, String host, String path) throws IOException {
        try (Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port)) {
            socket.setSoTimeout(MILLIS_MAX);
            socket.getOutputStream()
                    .write("GET %s HTTP/1.1\r\nHost: %s:%d\r\nConnection: close\r\n\r\n"
                            .formatted(path, host, port)
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
