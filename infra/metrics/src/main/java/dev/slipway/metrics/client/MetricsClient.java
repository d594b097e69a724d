package dev.slipway.metrics.client;

import dev.slipway.contracts.Texts;
import dev.slipway.contracts.policy.MetricRule;
import dev.slipway.contracts.policy.Ranges;
import dev.slipway.metrics.Exposition;
import dev.slipway.metrics.Exposition.Format;
import dev.slipway.metrics.Exposition.Sample;
import dev.slipway.metrics.Exposition.Unreadable;
import dev.slipway.metrics.Freshness;
import dev.slipway.web.http2.Http2Client;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Asks a program for its metrics, once: only on this machine's loopback interface, without following where it may be sent
 * on to, bounded in time and in bytes.
 */
public final class MetricsClient implements AutoCloseable {
    private static final int OK = 200;
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "[::1]", "localhost");
    private static final String ACCEPT = "accept";
    private static final String ACCEPTED =
            "text/plain;version=0.0.4,application/openmetrics-text;version=1.0.0;q=0.8,text/plain;q=0.5,*/*;q=0.1";

    private final Limits limits;
    private final HttpClient client;
    private final Http2Client http2Client;

    /**
     * How much of a program is listened to.
     *
     * @param within longest wait for the whole answer, 100 ms to 1 min
     * @param bytesMax largest answer that is read, 1 KB to 64 MB
     */
    public record Limits(Duration within, long bytesMax) {
        public Limits {
            Ranges.require("metrics within", within, Duration.ofMillis(100), Duration.ofMinutes(1));
            Ranges.require("metrics bytes", bytesMax, 1L << 10, 1L << 26);
        }
    }

    /** What came of a question. */
    public sealed interface Answer {
        /** The same as far as it is of now: what is older than the rule lets it be is no data. */
        default Answer fresh(MetricRule rule, Instant now) {
            return switch (this) {
                case Untold untold -> untold;
                case Told told ->
                    Freshness.stale(rule, told.samples(), now)
                            .<Answer>map(Untold::new)
                            .orElse(told);
            };
        }

        /** @param samples those that were asked for, as far as there are any */
        record Told(List<Sample> samples) implements Answer {
            public Told {
                samples = List.copyOf(samples);
            }
        }

        /** @param why in words that follow the name of whom was asked */
        record Untold(String why) implements Answer {}
    }

    public MetricsClient(Limits limits) {
        this.limits = limits;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(limits.within())
                .build();
        this.http2Client = new Http2Client(limits.within());
    }

    /** What a program has answered, whole. */
    private record Came(int status, String type, byte[] body) {}

    /**
     * Asks.
     *
     * @param http2 whether it is spoken to in HTTP/2 by prior knowledge there, else in HTTP/1.1
     * @param names of the metrics that are wanted
     */
    public Answer ask(URI address, boolean http2, Set<String> names) throws InterruptedException {
        String asked = "GET " + Texts.shown(address.getRawPath()).replace("\"", "") + " ";
        if (!"http".equals(address.getScheme()) || !LOOPBACK.contains(String.valueOf(address.getHost()))) {
            return new Answer.Untold(asked + "is not sent: its program is not on this machine");
        }
        try {
            return read(asked, http2 ? inHttp2(address) : inHttp1(address), names);
        } catch (TimeoutException late) {
            return new Answer.Untold(asked + "gave no answer within " + Texts.words(limits.within()));
        } catch (ExecutionException broken) {
            return new Answer.Untold(asked + words(broken.getCause()));
        }
    }

    private Came inHttp1(URI address) throws InterruptedException, ExecutionException, TimeoutException {
        HttpRequest request =
                HttpRequest.newBuilder(address).header(ACCEPT, ACCEPTED).GET().build();
        HttpResponse<byte[]> answer = awaited(
                client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), limits.bytesMax())));
        return new Came(
                answer.statusCode(), answer.headers().firstValue("Content-Type").orElse(""), answer.body());
    }

    private Came inHttp2(URI address) throws InterruptedException, ExecutionException, TimeoutException {
        Http2Client.Answer answer = awaited(http2Client.get(address, limits.bytesMax(), Map.of(ACCEPT, ACCEPTED)));
        return new Came(answer.status(), answer.type(), answer.body());
    }

    private <T> T awaited(Future<T> answer) throws InterruptedException, ExecutionException, TimeoutException {
        try {
            return answer.get(limits.within().toMillis(), TimeUnit.MILLISECONDS);
        } finally {
            answer.cancel(true);
        }
    }

    private Answer read(String asked, Came answer, Set<String> names) {
        if (answer.status() != OK) {
            return new Answer.Untold(asked + "answered " + answer.status() + ", expected 200");
        }
        String type = answer.type().toLowerCase(Locale.ROOT);
        Format format = type.startsWith("application/openmetrics-text") ? Format.OPEN_METRICS : Format.PROMETHEUS;
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(answer.body()))
                    .toString();
            return new Answer.Told(Exposition.read(text, format, names));
        } catch (CharacterCodingException strange) {
            return new Answer.Untold(asked + "answered what is no UTF-8");
        } catch (Unreadable unreadable) {
            return new Answer.Untold(asked + "answered what is no "
                    + (format == Format.OPEN_METRICS ? "OpenMetrics" : "Prometheus text") + ": "
                    + unreadable.getMessage());
        }
    }

    private String words(@Nullable Throwable cause) {
        if (cause instanceof ConnectException) {
            return "found nobody who listens";
        }
        String why = cause instanceof IOException ? String.valueOf(cause.getMessage()) : "";
        return why.contains("body exceeds") || why.contains("the answer has more than")
                ? "answered more than %d bytes".formatted(limits.bytesMax())
                : "failed";
    }

    @Override
    public void close() {
        client.shutdownNow();
        http2Client.close();
    }
}
