package dev.slipway.deployment.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.contracts.Artifact;
import dev.slipway.contracts.policy.Target;
import dev.slipway.deployment.target.ArtifactStore.Fetched;
import dev.slipway.deployment.target.TargetPort.Launch;
import dev.slipway.deployment.target.TargetPort.Presence;
import dev.slipway.deployment.target.TargetPort.Startup;
import dev.slipway.deployment.target.TargetPort.Startup.Up;
import dev.slipway.platform.Pace;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** HTTP programs that are no jars: a script is an artifact like any other, and runs with nothing but its port. */
class AnyLanguageTest {
    private static final String KEY = "greeter@1.0.0/production/1";
    private static final String PROGRAM = """
            import http.server, os
            class Greeter(http.server.BaseHTTPRequestHandler):
                def do_GET(self):
                    body = ("ok " + self.headers.get("traceparent", "none")).encode()
                    self.send_response(200)
                    self.send_header("Content-Length", str(len(body)))
                    self.end_headers()
                    self.wfile.write(body)
            http.server.ThreadingHTTPServer(("127.0.0.1", int(os.environ["PORT"])), Greeter).serve_forever()
            """;

    /** Signals 1 to 3 in the mask that Linux shows. */
    private static final long HUP_INT_QUIT = 0b111;

    private static final Path ENV = Path.of("/usr/bin/env");
    private static final String TELLS_IGNORED = PROGRAM.replace(
            "(\"ok \" + self.headers.get(\"traceparent\", \"none\"))",
            "[l for l in open(\"/proc/self/status\") if l.startswith(\"SigIgn\")][0].split()[1]");

    private static Path python = Path.of("");

    @TempDir
    Path directory = Path.of("");

    @BeforeAll
    static void findPython() {
        python = executable();
        assumeTrue(Files.isExecutable(python), "python3 is not on this machine: programs in Python are not tried");
    }

    /** The interpreter itself, as a shim needs an environment that a version does not get. */
    private static Path executable() {
        try {
            Process asked = new ProcessBuilder("python3", "-c", "import sys; print(sys.executable)").start();
            String path = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return asked.waitFor(Pace.seconds(20), TimeUnit.SECONDS) ? Path.of(path) : Path.of("");
        } catch (IOException absent) {
            return Path.of("");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return Path.of("");
        }
    }

    @AfterEach
    void leaveNothingRunning() throws Exception {
        target().stop(KEY, 1_000);
        KeptEnds.awaitIn(directory);
    }

    private ProcessTarget target() {
        return target(ProcessTargetTest.settings(directory));
    }

    private ProcessTarget target(TargetSettings settings) {
        return new ProcessTarget(
                settings,
                new AllowedPrograms(directory.resolve("programs.properties")),
                new Secrets(null),
                new VersionClient(settings, Bulkhead.ofDefaults("versions")),
                Clock.systemUTC());
    }

    private Startup start(String text, String program) throws Exception {
        return start(text, program, target());
    }

    private Startup start(String text, String program, ProcessTarget process) throws Exception {
        Files.writeString(directory.resolve("programs.properties"), "python3=" + python + "\nsh=/bin/sh\n");
        Path script = Files.writeString(directory.resolve("script"), text);
        ArtifactStore store = new ArtifactStore(
                ProcessTargetTest.settings(directory),
                new RemoteArtifacts(ProcessTargetTest.settings(directory), CircuitBreaker.ofDefaults("artifacts")));
        Fetched fetched = store.fetch(new Artifact(script.toUri(), SampleBuild.digest(script)));
        assertThat(fetched).isInstanceOf(Fetched.Here.class);
        Target target = new Target("process", List.of(program, "{artifact}"), "PORT", "/health");
        Startup startup = process.start(
                new Launch(KEY, ((Fetched.Here) fetched).path(), target, Duration.ofSeconds(30), null), 1, () -> false);
        return startup;
    }

    @Test
    void a_python_program_starts_without_a_path_and_answers() throws Exception {
        assertThat(start(PROGRAM, "python3")).isInstanceOf(Up.class);
        assertThat(target().check(KEY)).isEqualTo(Presence.RUNNING);
    }

    @Test
    void a_shell_program_starts_and_what_it_started_ends_with_it() throws Exception {
        String script = python + " -c '" + PROGRAM + "'\nexit 1\n";
        Startup up = start("# a shell program\n" + script, "sh");
        assertThat(up).isInstanceOf(Up.class);

        target().stop(KEY, 2);
        Awaitility.await()
                .atMost(Pace.patience(Duration.ofSeconds(20)))
                .untilAsserted(() -> assertThat(answers((Up) up)).isFalse());
    }

    @Test
    void a_program_hears_the_signals_that_this_service_was_started_without() throws Exception {
        assumeTrue(!new Signals(ENV).before().isEmpty(), "skipped: env of this machine does not know how to do it");
        assertThat(ignored(startedInTheBackground(ENV))).isZero();
    }

    @Test
    void where_nothing_gives_them_back_it_inherits_what_is_ignored() throws Exception {
        assertThat(ignored(startedInTheBackground(Path.of("/bin/false")))).isEqualTo(HUP_INT_QUIT);
    }

    private ProcessTarget startedInTheBackground(Path env) throws IOException {
        Path background = Files.writeString(directory.resolve("background"), """
                #!/bin/sh
                trap '' INT QUIT HUP
                exec "$@"
                """);
        assertThat(background.toFile().setExecutable(true)).isTrue();
        return target(ProcessTargetTest.settings(
                directory,
                Map.of("targets.session-program", background.toString(), "targets.signal-program", env.toString())));
    }

    private long ignored(ProcessTarget process) throws Exception {
        Startup startup = start(TELLS_IGNORED, "python3", process);
        assertThat(startup).isInstanceOf(Up.class);
        URI health = ((Up) startup).instance().address().resolve("/health");
        try (HttpClient client = HttpClient.newHttpClient()) {
            String mask = client.send(HttpRequest.newBuilder(health).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
            return Long.parseUnsignedLong(mask, 16) & HUP_INT_QUIT;
        }
    }

    private static boolean answers(Up up) throws InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                                    HttpRequest.newBuilder(
                                                    up.instance().address().resolve("/health"))
                                            .build(),
                                    HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException gone) {
            return false;
        }
    }
}
