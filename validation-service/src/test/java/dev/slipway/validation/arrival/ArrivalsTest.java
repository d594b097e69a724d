package dev.slipway.validation.arrival;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.Sha;
import dev.slipway.contracts.policy.Arrival;
import dev.slipway.contracts.policy.Gate.JsonExpectation;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.git.Git;
import dev.slipway.git.GitOptions;
import dev.slipway.git.GitProgram;
import dev.slipway.platform.Pace;
import dev.slipway.testkit.git.TestRepository;
import dev.slipway.validation.assessment.ArrivalCheck.Looked;
import dev.slipway.validation.assessment.ProbeAnswer;
import dev.slipway.validation.assessment.ProbeAnswer.AsExpected;
import dev.slipway.validation.assessment.ProbeAnswer.Unanswered;
import dev.slipway.validation.assessment.ProbeAnswer.Unexpected;
import dev.slipway.validation.assessment.ProbeAnswer.Wrong;
import dev.slipway.web.guard.Guarded;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.timelimiter.TimeLimiterConfig;
import io.github.resilience4j.timelimiter.TimeLimiterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** Looking for what was published at servers and a repository that are really there. */
final class ArrivalsTest {
    private static final Sha RELEASED = new Sha("a".repeat(40));
    private static final String BODY = "shop 1.2.0";
    private static final Digest SUM = Digest.of(BODY);

    @TempDir
    Path folder;

    private final AtomicReference<ProbeAnswer> production =
            new AtomicReference<>(new AsExpected("GET /version 200 in 1 ms"));
    private final Git git = new Git(GitProgram.find(), GitOptions.ofThisUser());
    private HttpServer server;
    private String host;
    private Arrivals arrivals;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        host = "127.0.0.1:" + server.getAddress().getPort();
        answers("/download", 200, BODY);
        answers("/created", 201, BODY);
        answers("/long", 200, "x".repeat(3_000));
        answers("/review", 200, "{\"state\":\"in review\",\"build\":42}");
        redirects("/latest", "/download");
        redirects("/circle", "/circle");
        server.createContext("/v2/team/shop/manifests/1.2.0", exchange -> {
            boolean known = "Bearer abc".equals(exchange.getRequestHeaders().getFirst("Authorization"));
            exchange.getResponseHeaders()
                    .add(
                            "WWW-Authenticate",
                            "Bearer realm=\"http://%s/token\",service=\"r\",scope=\"pull\"".formatted(host));
            byte[] bytes = (known ? BODY : "no").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(known ? 200 : 401, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        answers("/token", 200, "{\"token\":\"abc\"}");
        server.start();
        arrivals = looking(Set.of(host));
    }

    private Arrivals looking(Set<String> hosts) {
        Duration patience = Pace.patience(Duration.ofSeconds(10));
        Guarded guard = new Guarded(
                "git",
                CircuitBreakerRegistry.of(Map.of("git", CircuitBreakerConfig.ofDefaults())),
                BulkheadRegistry.ofDefaults(),
                TimeLimiterRegistry.of(
                        TimeLimiterConfig.custom().timeoutDuration(patience).build()));
        return new Arrivals(
                new Fetching(
                        new Fetching.Limits(hosts, patience, patience, 2_000, 1_000, 3),
                        Bulkhead.ofDefaults("arrival")),
                new RemoteTags(git, guard),
                (_, _) -> List.of(production.get()),
                JsonMapper.shared());
    }

    @AfterEach
    void stop() {
        arrivals.close();
        git.close();
        server.stop(0);
    }

    private void answers(String path, int status, String body) {
        server.createContext(path, exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }

    private void redirects(String path, String to) {
        server.createContext(path, exchange -> {
            exchange.getResponseHeaders().add("Location", to);
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
    }

    private ProbeAnswer page(String path, @Nullable String contains, @Nullable String sha256)
            throws InterruptedException {
        return look(new Arrival(
                "http://" + host + path, null, null, null, 200, contains, sha256, null, Arrival.EVERY_DEFAULT));
    }

    private ProbeAnswer look(Arrival arrival) throws InterruptedException {
        Policy.Source source = new Policy.Source("file:" + folder.resolve("shop.git"), "production", "main");
        return arrivals.look(new Looked(0, arrival, source, RELEASED, URI.create("http://127.0.0.1:1"), false));
    }

    @Test
    void a_file_that_is_the_released_one_has_arrived_and_what_was_seen_is_said() throws InterruptedException {
        ProbeAnswer answer = page("/download", "1.2.0", SUM.value());

        assertThat(answer).isEqualTo(new AsExpected("http://%s/download 200, 10 bytes, %s".formatted(host, SUM)));
        assertThat(page("/download", null, SUM.hex())).isInstanceOf(AsExpected.class);
    }

    @Test
    void another_file_another_text_or_another_good_status_is_something_else() throws InterruptedException {
        assertThat(page("/download", null, "0".repeat(64)))
                .isInstanceOfSatisfying(
                        Unexpected.class,
                        other -> assertThat(other.why())
                                .contains("is " + SUM)
                                .contains("sha256:" + "0".repeat(64) + " is released"));
        assertThat(page("/download", "1.3.0", null))
                .isInstanceOfSatisfying(
                        Unexpected.class,
                        other -> assertThat(other.why()).endsWith("the answer does not contain 1.3.0"));
        assertThat(page("/created", null, null)).isInstanceOf(Unexpected.class);
    }

    private ProbeAnswer review(String path, String sha256, JsonExpectation... values) throws InterruptedException {
        return look(new Arrival(
                "http://" + host + path,
                null,
                null,
                null,
                200,
                null,
                sha256.isEmpty() ? null : sha256,
                null,
                Arrival.EVERY_DEFAULT,
                List.of(values)));
    }

    @Test
    void values_of_an_answer_are_what_is_looked_for_or_may_still_become_so() throws InterruptedException {
        JsonExpectation build = new JsonExpectation("$.build", "42");
        JsonExpectation approved = new JsonExpectation("$.state", "\"approved\"");

        assertThat(review("/review", "", build))
                .isInstanceOfSatisfying(
                        AsExpected.class,
                        seen -> assertThat(seen.observed())
                                .startsWith("http://%s/review 200".formatted(host))
                                .endsWith(", $.build 42"));
        assertThat(review("/review", "", build, approved))
                .isInstanceOfSatisfying(
                        Unexpected.class,
                        other -> assertThat(other.why())
                                .startsWith("http://%s/review: $.state is".formatted(host))
                                .endsWith("\"in review\", expected \"approved\""));
        assertThat(review("/download", "", build))
                .isInstanceOfSatisfying(
                        Unexpected.class,
                        other -> assertThat(other.why())
                                .isEqualTo("http://%s/download did not answer JSON".formatted(host)));
        assertThat(review("/review", "0".repeat(64), build)).isInstanceOf(Unexpected.class);
        assertThat(review("/nowhere", "", build)).isInstanceOf(Unanswered.class);
    }

    @Test
    void what_is_not_there_is_unanswered_with_the_status() throws InterruptedException {
        assertThat(page("/nowhere", null, null))
                .isInstanceOfSatisfying(
                        Unanswered.class, none -> assertThat(none.why()).endsWith("answered 404, expected 200"));
    }

    @Test
    void a_redirect_is_followed_and_not_for_ever() throws InterruptedException {
        assertThat(page("/latest", null, SUM.value()))
                .isEqualTo(new AsExpected("http://%s/latest 200, 10 bytes, %s".formatted(host, SUM)));
        assertThat(page("/circle", null, null))
                .isInstanceOfSatisfying(
                        Unanswered.class, circle -> assertThat(circle.why()).contains("redirected more than 3 times"));
    }

    @Test
    void a_redirect_leads_to_another_host_where_that_is_allowed_and_nowhere_else() throws Exception {
        try (Storage storage = new Storage(host)) {
            redirects("/release", storage.address("/blob?signature=secret"));
            redirects("/there-and-back", storage.address("/back"));
            redirects("/elsewhere", "ftp://%s/blob?signature=secret".formatted(storage.host()));

            assertThat(page("/release", null, SUM.value()))
                    .isInstanceOfSatisfying(
                            Unanswered.class,
                            away -> assertThat(away.why())
                                    .contains("It is redirected: %s is no host that may be asked"
                                            .formatted(storage.host()))
                                    .contains("./slipway allow --host " + storage.host())
                                    .doesNotContain("secret"));
            assertThat(storage.asked).as("nobody has allowed it").isEmpty();

            arrivals.close();
            arrivals = looking(Set.of(host, storage.host()));
            assertThat(page("/release", null, SUM.value()))
                    .isEqualTo(new AsExpected(
                            "http://%s/release 200, 10 bytes, %s, from %s".formatted(host, SUM, storage.host())));
            assertThat(page("/there-and-back", null, null))
                    .isInstanceOfSatisfying(
                            Unanswered.class, circle -> assertThat(circle.why()).contains("more than 3 times"));
            assertThat(page("/elsewhere", null, null))
                    .isInstanceOfSatisfying(
                            Unanswered.class,
                            other -> assertThat(other.why())
                                    .contains("redirected by %s to what is no https: address".formatted(host))
                                    .doesNotContain("secret"));
        }
    }

    @Test
    void what_lets_one_in_at_a_registry_is_not_said_to_the_host_that_it_redirects_to() throws Exception {
        try (Storage storage = new Storage(host)) {
            server.createContext("/v2/team/shop/manifests/moved", exchange -> {
                boolean known = "Bearer abc".equals(exchange.getRequestHeaders().getFirst("Authorization"));
                exchange.getResponseHeaders()
                        .add(
                                known ? "Location" : "WWW-Authenticate",
                                known
                                        ? storage.address("/blob")
                                        : "Bearer realm=\"http://%s/token\",service=\"r\"".formatted(host));
                exchange.sendResponseHeaders(known ? 307 : 401, -1);
                exchange.close();
            });
            arrivals.close();
            arrivals = looking(Set.of(host, storage.host()));

            assertThat(image("moved", SUM)).isInstanceOf(AsExpected.class);
            assertThat(storage.asked).singleElement().satisfies(headers -> {
                assertThat(headers.getFirst("Accept")).contains("application/vnd.oci.image.index.v1+json");
                assertThat(headers).doesNotContainKey("Authorization");
            });
        }
    }

    /** Another host, which remembers what it was told. */
    private static final class Storage implements AutoCloseable {
        private final List<Headers> asked = new CopyOnWriteArrayList<>();
        private final HttpServer server;

        Storage(String back) throws IOException {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.createContext("/blob", exchange -> {
                asked.add(exchange.getRequestHeaders());
                byte[] bytes = BODY.getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, bytes.length);
                exchange.getResponseBody().write(bytes);
                exchange.close();
            });
            server.createContext("/back", exchange -> {
                exchange.getResponseHeaders().add("Location", "http://%s/there-and-back".formatted(back));
                exchange.sendResponseHeaders(302, -1);
                exchange.close();
            });
            server.start();
        }

        String host() {
            return "127.0.0.1:" + server.getAddress().getPort();
        }

        String address(String path) {
            return "http://" + host() + path;
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }

    @Test
    void a_host_that_nobody_allowed_is_not_asked() throws InterruptedException {
        arrivals.close();
        arrivals = looking(Set.of("docs.example.test"));

        assertThat(page("/download", null, null))
                .isInstanceOfSatisfying(
                        Unanswered.class,
                        forbidden -> assertThat(forbidden.why())
                                .contains(host + " is no host that may be asked")
                                .contains("./slipway allow --host " + host));
    }

    @Test
    void an_answer_past_the_bound_is_not_read_to_its_end() throws InterruptedException {
        assertThat(page("/long", null, null))
                .isInstanceOfSatisfying(
                        Unanswered.class, large -> assertThat(large.why()).contains("more than 2,000 bytes"));
    }

    @Test
    void an_image_is_asked_for_as_anybody_and_its_digest_is_made_of_its_manifest() throws InterruptedException {
        assertThat(image("1.2.0", SUM)).isEqualTo(new AsExpected("%s/team/shop:1.2.0 is %s".formatted(host, SUM)));
        assertThat(image("1.2.0", Digest.of("other")))
                .isInstanceOfSatisfying(
                        Unexpected.class,
                        other -> assertThat(other.why())
                                .contains("is %s, and %s is released".formatted(SUM, Digest.of("other"))));
        assertThat(image("1.3.0", SUM))
                .isInstanceOfSatisfying(
                        Unanswered.class, none -> assertThat(none.why()).contains("the registry answers 404"));
    }

    private ProbeAnswer image(String tag, Digest digest) throws InterruptedException {
        return look(new Arrival(
                null, null, null, host + "/team/shop:" + tag, 200, null, null, digest.value(), Arrival.EVERY_DEFAULT));
    }

    @Test
    void production_that_answers_otherwise_may_still_come_to_answer_as_expected() throws InterruptedException {
        Arrival version = new Arrival(null, "/version", null, null, 200, "1.2.0", null, null, Arrival.EVERY_DEFAULT);
        assertThat(look(version)).isInstanceOf(AsExpected.class);

        production.set(new Wrong("GET /version 200 in 1 ms, without 1.2.0", "why"));
        assertThat(look(version)).isEqualTo(new Unexpected("GET /version 200 in 1 ms, without 1.2.0", "why"));
    }

    @Test
    void a_tag_names_the_released_commit_or_another_for_good_or_is_not_there() throws Exception {
        TestRepository repository = TestRepository.in(folder.resolve("shop"));
        String commit = repository.commit("shop.txt", "1.2.0");
        repository.git("tag", "v1.2.0");
        Policy.Source source = new Policy.Source(repository.url(), "production", "main");
        Arrival tag = tag("v1.2.0");

        assertThat(arrivals.look(new Looked(0, tag, source, new Sha(commit), null, false)))
                .isInstanceOfSatisfying(
                        AsExpected.class, there -> assertThat(there.observed()).contains("names " + commit));
        assertThat(arrivals.look(new Looked(0, tag, source, RELEASED, null, false)))
                .isInstanceOfSatisfying(
                        Wrong.class, other -> assertThat(other.why()).contains("aaaaaaaaaa is released"));
        assertThat(arrivals.look(new Looked(0, tag("v1.3.0"), source, RELEASED, null, false)))
                .isInstanceOfSatisfying(
                        Unanswered.class, none -> assertThat(none.why()).contains("There is no tag v1.3.0"));
    }

    private static Arrival tag(String name) {
        return new Arrival(null, null, name, null, 200, null, null, null, Arrival.EVERY_DEFAULT);
    }
}
