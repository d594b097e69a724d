package dev.slipway.validation.arrival;

import dev.slipway.contracts.Texts;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadFullException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Gets what is published. Only hosts of the administrator's list are asked, those that an answer redirects to included: what was
 * sent to be let in stays with the origin that was asked, and from TLS nothing leads to an address without it. Each answer is
 * bounded in bytes and in time, all redirects to it included. Thread-safe.
 */
public final class Fetching implements AutoCloseable {
    static final int SHOWN_CHARS_MAX = 200;
    private static final int HTTPS = 443;
    private static final int HTTP = 80;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");
    /** All that another origin is told: which answers can be read. */
    private static final String ACCEPT = "Accept";

    /**
     * Limits of an answer.
     *
     * @param hosts names and addresses, lower case, with their port where it is not that of the scheme
     * @param connectWithin longest wait for a connection
     * @param answerWithin longest wait for the whole answer
     * @param bodyBytesMax longest body
     * @param textBytesMax how much of it is kept
     * @param redirectsMax redirects that are followed
     */
    public record Limits(
            Set<String> hosts,
            Duration connectWithin,
            Duration answerWithin,
            long bodyBytesMax,
            long textBytesMax,
            int redirectsMax) {
        public Limits {
            hosts = Set.copyOf(hosts);
        }
    }

    /** What came of it. */
    sealed interface Fetched {
        /**
         * The whole answer, redirects apart.
         *
         * @param elsewhere the host that gave it, where that is another than the one that was asked
         */
        record Answer(
                int status,
                HttpHeaders headers,
                Summing.Sum body,
                @Nullable String elsewhere) implements Fetched {
            private Answer by(String host) {
                return new Answer(status, headers, body, host);
            }
        }

        /** There is none, or it may not be asked for. */
        record Untold(String why) implements Fetched {}
    }

    private final Limits limits;
    private final Bulkhead bulkhead;
    private final HttpClient client;

    public Fetching(Limits limits, Bulkhead bulkhead) {
        this.limits = limits;
        this.bulkhead = bulkhead;
        client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(limits.connectWithin())
                .build();
    }

    /** Trouble is an answer too. */
    Fetched get(URI address, Map<String, String> headers) throws InterruptedException {
        long until = System.nanoTime() + limits.answerWithin().toNanos();
        URI at = address;
        Map<String, String> said = headers;
        for (int redirects = 0; redirects <= limits.redirectsMax(); redirects++) {
            Optional<String> forbidden = forbidden(at);
            if (forbidden.isPresent()) {
                return new Fetched.Untold(redirects == 0 ? forbidden.get() : "It is redirected: " + forbidden.get());
            }
            Fetched fetched = one(at, said, until);
            Optional<String> location = location(fetched);
            if (location.isEmpty()) {
                return fetched instanceof Fetched.Answer answer && !host(at).equals(host(address))
                        ? answer.by(host(at))
                        : fetched;
            }
            Optional<URI> next = next(at, location.get());
            if (next.isEmpty()) {
                return new Fetched.Untold(
                        "It is redirected by %s to what is no https: address (http: alone on this machine, and not from elsewhere)"
                                .formatted(shown(host(at))));
            }
            if (!isOneOrigin(at, next.get())) {
                said = readable(said);
            }
            at = next.get();
        }
        return new Fetched.Untold("It is redirected more than %d times".formatted(limits.redirectsMax()));
    }

    /** Credentials are for whom they were given to; they are not taken up again where a redirect leads back. */
    private static Map<String, String> readable(Map<String, String> headers) {
        return headers.entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase(ACCEPT))
                .findFirst()
                .map(header -> Map.of(ACCEPT, header.getValue()))
                .orElse(Map.of());
    }

    private static boolean isOneOrigin(URI one, URI other) {
        return host(one).equals(host(other)) && one.getScheme().equals(other.getScheme());
    }

    private Optional<String> forbidden(URI address) {
        String host = host(address);
        return limits.hosts().contains(host) && address.getUserInfo() == null
                ? Optional.empty()
                : Optional.of(
                        "%s is no host that may be asked for what was published (slipway.validation.arrival.hosts): the administrator may add it (on one machine: ./slipway allow --host %s)"
                                .formatted(shown(host), shown(host)));
    }

    /** With its port where it is not that of the scheme. */
    private static String host(URI address) {
        String host = Optional.ofNullable(address.getHost()).orElse("").toLowerCase(Locale.ROOT);
        int usual = "https".equals(address.getScheme()) ? HTTPS : HTTP;
        return address.getPort() == -1 || address.getPort() == usual ? host : host + ":" + address.getPort();
    }

    private static Optional<String> location(Fetched fetched) {
        return fetched instanceof Fetched.Answer answer && REDIRECTS.contains(answer.status())
                ? answer.headers().firstValue("Location")
                : Optional.empty();
    }

    /** Where it goes on; what is no address of HTTP, or would leave TLS, leads nowhere. Its query may hold a secret. */
    private static Optional<URI> next(URI from, String location) {
        try {
            URI to = from.resolve(location);
            boolean clear = "http".equals(to.getScheme())
                    && "http".equals(from.getScheme())
                    && THIS_MACHINE.contains(String.valueOf(to.getHost()));
            return to.getHost() != null && (clear || "https".equals(to.getScheme()) || isOneOrigin(from, to))
                    ? Optional.of(to)
                    : Optional.empty();
        } catch (IllegalArgumentException noAddress) {
            return Optional.empty();
        }
    }

    private Fetched one(URI address, Map<String, String> headers, long until) throws InterruptedException {
        try {
            return bulkhead.executeCallable(() -> sent(address, headers, until));
        } catch (BulkheadFullException full) {
            return new Fetched.Untold("Too much is looked for at once; it is tried again");
        } catch (TimeoutException late) {
            return new Fetched.Untold("The whole answer did not come within %d s"
                    .formatted(limits.answerWithin().toSeconds()));
        } catch (ExecutionException broken) {
            return new Fetched.Untold("It cannot be read: " + shown(reason(broken)));
        } catch (InterruptedException stopped) {
            throw stopped;
        } catch (Exception broken) {
            return new Fetched.Untold("It cannot be asked for: " + shown(broken.toString()));
        }
    }

    private static String reason(ExecutionException broken) {
        Throwable cause = broken.getCause();
        return cause == null || cause.getMessage() == null ? String.valueOf(cause) : cause.getMessage();
    }

    private Fetched sent(URI address, Map<String, String> headers, long until)
            throws ExecutionException, InterruptedException, TimeoutException {
        HttpRequest.Builder get = HttpRequest.newBuilder(address).GET();
        headers.forEach(get::header);
        CompletableFuture<HttpResponse<Summing.Sum>> answer =
                client.sendAsync(get.build(), _ -> new Summing(limits.bodyBytesMax(), limits.textBytesMax()));
        try {
            HttpResponse<Summing.Sum> whole = answer.get(until - System.nanoTime(), TimeUnit.NANOSECONDS);
            return new Fetched.Answer(whole.statusCode(), whole.headers(), whole.body(), null);
        } finally {
            answer.cancel(true);
        }
    }

    static String shown(String text) {
        return Texts.brief(text, SHOWN_CHARS_MAX);
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
