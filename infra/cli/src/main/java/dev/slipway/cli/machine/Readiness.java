package dev.slipway.cli.machine;

import dev.slipway.platform.Pace;
import dev.slipway.platform.Ports;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.IntStream;

/** Whether a program can do its work, as it says itself. Asked over a bare socket: an HTTP client would be most of a tiny process. */
final class Readiness {
    private static final Duration ANSWER_MAX = Duration.ofSeconds(2);
    /** Process start times have a coarser clock than files. */
    private static final Duration CLOCK_APART_MAX = Duration.ofSeconds(1);

    private static final String PATH = "/actuator/health/readiness";

    private Readiness() {}

    static boolean ofService(int port) {
        return asked(port, PATH, "").matches("HTTP/1\\.[01] 200.*");
    }

    /**
     * Asks for a path.
     *
     * @return the status line, empty where none came
     */
    static String asked(int port, String path, String token) {
        String request = "GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n%s\r\n"
                .formatted(path, token.isEmpty() ? "" : "Authorization: Bearer " + token + "\r\n");
        try (Socket socket = new Socket()) {
            int millis = Math.toIntExact(Pace.patience(ANSWER_MAX).toMillis());
            socket.setSoTimeout(millis);
            socket.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), millis);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            BufferedReader answer =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            return Objects.requireNonNullElse(answer.readLine(), "");
        } catch (IOException notYet) {
            return "";
        }
    }

    /** The platform writes its addresses down when everything takes requests. */
    static boolean ofPlatform(Home home, ProcessRecord process, PlatformPorts ports) {
        long saidAtMillis = home.data().resolve("platform.json").toFile().lastModified();
        return saidAtMillis >= process.startedAt().minus(CLOCK_APART_MAX).toEpochMilli()
                && IntStream.of(ports.kafka(), ports.mongodb(), ports.smtp(), ports.slack())
                        .allMatch(port -> Ports.answers(port, Pace.patience(ANSWER_MAX)));
    }
}
