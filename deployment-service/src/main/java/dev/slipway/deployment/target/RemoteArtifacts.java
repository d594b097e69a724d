package dev.slipway.deployment.target;

import dev.slipway.contracts.Texts;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Artifacts behind {@code https:}. Redirects are followed as long as they stay on hosts that are listed. */
public final class RemoteArtifacts {
    private static final int REDIRECTS_MAX = 5;
    private static final Set<Integer> REDIRECTED = Set.of(301, 302, 303, 307, 308);

    private final HttpClient client;
    private final ArtifactSources sources;
    private final Duration fetchWithin;
    private final long bytesMax;
    private final CircuitBreaker breaker;

    /** @param breaker for stores that fail again and again */
    public RemoteArtifacts(TargetSettings settings, CircuitBreaker breaker) {
        this(settings, breaker, HttpClient.newBuilder());
    }

    /** @param clients makes the client, with whatever it trusts */
    RemoteArtifacts(TargetSettings settings, CircuitBreaker breaker, HttpClient.Builder clients) {
        this.breaker = breaker;
        this.fetchWithin = settings.fetchWithin();
        this.sources = settings.artifactSources();
        this.bytesMax = settings.artifactBytesMax().toBytes();
        this.client = clients.followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(settings.answerWithin())
                .build();
    }

    /**
     * The artifact's bytes, all of them here already.
     *
     * @throws IOException if the party does not answer as it should within the time: a retry may help
     * @throws io.github.resilience4j.circuitbreaker.CallNotPermittedException if it has failed too often lately
     */
    public InputStream open(URI uri) throws IOException, InterruptedException {
        try {
            return breaker.executeCallable(() -> fetched(uri));
        } catch (IOException | InterruptedException | RuntimeException known) {
            throw known;
        } catch (Exception impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private InputStream fetched(URI asked) throws IOException, InterruptedException {
        URI uri = asked;
        for (int redirects = 0; redirects <= REDIRECTS_MAX; redirects++) {
            sources.requireHost(uri);
            Answered answered = answered(uri);
            if (answered.bytes() != null) {
                return answered.bytes();
            }
            uri = uri.resolve(answered.elsewhere());
        }
        throw new IOException(asked.getHost() + " redirects more than " + REDIRECTS_MAX + " times");
    }

    /** Either the bytes, or where they are instead. */
    private record Answered(@Nullable InputStream bytes, String elsewhere) {}

    private Answered answered(URI uri) throws IOException, InterruptedException {
        Path file = Files.createTempFile("slipway-artifact-", "");
        boolean here = false;
        CompletableFuture<HttpResponse<Path>> answer = client.sendAsync(
                HttpRequest.newBuilder(uri).timeout(fetchWithin).GET().build(),
                HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofFile(file), bytesMax + 1));
        try {
            HttpResponse<Path> response = answer.get(fetchWithin.toMillis(), TimeUnit.MILLISECONDS);
            int status = response.statusCode();
            if (REDIRECTED.contains(status)) {
                return new Answered(
                        null, response.headers().firstValue("location").orElse(""));
            }
            if (status == 404 || status == 410) {
                throw new ArtifactStore.NoSuchArtifact("There is no artifact at " + uri);
            }
            if (status != 200) {
                throw new IOException(uri.getHost() + " answered " + status);
            }
            InputStream bytes = Files.newInputStream(file, StandardOpenOption.DELETE_ON_CLOSE);
            here = true;
            return new Answered(bytes, "");
        } catch (ExecutionException trouble) {
            if (isTooLong(trouble.getCause())) {
                throw new ArtifactStore.TooLarge(bytesMax);
            }
            throw new IOException("No artifact from " + uri.getHost(), trouble.getCause());
        } catch (TimeoutException late) {
            throw new IOException(
                    "%s did not send the artifact within %s".formatted(uri.getHost(), Texts.words(fetchWithin)), late);
        } finally {
            answer.cancel(true);
            if (!here) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** What {@link HttpResponse.BodyHandlers#limiting} says; it has no type of its own. */
    private static boolean isTooLong(@Nullable Throwable cause) {
        return cause instanceof IOException
                && String.valueOf(cause.getMessage()).startsWith("body exceeds capacity");
    }
}
