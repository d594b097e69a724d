package dev.slipway.proof;

import dev.slipway.platform.Pace;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Several who ask an application without pause, each over a connection of its own, and what became of each request. */
final class Crowd implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(20);
    /** Longer than a start of a gateway: who is held meanwhile is answered then. */
    private static final Duration ANSWER_MAX = Pace.patience(Duration.ofSeconds(30));

    private static final String RETRY_AFTER = "Retry-After";

    private final HttpRequest request;
    private final List<Thread> visitors = new ArrayList<>();
    private final Map<Integer, Integer> answers = new TreeMap<>();
    private int unanswered;
    private int refused;
    private int withoutRetryAfter;
    private boolean unheard;
    private long unheardSince;
    private Duration unheardMax = Duration.ZERO;
    private long lastAnswer = System.nanoTime();
    private Duration silence = Duration.ZERO;
    private volatile boolean closed;

    /** @param path of the front's own, which names the application */
    Crowd(int visitors, URI front, String path) {
        this.request =
                HttpRequest.newBuilder(front.resolve(path)).timeout(ANSWER_MAX).build();
        for (int i = 0; i < visitors; i++) {
            this.visitors.add(Thread.ofPlatform().daemon().name("visitor-" + i).start(this::ask));
        }
    }

    /**
     * What became of all requests since the last time that this was asked.
     *
     * @param answers how many, by status
     * @param unanswered requests that were sent, or about to be, when their connection ended
     * @param refused requests of those whom nobody listened to
     * @param unheard the longest time from one of these to the last before somebody listened to anyone
     * @param silence the longest time in which nobody got an answer of a version
     */
    record Seen(
            Map<Integer, Integer> answers,
            int unanswered,
            int refused,
            Duration unheard,
            int withoutRetryAfter,
            Duration silence) {
        Seen {
            answers = Map.copyOf(answers);
        }

        int with(int status) {
            return answers.getOrDefault(status, 0);
        }
    }

    synchronized Seen seen() {
        Seen seen = new Seen(answers, unanswered, refused, unheardMax, withoutRetryAfter, silence);
        answers.clear();
        unanswered = 0;
        refused = 0;
        unheardMax = Duration.ZERO;
        withoutRetryAfter = 0;
        silence = Duration.ZERO;
        return seen;
    }

    private void ask() {
        try (HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            while (!closed) {
                try {
                    note(http.send(request, BodyHandlers.discarding()));
                } catch (ConnectException nobodyListens) {
                    note(true);
                } catch (IOException cutOff) {
                    note(false);
                }
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void note(HttpResponse<Void> answer) {
        int status = answer.statusCode();
        answers.merge(status, 1, Integer::sum);
        unheard = false;
        if (status == 503 && answer.headers().firstValue(RETRY_AFTER).isEmpty()) {
            withoutRetryAfter++;
        }
        if (status == 200) {
            long now = System.nanoTime();
            Duration since = Duration.ofNanos(now - lastAnswer);
            silence = since.compareTo(silence) > 0 ? since : silence;
            lastAnswer = now;
        }
    }

    private synchronized void note(boolean nobodyListened) {
        if (nobodyListened) {
            refused++;
            long now = System.nanoTime();
            unheardSince = unheard ? unheardSince : now;
            unheard = true;
            Duration since = Duration.ofNanos(now - unheardSince);
            unheardMax = since.compareTo(unheardMax) > 0 ? since : unheardMax;
        } else {
            unheard = false;
            unanswered++;
        }
    }

    @Override
    public void close() {
        closed = true;
        visitors.forEach(Thread::interrupt);
    }
}
