package dev.slipway.demo;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The users of the sample: many clients who greet at a steady rate, whether the answers come or not (open loop), so that a
 * slow version is not spared the load that shows it. A number of requests in flight is not passed; what would be above it
 * is skipped and counted.
 */
public final class LiveLoad implements AutoCloseable {
    /** The key by which a gateway knows the client. */
    public static final String CLIENT_HEADER = "Slipway-Client";
    /** How a gateway says which version answered; an error's body need not. */
    public static final String VERSION_HEADER = "Slipway-Version";

    private static final int ANSWER_BYTES_MAX = 64 << 10;
    private static final long BEHIND_NANOS_MAX = Duration.ofSeconds(1).toNanos();
    private static final List<String> FIRST_NAMES = List.of(
            "Ada",
            "Alan",
            "Barbara",
            "Dennis",
            "Donald",
            "Edsger",
            "Frances",
            "Grace",
            "Hedy",
            "Jean",
            "John",
            "Katherine",
            "Ken",
            "Leslie",
            "Margaret",
            "Niklaus",
            "Radia",
            "Robin",
            "Shafi",
            "Tony");

    private final LoadSettings settings;
    private final Gateways greets;
    private final LoadRecorder recorder = new LoadRecorder();
    private final SplittableRandom random;
    private final Semaphore room;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient http;
    private volatile double ratePerSecond;
    private volatile boolean stopped;
    private volatile long lastAnswerNanos = System.nanoTime();

    private LiveLoad(LoadSettings settings) {
        this.settings = settings;
        this.greets = new Gateways(settings.greets());
        this.random = new SplittableRandom(settings.seed());
        this.room = new Semaphore(settings.inFlightMax());
        this.ratePerSecond = settings.ratePerSecond();
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(settings.answerMax())
                .executor(threads)
                .build();
    }

    public static LiveLoad start(LoadSettings settings) {
        LiveLoad load = new LiveLoad(settings);
        load.threads.execute(load::pace);
        return load;
    }

    /** Changes the rate, from the next request on. */
    public void rate(double perSecond) {
        ratePerSecond = LoadSettings.requireRate(perSecond);
    }

    public LoadStatistics statistics() {
        return recorder.statistics();
    }

    /** How long no answer at all has come, not even a refusal. */
    public Duration silentFor() {
        return Duration.ofNanos(System.nanoTime() - lastAnswerNanos);
    }

    /** Sends nothing more and breaks off what waits for an answer. */
    @Override
    public void close() {
        stopped = true;
        http.shutdownNow();
        threads.shutdownNow();
        threads.close();
        http.close();
    }

    private void pace() {
        long due = System.nanoTime();
        while (!stopped) {
            long now = System.nanoTime();
            if (now < due) {
                LockSupport.parkNanos(due - now);
                if (Thread.currentThread().isInterrupted()) {
                    return;
                }
                continue;
            }
            if (now - due > BEHIND_NANOS_MAX) {
                due = now; // the machine slept: no burst for what was missed
            }
            sendOne();
            due += (long) (1e9 / ratePerSecond);
        }
    }

    private void sendOne() {
        Question question = nextQuestion();
        if (!room.tryAcquire()) {
            recorder.skipped();
            return;
        }
        recorder.sent();
        threads.execute(() -> {
            try {
                ask(question);
            } finally {
                room.release();
            }
        });
    }

    /** What a client asks; it goes to one gateway, and to the next where that one cannot be reached. */
    private record Question(String query, String client) {}

    private Question nextQuestion() {
        char initial = (char) ('A' + random.nextInt(26));
        String name = FIRST_NAMES.get(random.nextInt(FIRST_NAMES.size())) + " " + initial;
        String query = "?name=" + URLEncoder.encode(name, StandardCharsets.UTF_8);
        return new Question(query, "client-%04d".formatted(random.nextInt(settings.clients())));
    }

    private HttpRequest request(Question question, URI greet) {
        return HttpRequest.newBuilder(URI.create(greet + question.query()))
                .timeout(settings.answerMax())
                .header(CLIENT_HEADER, question.client())
                .build();
    }

    private void ask(Question question) {
        Instant sentAt = Instant.now();
        long sentNanos = System.nanoTime();
        try {
            HttpResponse<String> answer = answerTo(question);
            long answeredNanos = System.nanoTime();
            lastAnswerNanos = answeredNanos;
            recorder.answered(
                    answer.statusCode(), versionOf(answer), sentAt, Duration.ofNanos(answeredNanos - sentNanos));
        } catch (IOException noAnswer) {
            if (!stopped) {
                recorder.unanswered();
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * A greeting changes nothing, so it may be asked of a second gateway when the first breaks off; not when it is slow, as
     * the one who asked has gone.
     */
    private HttpResponse<String> answerTo(Question question) throws IOException, InterruptedException {
        return greets.ask(
                greet -> http.send(
                        request(question, greet), BodyHandlers.limiting(BodyHandlers.ofString(), ANSWER_BYTES_MAX)),
                away -> !stopped && !(away instanceof HttpTimeoutException));
    }

    private static @Nullable String versionOf(HttpResponse<String> answer) {
        return answer.headers().firstValue(VERSION_HEADER).orElseGet(() -> versionIn(answer.body()));
    }

    private static @Nullable String versionIn(String body) {
        try {
            return JsonMapper.shared()
                    .readTree(body)
                    .path("version")
                    .asStringOpt()
                    .orElse(null);
        } catch (JacksonException notJson) {
            return null; // an error page says nothing of a version
        }
    }
}
