package dev.slipway.deployment.target;

import dev.slipway.contracts.Texts;
import dev.slipway.contracts.policy.GrpcHealth;
import dev.slipway.web.http2.Http2Client;
import io.github.resilience4j.bulkhead.Bulkhead;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Asks running versions: for their health, and to warm them up. Bounded in time and in number; never retries. */
public final class VersionClient implements AutoCloseable {
    private final HttpClient client;
    private final Http2Client http2Client;
    private static final long DROPPED = 0;

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
        this.http2Client = new Http2Client(answerWithin);
    }

    /** How versions are spoken to on a port. */
    public enum Speaks {
        HTTP_1_1,
        /** HTTP/2 in clear text by prior knowledge. */
        HTTP_2;

        /** What the traffic port of a target speaks. */
        public static Speaks of(boolean http2) {
            return http2 ? HTTP_2 : HTTP_1_1;
        }
    }

    /**
     * The status of one GET; the body is read and dropped.
     *
     * @param path with query, starting with a slash, or an address of {@link GrpcHealth}
     * @param traceparent W3C trace context that the request belongs to, or null
     * @throws IOException if there is no whole answer in time
     */
    public int status(URI address, Speaks speaks, String path, @Nullable String traceparent)
            throws IOException, InterruptedException {
        return status(address, speaks, path, traceparent, answerWithin);
    }

    /**
     * The same with a time of its own.
     *
     * @throws NotAsked if too many requests are on their way, which says nothing about the version
     */
    int status(URI address, Speaks speaks, String path, @Nullable String traceparent, Duration within)
            throws IOException, InterruptedException {
        if (!bulkhead.tryAcquirePermission()) {
            throw new NotAsked();
        }
        try {
            return GrpcHealth.isMeant(path) || speaks == Speaks.HTTP_2
                    ? inHttp2(address, path, traceparent, within)
                    : asked(address, path, traceparent, within);
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
    public Answer answer(URI address, Speaks speaks, String path, @Nullable String traceparent, long bytesMax)
            throws IOException, InterruptedException {
        if (!bulkhead.tryAcquirePermission()) {
            throw new NotAsked();
        }
        try {
            long began = System.nanoTime();
            if (GrpcHealth.isMeant(path) || speaks == Speaks.HTTP_2) {
                Http2Client.Answer answer = awaited(sentInHttp2(address, path, traceparent, bytesMax), answerWithin);
                return new Answer(answer.status(), answer.body(), Duration.ofNanos(System.nanoTime() - began));
            }
            HttpResponse<byte[]> answer = awaited(
                    client.sendAsync(
                            get(address, path, traceparent),
                            HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), bytesMax)),
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
        return awaited(
                        client.sendAsync(get(address, path, traceparent), HttpResponse.BodyHandlers.discarding()),
                        within)
                .statusCode();
    }

    private int inHttp2(URI address, String path, @Nullable String traceparent, Duration within)
            throws IOException, InterruptedException {
        return awaited(sentInHttp2(address, path, traceparent, DROPPED), within).status();
    }

    private Future<Http2Client.Answer> sentInHttp2(
            URI address, String path, @Nullable String traceparent, long bytesMax) throws IOException {
        return GrpcHealth.isMeant(path)
                ? http2Client.grpcHealth(address, GrpcHealth.service(path), traceparent)
                : http2Client.get(uri(address, path), traceparent, bytesMax);
    }

    private static <T> T awaited(Future<T> answer, Duration within) throws IOException, InterruptedException {
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
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(address, path)).GET();
        return traceparent == null
                ? request.build()
                : request.header("traceparent", traceparent).build();
    }

    private static URI uri(URI address, String path) throws IOException {
        try {
            return URI.create(address + path);
        } catch (IllegalArgumentException strange) {
            throw new IOException(path + " is no path", strange);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
        http2Client.close();
    }
}
