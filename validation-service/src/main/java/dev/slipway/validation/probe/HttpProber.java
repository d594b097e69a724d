package dev.slipway.validation.probe;

import dev.slipway.contracts.Texts;
import dev.slipway.contracts.policy.Gate.HttpProbe;
import dev.slipway.contracts.policy.GrpcHealth;
import dev.slipway.contracts.policy.HttpStep;
import dev.slipway.validation.assessment.ProbeAnswer;
import dev.slipway.validation.assessment.Prober;
import dev.slipway.validation.probe.PathWalk.Sent;
import dev.slipway.validation.probe.PathWalk.Sent.Answered;
import dev.slipway.validation.probe.PathWalk.Sent.Silent;
import dev.slipway.web.http2.Http2Client;
import dev.slipway.web.http2.Http2Client.Answer;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadFullException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks the version under test over HTTP. Only hosts of the allowlist are asked and no redirect is followed, so that a
 * policy or an address cannot lead this service anywhere else.
 */
public final class HttpProber implements Prober, AutoCloseable {
    private static final Set<String> SCHEMES = Set.of("http", "https");
    private static final int SHOWN_CHARS_MAX = 120;

    /**
     * Limits of a request.
     *
     * @param hostsAllowed host names and addresses, lower case
     * @param connectWithin longest wait for a connection
     * @param answerWithin longest wait for the whole answer
     * @param bodyBytesMax largest answer that is read
     */
    public record Limits(Set<String> hostsAllowed, Duration connectWithin, Duration answerWithin, long bodyBytesMax) {
        public Limits {
            hostsAllowed = Set.copyOf(hostsAllowed);
        }
    }

    private final Limits limits;
    private final Bulkhead bulkhead;
    private final JsonMapper json;
    private final HttpClient client;
    private final Http2Client http2Client;

    public HttpProber(Limits limits, Bulkhead bulkhead, JsonMapper json) {
        this.limits = limits;
        this.bulkhead = bulkhead;
        this.json = json;
        client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(limits.connectWithin())
                .build();
        http2Client = new Http2Client(limits.connectWithin());
    }

    @Override
    public List<ProbeAnswer> probe(Probing probing, @Nullable String traceparent) {
        Optional<String> forbidden = forbidden(probing.address());
        PathWalk walk = new PathWalk(
                json,
                (name, request) -> forbidden
                        .<Sent>map(why -> new Silent(name + " not sent", why, ""))
                        .orElseGet(() -> ask(name, probing, request, traceparent)));
        return walk.walk(probing.requests());
    }

    private Optional<String> forbidden(URI address) {
        String host = Optional.ofNullable(address.getHost()).orElse("").toLowerCase(Locale.ROOT);
        boolean allowed = limits.hostsAllowed().contains(host.replaceAll("^\\[|]$", ""));
        return allowed && address.getUserInfo() == null && SCHEMES.contains(String.valueOf(address.getScheme()))
                ? Optional.empty()
                : Optional.of("The host \"%s\" is not on the list of hosts that may be asked (%s)"
                        .formatted(shown(host), "slipway.validation.probe.hosts-allowed"));
    }

    private Sent ask(String name, Probing probing, HttpProbe request, @Nullable String traceparent) {
        try {
            return bulkhead.executeCallable(() -> send(probing, request, traceparent));
        } catch (BulkheadFullException full) {
            return new Silent(name + " not sent", "Too many requests at once; it is tried again", "");
        } catch (TimeoutException late) {
            String why = "%s was not answered within %d ms"
                    .formatted(name, limits.answerWithin().toMillis());
            return new Silent(name + " unanswered", why, "");
        } catch (ExecutionException broken) {
            return new Silent(name + " unanswered", name + " failed: ", String.valueOf(broken.getCause()));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return new Silent(name + " unanswered", "The service stops", "");
        } catch (Exception broken) {
            return new Silent(name + " not sent", name + " cannot be sent: ", broken.toString());
        }
    }

    /** The whole answer counts, body included: a server may say 200 and then hang. */
    private Sent send(Probing probing, HttpProbe request, @Nullable String traceparent)
            throws ExecutionException, InterruptedException, TimeoutException {
        long start = System.nanoTime();
        Future<Answer> sent = sent(probing, request, traceparent);
        try {
            Answer answer = sent.get(limits.answerWithin().toMillis(), TimeUnit.MILLISECONDS);
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            return new Answered(answer.status(), answer.head(), answer.body(), took);
        } finally {
            sent.cancel(true);
        }
    }

    private Future<Answer> sent(Probing probing, HttpProbe request, @Nullable String traceparent) {
        String asked = request.get();
        if (GrpcHealth.isMeant(asked)) {
            return http2Client.grpcHealth(probing.address(), GrpcHealth.service(asked), traceparent);
        }
        URI target = target(probing.address(), asked);
        HttpStep step = request.step();
        String method = step == null ? "GET" : step.method().name();
        String body = step == null ? null : step.body();
        byte[] bytes = body == null ? null : body.getBytes(StandardCharsets.UTF_8);
        Map<String, String> lines = lines(step, traceparent);
        if (probing.http2()) {
            return http2Client.send(method, target, lines, bytes, limits.bodyBytesMax());
        }
        HttpRequest.Builder builder = HttpRequest.newBuilder(target)
                .method(method, bytes == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(bytes));
        lines.forEach(builder::header);
        return client.sendAsync(
                        builder.build(), BodyHandlers.limiting(BodyHandlers.ofByteArray(), limits.bodyBytesMax()))
                .thenApply(HttpProber::answer);
    }

    private static Answer answer(HttpResponse<byte[]> response) {
        Map<String, String> head = new TreeMap<>();
        response.headers().map().forEach((name, lines) -> {
            if (!lines.isEmpty()) {
                head.putIfAbsent(name.toLowerCase(Locale.ROOT), lines.getFirst());
            }
        });
        return new Answer(response.statusCode(), response.body(), head.getOrDefault("content-type", ""), head);
    }

    /** What the head says beside what the connection needs. */
    private static Map<String, String> lines(@Nullable HttpStep step, @Nullable String traceparent) {
        Map<String, String> lines = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        if (step != null) {
            lines.putAll(step.headers());
            if (step.body() != null) {
                lines.putIfAbsent("Content-Type", step.json() ? "application/json" : "text/plain; charset=UTF-8");
            }
        }
        if (traceparent != null) {
            lines.put("traceparent", traceparent);
        }
        return lines;
    }

    /** The path of the request after the path of the address, whatever slashes they end and start with. */
    private static URI target(URI address, String pathAndQuery) {
        String base = address.toString();
        return URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + pathAndQuery);
    }

    private static String shown(String text) {
        return Texts.brief(text, SHOWN_CHARS_MAX);
    }

    @Override
    public void close() {
        client.shutdownNow();
        http2Client.close();
    }
}
