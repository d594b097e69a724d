package dev.slipway.validation.probe;

import dev.slipway.contracts.Texts;
import dev.slipway.contracts.policy.Expectations;
import dev.slipway.contracts.policy.Gate.HttpProbe;
import dev.slipway.contracts.policy.GrpcHealth;
import dev.slipway.validation.assessment.ProbeAnswer;
import dev.slipway.validation.assessment.ProbeAnswer.AsExpected;
import dev.slipway.validation.assessment.ProbeAnswer.Unanswered;
import dev.slipway.validation.assessment.ProbeAnswer.Unexpected;
import dev.slipway.validation.assessment.ProbeAnswer.Wrong;
import dev.slipway.validation.assessment.Prober;
import dev.slipway.web.http2.Http2Client;
import dev.slipway.web.http2.Http2Client.Answer;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadFullException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
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
        List<ProbeAnswer> answers = new ArrayList<>();
        for (HttpProbe request : probing.requests()) {
            String name = Expectations.name(request);
            answers.add(forbidden
                    .<ProbeAnswer>map(why -> new Unanswered(name + " not sent", why))
                    .orElseGet(() -> ask(name, probing, request, traceparent)));
        }
        return answers;
    }

    private Optional<String> forbidden(URI address) {
        String host = Optional.ofNullable(address.getHost()).orElse("").toLowerCase(Locale.ROOT);
        boolean allowed = limits.hostsAllowed().contains(host.replaceAll("^\\[|]$", ""));
        return allowed && address.getUserInfo() == null && SCHEMES.contains(String.valueOf(address.getScheme()))
                ? Optional.empty()
                : Optional.of("The host \"%s\" is not on the list of hosts that may be asked (%s)"
                        .formatted(shown(host), "slipway.validation.probe.hosts-allowed"));
    }

    private ProbeAnswer ask(String name, Probing probing, HttpProbe request, @Nullable String traceparent) {
        try {
            return bulkhead.executeCallable(() -> send(probing, request, traceparent));
        } catch (BulkheadFullException full) {
            return new Unanswered(name + " not sent", "Too many requests at once; it is tried again");
        } catch (TimeoutException late) {
            return new Unanswered(
                    name + " unanswered",
                    "%s was not answered within %d ms"
                            .formatted(name, limits.answerWithin().toMillis()));
        } catch (ExecutionException broken) {
            return new Unanswered(name + " unanswered", name + " failed: " + shown(String.valueOf(broken.getCause())));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return new Unanswered(name + " unanswered", "The service stops");
        } catch (Exception broken) {
            return new Unanswered(name + " not sent", name + " cannot be sent: " + shown(broken.toString()));
        }
    }

    /** The whole answer counts, body included: a server may say 200 and then hang. */
    private ProbeAnswer send(Probing probing, HttpProbe request, @Nullable String traceparent)
            throws ExecutionException, InterruptedException, TimeoutException {
        long start = System.nanoTime();
        Future<Answer> sent = sent(probing, request.get(), traceparent);
        try {
            Answer answer = sent.get(limits.answerWithin().toMillis(), TimeUnit.MILLISECONDS);
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            return judge(request, answer, took);
        } finally {
            sent.cancel(true);
        }
    }

    private Future<Answer> sent(Probing probing, String asked, @Nullable String traceparent) {
        if (GrpcHealth.isMeant(asked)) {
            return http2Client.grpcHealth(probing.address(), GrpcHealth.service(asked), traceparent);
        }
        URI target = target(probing.address(), asked);
        return probing.http2()
                ? http2Client.get(target, traceparent, limits.bodyBytesMax())
                : client.sendAsync(
                                get(target, traceparent),
                                BodyHandlers.limiting(BodyHandlers.ofByteArray(), limits.bodyBytesMax()))
                        .thenApply(answer -> new Answer(
                                answer.statusCode(),
                                answer.body(),
                                answer.headers().firstValue("Content-Type").orElse("")));
    }

    private static HttpRequest get(URI target, @Nullable String traceparent) {
        HttpRequest.Builder get = HttpRequest.newBuilder(target).GET();
        return traceparent == null
                ? get.build()
                : get.header("traceparent", traceparent).build();
    }

    /** The path of the request after the path of the address, whatever slashes they end and start with. */
    private static URI target(URI address, String pathAndQuery) {
        String base = address.toString();
        return URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + pathAndQuery);
    }

    private ProbeAnswer judge(HttpProbe request, Answer answer, Duration took) {
        return Expectations.miss(request, answer.status(), answer.body(), took, json)
                .<ProbeAnswer>map(miss -> miss.wrong()
                        ? new Wrong(miss.observed(), miss.why())
                        : new Unexpected(miss.observed(), miss.why()))
                .orElseGet(() -> new AsExpected(Expectations.observed(request, answer.status(), took)));
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
