package dev.slipway.proof.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cli.machine.Home;
import dev.slipway.cli.machine.IssuerKey;
import dev.slipway.platform.Pace;
import dev.slipway.proof.HomeEnvironment;
import dev.slipway.proof.SlipwayScript;
import dev.slipway.proof.SlipwayScript.Run;
import dev.slipway.proof.fuzz.RawConnection.Answer;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Holds the API and its document together: {@value #REQUESTS} requests made from the document, to a running Slipway. Each
 * answer is one that the document lists, in the form that it says, and no refusal tells of the inside. The property
 * {@code slipway.fuzz.seed} replays a run, {@code slipway.fuzz.requests} makes it longer.
 */
@Tag("thorough")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ApiFuzzIT {
    private static final int REQUESTS = 20_000;
    private static final int CONNECTIONS = 4;
    private static final int UNAVAILABLE = 503;
    private static final Duration COMMAND_MAX = Pace.patience(Duration.ofMinutes(2));
    private static final long SEED = Long.getLong("slipway.fuzz.seed", 20261128L);

    private final Path home = Path.of("target", "api-fuzz-it", "home").toAbsolutePath();
    private final SlipwayScript slipway = new SlipwayScript(home);
    /** The first example of each. */
    private final Map<String, String> wrong = new ConcurrentHashMap<>();

    private final Map<Integer, Integer> statuses = new ConcurrentHashMap<>();
    private final Map<String, Integer> unavailable = new ConcurrentHashMap<>();
    private int port;

    @BeforeAll
    void up() throws Exception {
        slipway.run(COMMAND_MAX, "down", "--wipe", "--yes");
        Run up = slipway.run(COMMAND_MAX, "up", "--port", "0", "--json");
        assertThat(up.exitCode()).as(up.text()).isZero();
        port = URI.create(HomeEnvironment.of(home).getOrDefault("SLIPWAY_URL", ""))
                .getPort();
    }

    @AfterAll
    void down() throws Exception {
        slipway.run(COMMAND_MAX, "down", "--wipe", "--yes");
    }

    @Test
    void whatever_is_asked_the_answer_is_one_that_the_document_lists() throws Exception {
        FuzzTokens issuer = new FuzzTokens(IssuerKey.load(new Home(home)));
        Map<String, String> tokens = issuer.good();
        ApiDocument document = new ApiDocument(document(tokens.getOrDefault("viewer", "")));
        assertThat(document.operations()).hasSizeGreaterThan(20);
        ApiRequests requests = new ApiRequests(document, tokens, issuer.odd());
        int each = Integer.getInteger("slipway.fuzz.requests", REQUESTS) / CONNECTIONS;

        List<Thread> threads = new ArrayList<>();
        SplittableRandom seeds = new SplittableRandom(SEED);
        for (int i = 0; i < CONNECTIONS; i++) {
            SplittableRandom random = seeds.split();
            threads.add(Thread.ofPlatform().start(() -> ask(requests, new ApiAnswers(document), random, each)));
        }
        for (Thread thread : threads) {
            thread.join();
        }

        System.out.printf(
                "fuzz: seed %d, %d requests, answers %s, not available %s%n",
                SEED, each * CONNECTIONS, new TreeMap<>(statuses), unavailable);
        assertThat(wrong.values()).as("seed %d", SEED).isEmpty();
        assertThat(statuses.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(each * CONNECTIONS);
        assertThat(statuses.getOrDefault(UNAVAILABLE, 0))
                .as("not done for want of something: %s", unavailable)
                .isLessThan(each * CONNECTIONS / 100);
        assertThat(statuses).containsKeys(200, 202, 400, 401, 404, 405, 406, 415);
    }

    private String document(String token) throws IOException {
        try (RawConnection connection = new RawConnection(port, COMMAND_MAX)) {
            return connection
                    .ask(
                            ("GET /api/v1/openapi.json HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " + token
                                            + "\r\n\r\n")
                                    .getBytes(StandardCharsets.US_ASCII),
                            false)
                    .body();
        }
    }

    private void ask(ApiRequests requests, ApiAnswers answers, SplittableRandom random, int number) {
        RawConnection connection = null;
        for (int i = 0; i < number; i++) {
            ApiRequest request = requests.next(random);
            try {
                connection = connection == null ? new RawConnection(port, COMMAND_MAX) : connection;
                Answer answer = connection.ask(request.bytes(), request.method().equals("HEAD"));
                statuses.merge(answer.status(), 1, Integer::sum);
                if (answer.status() == UNAVAILABLE) {
                    unavailable.merge(
                            request.method() + " " + request.operation() + " " + answer.body(), 1, Integer::sum);
                }
                answers.wrong(request, answer)
                        .ifPresent(what -> wrong.putIfAbsent(
                                what + request.operation(),
                                "%s%n    to %s%n    answered %d %s"
                                        .formatted(what, request, answer.status(), answer.body())));
                if (answer.closes()) {
                    connection.close();
                    connection = null;
                }
            } catch (IOException | RuntimeException broken) {
                wrong.putIfAbsent(String.valueOf(broken), "%s%n    to %s".formatted(broken, request));
                connection = null;
            }
        }
    }
}
