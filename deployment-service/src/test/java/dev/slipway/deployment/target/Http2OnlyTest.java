package dev.slipway.deployment.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.contracts.policy.Target;
import dev.slipway.deployment.target.TargetPort.Answered;
import dev.slipway.deployment.target.TargetPort.Launch;
import dev.slipway.deployment.target.TargetPort.Startup;
import dev.slipway.deployment.target.TargetPort.Startup.Up;
import dev.slipway.deployment.target.VersionClient.Speaks;
import dev.slipway.platform.Pace;
import dev.slipway.testkit.Http2OnlyServer;
import io.github.resilience4j.bulkhead.Bulkhead;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs that speak HTTP/2 and nothing else. */
class Http2OnlyTest {
    private static final String KEY = "words@1.0.0/production/1";
    private static final Duration LONG = Pace.patience(Duration.ofSeconds(30));

    @TempDir
    Path directory = Path.of("");

    @AfterEach
    void leaveNothingRunning() throws Exception {
        target().stop(KEY, 1_000);
        KeptEnds.awaitIn(directory);
    }

    private ProcessTarget target() {
        TargetSettings settings = ProcessTargetTest.settings(directory);
        return new ProcessTarget(
                settings,
                new AllowedPrograms(SampleBuild.allowJava(directory)),
                new Secrets(null),
                versions(),
                Clock.systemUTC());
    }

    private VersionClient versions() {
        return new VersionClient(ProcessTargetTest.settings(directory), Bulkhead.ofDefaults("versions"));
    }

    private static Target program(String which, String health, boolean http2) {
        return new Target(
                "process",
                List.of(
                        "java",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Http2OnlyServer.class.getName(),
                        which),
                "PORT",
                health,
                http2);
    }

    private Startup start(Target target) throws InterruptedException {
        Path artifact = Path.of(System.getProperty("java.home"), "release"); // a file; the program is on the class path
        return target().start(new Launch(KEY, artifact, target, LONG, null), 1, () -> false);
    }

    @Test
    void a_program_that_speaks_http2_alone_is_found_well_where_its_target_says_so() throws Exception {
        Target target = program("http", "/health", true);

        Startup startup = start(target);

        assertThat(startup).isInstanceOf(Up.class);
        assertThat(target().ask(KEY, target, "/health")).isEqualTo(new Answered.Well());
        assertThat(target().ask(KEY, target, "/nothing")).isEqualTo(new Answered.Ill("answered 404"));
        URI address = ((Up) startup).instance().address();
        try (VersionClient versions = versions()) {
            assertThat(versions.status(address, Speaks.HTTP_2, "/health", null)).isEqualTo(200);
            assertThatThrownBy(() -> versions.status(address, Speaks.HTTP_1_1, "/health", null))
                    .as("it understands nothing else")
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void a_server_of_grpc_is_asked_by_its_own_health_protocol() throws Exception {
        Target target = program("grpc", "grpc://", false);

        Startup startup = start(target);

        assertThat(startup).isInstanceOf(Up.class);
        assertThat(target().ask(KEY, target, "grpc://")).isEqualTo(new Answered.Well());
        assertThat(target().ask(KEY, target, "grpc://sick")).isEqualTo(new Answered.Ill("answered 503"));
        assertThat(target().ask(KEY, target, "grpc://it.Unknown")).isEqualTo(new Answered.Ill("answered 404"));
    }

    @Test
    void an_answer_that_does_not_come_and_a_closed_port_are_told_in_time() {
        VersionClient versions = versions();
        URI address;
        try (versions;
                Http2OnlyServer server = Http2OnlyServer.http(0)) {
            address = server.address();
            assertThatThrownBy(() -> versions.status(address, Speaks.HTTP_2, "/slow", null, Duration.ofMillis(200)))
                    .isInstanceOf(IOException.class)
                    .hasMessage("no answer within 200 ms");
        }
        try (VersionClient later = versions()) {
            assertThatThrownBy(() -> later.status(URI.create("http://127.0.0.1:1"), Speaks.HTTP_2, "/health", null))
                    .isInstanceOf(IOException.class);
        }
    }
}
