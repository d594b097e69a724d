package dev.slipway.proof;

import dev.slipway.platform.Pace;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Somebody who asks an application all the time, and what was answered; where nobody listens there is no answer. */
final class Visitors implements AutoCloseable {
    private static final Duration ASKS_EVERY = Duration.ofMillis(50);
    private static final Duration ANSWER_MAX = Pace.patience(Duration.ofSeconds(5));

    private final HttpRequest request;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(ANSWER_MAX)
            .build();
    private final ScheduledExecutorService asking = Executors.newSingleThreadScheduledExecutor();
    private final Map<Integer, Integer> answers = new TreeMap<>();
    private final Set<String> withoutRetryAfter = new TreeSet<>();

    /** @param path of the front's own, which names the application */
    Visitors(URI front, String path) {
        this.request =
                HttpRequest.newBuilder(front.resolve(path)).timeout(ANSWER_MAX).build();
        var _ = asking.scheduleWithFixedDelay(this::ask, 0, ASKS_EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void ask() {
        try {
            int status = now().statusCode();
            synchronized (this) {
                answers.merge(status, 1, Integer::sum);
            }
        } catch (IOException nobodyListens) {
            // the gateway itself is away
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    /** One answer, now. */
    HttpResponse<String> now() throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
        if (answer.statusCode() == 503
                && answer.headers().firstValue("Retry-After").isEmpty()) {
            synchronized (this) {
                withoutRetryAfter.add(answer.body());
            }
        }
        return answer;
    }

    /** How often each status was answered so far. */
    synchronized Map<Integer, Integer> answers() {
        return new TreeMap<>(answers);
    }

    /** What was answered with 503 without a word when to come again. */
    synchronized Set<String> withoutRetryAfter() {
        return Set.copyOf(withoutRetryAfter);
    }

    @Override
    public void close() {
        asking.shutdownNow();
        http.close();
    }
}
