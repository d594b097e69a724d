package dev.slipway.cli.machine;

import dev.slipway.platform.Pace;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far a service is behind with its messages, and what it has put aside, as its own metrics say.
 *
 * @param records that wait to be heard
 * @param seconds for how long the oldest of them has waited; -1 where the service
 *     listens and does not say it
 * @param deadLetters that wait for a person, by topic
 */
public record Behind(long records, long seconds, Map<String, Long> deadLetters) {
    static final Behind NOTHING = new Behind(0, 0, Map.of());
    /** Nobody knows: whoever is too busy to say it is behind, most likely. */
    static final Behind UNTOLD = new Behind(0, -1, Map.of());

    private static final Duration ANSWER_MAX = Duration.ofSeconds(2);
    private static final int LINES_MAX = 20_000;
    private static final Pattern OK = Pattern.compile("HTTP/1\\.\\d 200\\b.*");
    private static final Pattern SAMPLE = Pattern.compile("(slipway_\\w+)\\{([^}]*)} ([0-9.Ee+-]+)");
    private static final Pattern TOPIC = Pattern.compile("topic=\"([^\"]*)\"");

    public Behind {
        deadLetters = Map.copyOf(deadLetters);
    }

    /** @param token of a viewer */
    static Behind ofService(int port, String token) {
        return ofService(port, token, Pace.patience(ANSWER_MAX));
    }

    /** @param within for connecting, and for each silence after that */
    static Behind ofService(int port, String token, Duration within) {
        // HTTP/1.0, so that the answer comes as it is, not in chunks
        String request = "GET /actuator/prometheus HTTP/1.0\r\nHost: 127.0.0.1\r\nAuthorization: Bearer %s\r\n\r\n"
                .formatted(token);
        try (Socket socket = new Socket()) {
            int millis = Math.toIntExact(within.toMillis());
            socket.setSoTimeout(millis);
            socket.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), millis);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            BufferedReader answer =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            String status = answer.readLine();
            return status != null && OK.matcher(status).matches() ? read(answer) : UNTOLD;
        } catch (ConnectException notThere) {
            return NOTHING; // that it does not answer is said elsewhere
        } catch (IOException busy) {
            return UNTOLD;
        }
    }

    static Behind read(BufferedReader metrics) throws IOException {
        double records = 0;
        double seconds = 0;
        Map<String, Long> letters = new TreeMap<>();
        String line = metrics.readLine();
        for (int lines = 0; line != null && lines < LINES_MAX; lines++) {
            Matcher sample = SAMPLE.matcher(line);
            if (sample.lookingAt()) {
                double value = Double.parseDouble(sample.group(3));
                switch (sample.group(1)) {
                    case "slipway_listener_lag" -> records += value;
                    case "slipway_listener_behind_seconds" -> seconds = Math.max(seconds, value);
                    case "slipway_dead_letters_waiting" -> count(letters, sample.group(2), value);
                    default -> {} // of no matter here
                }
            }
            line = metrics.readLine();
        }
        return new Behind((long) records, (long) seconds, letters);
    }

    private static void count(Map<String, Long> letters, String labels, double value) {
        Matcher topic = TOPIC.matcher(labels);
        if (value > 0 && topic.find()) {
            letters.merge(topic.group(1), (long) value, Long::sum);
        }
    }
}
