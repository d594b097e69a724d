package dev.slipway.demo;

import static dev.slipway.demo.Behaviour.FAULTY;
import static dev.slipway.demo.Behaviour.HEALTHY;
import static dev.slipway.demo.People.AUTHOR;
import static dev.slipway.demo.People.COMMITTER;
import static dev.slipway.demo.People.MONDAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.demo.CiResult.Passed;
import dev.slipway.platform.Pace;
import dev.slipway.platform.Ports;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;

/** The sample as its users and the control plane meet it: committed, built by its CI, and running. */
class DemoIT {
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
    private static final int REQUESTS = 2_000;

    @TempDir
    static Path folder;

    private static Build good;
    private static Build bad;

    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeAll
    static void build() {
        good = build("1.0.0", HEALTHY);
        bad = build("1.1.0", FAULTY);
    }

    @Test
    void both_builds_leave_real_reports_in_which_every_test_passed() throws Exception {
        for (Build build : List.of(good, bad)) {
            assertThat(build.reports())
                    .extracting(Report::kind)
                    .containsExactly("junit", "sarif", "jacoco", "cyclonedx", "jmh");
            Element suite = parse(build.reports().getFirst().file());
            assertThat(suite.getTagName()).isEqualTo("testsuite");
            assertThat(Integer.parseInt(suite.getAttribute("tests"))).isGreaterThanOrEqualTo(5);
            assertThat(suite.getAttribute("failures")).isEqualTo("0");
            assertThat(suite.getAttribute("errors")).isEqualTo("0");
        }
    }

    @Test
    void the_same_commit_built_elsewhere_has_the_same_digest() {
        Path repository = folder.resolve("hello.git");

        assertThat(good.run()).isEqualTo(new CiRun("sample-ci/" + good.sha().substring(0, 12), 1));
        CiResult again = new SampleCi(folder.resolve("elsewhere")).run(repository, good.sha());

        assertThat(again).isInstanceOfSatisfying(Passed.class, passed -> {
            assertThat(passed.build().digest()).isEqualTo(good.digest()).isNotEqualTo(bad.digest());
            assertThat(passed.build().version()).isEqualTo("1.0.0");
        });
    }

    @Test
    void the_good_version_answers_everyone() throws Exception {
        try (Running hello = start(good)) {
            assertThat(get(hello, "/health").body()).isEqualTo("{\"status\":\"UP\",\"version\":\"1.0.0\"}");
            assertThat(get(hello, "/greet?name=x").body())
                    .isEqualTo("{\"greeting\":\"Hello x\",\"version\":\"1.0.0\"}");
            assertThat(failures(hello, "Ada", 500)).isZero();
        }
    }

    @Test
    void the_bad_version_fails_three_in_ten_greetings_but_never_the_smoke_tests() throws Exception {
        try (Running hello = start(bad)) {
            assertThat(get(hello, "/health").body()).isEqualTo("{\"status\":\"UP\",\"version\":\"1.1.0\"}");
            assertThat(failures(hello, "x", 500)).isZero();
            // Drawn per request: one and the same name fails as often as many names do.
            assertThat(failures(hello, "Ada", REQUESTS)).isBetween(REQUESTS * 25 / 100, REQUESTS * 35 / 100);
        }
    }

    @Test
    void a_running_version_ends_cleanly_when_told_to() throws Exception {
        Process process = start(good).process();

        process.destroy();

        assertThat(process.waitFor(Pace.seconds(10), TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    @Test
    void the_load_as_a_process_of_its_own_writes_statistics_and_ends_when_told_to() throws Exception {
        Path statistics = folder.resolve("load.json");
        try (StubGateway gateway =
                new StubGateway(_ -> new StubGateway.Answer(200, "", Map.of("Slipway-Version", "1.0.0")))) {
            Process load = new ProcessBuilder(
                            JAVA.toString(),
                            "-XX:+UseSerialGC",
                            "-Xmx64m",
                            "-cp",
                            classPath(),
                            LoadMain.class.getName(),
                            "--url",
                            gateway.uri().toString(),
                            "--rate",
                            "20",
                            "--stats",
                            statistics.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("load.log").toFile())
                    .start();
            try {
                await().atMost(Pace.patience(Duration.ofSeconds(30)))
                        .until(() -> gateway.asked.size() >= 10 && hasAnswers(statistics));
            } finally {
                load.destroy();
            }

            assertThat(load.waitFor(Pace.seconds(10), TimeUnit.SECONDS)).isTrue();
            assertThat(hasAnswers(statistics)).as("at its end").isTrue();
        }
    }

    private static boolean hasAnswers(Path statistics) throws IOException {
        return Files.exists(statistics) && Files.readString(statistics).contains("\"1.0.0\":{\"answers\":");
    }

    private static Build build(String version, Behaviour behaviour) {
        SampleRepository repository = SampleRepository.at(folder.resolve("hello.git"));
        String sha = repository.commitVersion(version, behaviour, AUTHOR, COMMITTER, MONDAY);
        long start = System.nanoTime();
        CiResult result = new SampleCi(folder.resolve("ci")).run(repository.path(), sha);
        System.out.printf("CI of %s took %.1f s%n", version, (System.nanoTime() - start) / 1e9);
        assertThat(result).isInstanceOf(Passed.class);
        return ((Passed) result).build();
    }

    private Running start(Build build) throws IOException {
        int port = Ports.free();
        ProcessBuilder builder =
                new ProcessBuilder(JAVA.toString(), "-jar", Path.of(build.uri()).toString());
        builder.environment().clear();
        builder.environment().put("PORT", Integer.toString(port));
        builder.redirectErrorStream(true)
                .redirectOutput(folder.resolve(port + ".log").toFile());
        Running hello = new Running(builder.start(), port);
        await().atMost(Pace.patience(Duration.ofSeconds(20)))
                .ignoreExceptions()
                .until(() -> get(hello, "/health").statusCode() == 200);
        return hello;
    }

    private int failures(Running hello, String name, int requests) throws Exception {
        int failures = 0;
        for (int i = 0; i < requests; i++) {
            int status = get(hello, "/greet?name=" + name).statusCode();
            assertThat(status).isIn(200, 500);
            failures += status == 500 ? 1 : 0;
        }
        return failures;
    }

    private HttpResponse<String> get(Running hello, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + hello.port() + path))
                .timeout(Pace.patience(Duration.ofSeconds(5)))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static Element parse(Path xml) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        return factory.newDocumentBuilder().parse(xml.toFile()).getDocumentElement();
    }

    /** What this test runs on, from where the test runner's class loader has it. */
    private static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    private record Running(Process process, int port) implements AutoCloseable {
        @Override
        public void close() {
            process.destroy();
            await().atMost(Pace.patience(Duration.ofSeconds(10))).until(() -> !process.isAlive());
        }
    }
}
