package dev.slipway.deployment.target;

import dev.slipway.contracts.Texts;
import io.github.resilience4j.bulkhead.Bulkhead;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Asks running versions: for their health, and to warm them up. Bounded in time and in number; never retries. */
public final class VersionClient {
    private final HttpClient client;
    private final Duration answerWithin;
    private final Bulkhead bulkhead;

    /** @param bulkhead how many requests may be on their way at once */
    public VersionClient(TargetSettings settings, Bulkhead bulkhead) {
        this.bulkhead = bulkhead;
        this.answerWithin = settings.answerWithin();
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(answerWithin)
                .build();
    }

    /**
     * The status of one GET; the body is read and dropped.
     *
     * @param path with query, starting with a slash
     * @param traceparent W3C trace context that the request belongs to, or null
     * @throws IOException if there is no whole answer in time
     */
    public int status(URI address, String path, @Nullable String traceparent) throws IOException, InterruptedException {
        return status(address, path, traceparent, answerWithin);
    }

    /**
     * The same with a time of its own.
     *
     * @throws NotAsked if too many requests are on their way, which says nothing about the version
     */
    int status(URI address, String path, @Nullable String traceparent, Duration within)
            throws IOException, InterruptedException {
        if (!bulkhead.tryAcquirePermission()) {
            throw new NotAsked();
        }
        try {
            return asked(address, path, traceparent, within);
        } finally {
            bulkhead.onComplete();
        }
    }

    /**
     * A whole answer.
     *
     * @param took from the request to the last byte
     */
    public record Answer(int status, byte[] body, Duration took) {}

    /**
     * The whole answer to one GET, for whoever looks at more than its status.
     *
     * @param bytesMax largest body that is read
     * @throws IOException if there is no whole answer in time, or it is larger
     */
    public Answer answer(URI address, String path, @Nullable String traceparent, long bytesMax)
            throws IOException, InterruptedException {
        if (!bulkhead.tryAcquirePermission()) {
            throw new NotAsked();
        }
        try {
            long began = System.nanoTime();
            HttpResponse<byte[]> answer = within(
                    get(address, path, traceparent),
                    HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), bytesMax),
                    answerWithin);
            return new Answer(answer.statusCode(), answer.body(), Duration.ofNanos(System.nanoTime() - began));
        } finally {
            bulkhead.onComplete();
        }
    }

    /** A request that never left. */
    static final class NotAsked extends IOException {
        private static final long serialVersionUID = 1L;

        NotAsked() {
            super("too many requests at once");
        }
    }

    private int asked(URI address, String path, @Nullable String traceparent, Duration within)
            throws IOException, InterruptedException {
        return within(get(address, path, traceparent), HttpResponse.BodyHandlers.discarding(), within)
                .statusCode();
    }

    private <T> HttpResponse<T> within(HttpRequest request, HttpResponse.BodyHandler<T> body, Duration within)
            throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<T>> answer = client.sendAsync(request, body);
        try {
            return answer.get(within.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException trouble) {
            throw new IOException("no answer", trouble.getCause());
        } catch (TimeoutException late) {
            throw new IOException("no answer within " + Texts.words(within), late);
        } finally {
            answer.cancel(true);
        }
    }

    private static HttpRequest get(URI address, String path, @Nullable String traceparent) throws IOException {
        try {
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(URI.create(address + path)).GET();
            return traceparent == null
                    ? request.build()
                    : request.header("traceparent", traceparent).build();
        } catch (IllegalArgumentException strange) {
            throw new IOException(path + " is no path", strange);
        }
    }
}
