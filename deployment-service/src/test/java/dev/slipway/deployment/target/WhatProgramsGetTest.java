package dev.slipway.deployment.target;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.ApplicationName;
import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.Sha;
import dev.slipway.contracts.policy.EnvValue;
import dev.slipway.contracts.policy.HealthChecks;
import dev.slipway.contracts.policy.MetricsAddress;
import dev.slipway.contracts.policy.NamedPort;
import dev.slipway.contracts.policy.Target;
import dev.slipway.deployment.target.TargetPort.Launch;
import dev.slipway.deployment.target.TargetPort.Presence;
import dev.slipway.deployment.target.TargetPort.Startup;
import dev.slipway.deployment.target.TargetPort.Startup.Down;
import dev.slipway.deployment.target.TargetPort.Startup.Up;
import dev.slipway.platform.Pace;
import dev.slipway.platform.Ports;
import io.github.resilience4j.bulkhead.Bulkhead;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A real program, and all that a policy can give it. */
@Tag("thorough")
@ExtendWith(OutputCaptureExtension.class)
final class WhatProgramsGetTest {
    private static final String KEY = "hello@1.0.0/production/1";
    private static final String OTHER = "hello@1.1.0/production/1";
    private static final String VALUE = "a-value-that-nobody-may-see";
    private static final Sha SHA = new Sha("1".repeat(40));
    /** In which it listens on the port that it listens on at all. */
    private static final Duration ENOUGH = Pace.patience(Duration.ofSeconds(5));

    private static final Duration LONG = Pace.patience(Duration.ofSeconds(30));

    @TempDir
    Path directory = Path.of("");

    private Path program = Path.of("");
    private Path secrets = Path.of("");

    @BeforeEach
    void prepare() throws IOException {
        program = TellingProgram.write(directory);
        secrets = Files.createDirectory(
                directory.resolve("secrets"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    @AfterEach
    void leaveNothingRunning() throws Exception {
        target().stop(KEY, 1_000);
        target().stop(OTHER, 1_000);
        KeptEnds.awaitIn(directory);
    }

    private ProcessTarget target() {
        TargetSettings settings = ProcessTargetTest.settings(directory);
        return new ProcessTarget(
                settings,
                new AllowedPrograms(SampleBuild.allowJava(directory)),
                new Secrets(secrets),
                new VersionClient(settings, Bulkhead.ofDefaults("versions")),
                Clock.systemUTC());
    }

    private void secret(String place, String content, String permissions) throws IOException {
        Path file = secrets.resolve(place);
        Files.createDirectories(
                file.getParent(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.writeString(file, content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }

    private Startup start(String key, Target target, Duration within) throws InterruptedException {
        EnvironmentId environment = new EnvironmentId(new ApplicationName("hello"), "production");
        return target().start(
                        new Launch(
                                key, List.of(Part.of(program)), target, within, null, Facts.of(environment, key, SHA)),
                        1,
                        () -> false);
    }

    private static Target target(
            @Nullable Integer port,
            Map<String, NamedPort> ports,
            Map<String, EnvValue> env,
            @Nullable HealthChecks checks,
            String... arguments) {
        List<String> command = new ArrayList<>(
                List.of("java", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "--source", "25", "{artifact}"));
        command.addAll(List.of(arguments));
        String health = checks == null ? "/health" : checks.ready();
        return new Target("process", command, "PORT", health, false, port, ports, env, checks, null, null, null, null);
    }

    private static Up up(Startup startup) {
        assertThat(startup).isInstanceOf(Up.class);
        return (Up) startup;
    }

    private static String refused(Startup startup) {
        assertThat(startup).isInstanceOf(Down.class);
        return ((Down) startup).why();
    }

    private static List<String> told(Up up) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(up.instance().address().resolve("/told"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body()
                    .lines()
                    .toList();
        }
    }

    @Test
    void a_program_gets_values_secrets_and_ports_and_nothing_else(CapturedOutput output) throws Exception {
        secret("hello/db-password", VALUE + "\n", "rw-------");
        secret("db-password", "of every application", "rw-------");
        secret("shared", "common", "r--------");
        Map<String, EnvValue> env = Map.of(
                "GREETING", EnvValue.of("{version} {sha} {release} {environment} {{port}} ${port}"),
                "DB_PASSWORD", EnvValue.secretNamed("db-password"),
                "SHARED", EnvValue.secretNamed("shared"),
                "WHERE", EnvValue.of("{folder}"),
                "ADMIN", EnvValue.of("http://127.0.0.1:{port.admin}/"));
        Map<String, NamedPort> ports =
                Map.of("metrics", new NamedPort("METRICS_PORT", null), "admin", new NamedPort(null, null));

        Up up = up(start(
                KEY,
                target(null, ports, env, null, "listen={port.metrics}", "listen={port.admin}", "v={version}"),
                LONG));

        ProcessRecord record = new KeyFolder(directory, KEY).read();
        int metrics = record.ports().number("metrics");
        int admin = record.ports().number("admin");
        assertThat(List.of(record.port(), metrics, admin)).doesNotHaveDuplicates();
        assertThat(told(up))
                .containsExactly(
                        "ADMIN=http://127.0.0.1:" + admin + "/",
                        "DB_PASSWORD=" + VALUE,
                        "GREETING=1.0.0 " + SHA + " hello@1.0.0 production {port} ${port}",
                        "METRICS_PORT=" + metrics,
                        "PORT=" + up.instance().address().getPort(),
                        "SHARED=common",
                        "WHERE=" + new KeyFolder(directory, KEY).workDirectory(),
                        "arg listen=" + metrics,
                        "arg listen=" + admin,
                        "arg v=1.0.0");
        assertThat(record.secrets()).containsOnlyKeys("db-password", "shared");
        assertThat(record.secrets().values()).allMatch(fingerprint -> fingerprint.matches("[0-9a-f]{12}"));
        assertThat(output).doesNotContain(VALUE);
        assertNoFileHolds(VALUE);
    }

    /** But the secret's own. */
    private void assertNoFileHolds(String value) throws IOException {
        try (Stream<Path> files = Files.walk(directory.resolve("processes"))) {
            assertThat(files.filter(Files::isRegularFile))
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(Files.readString(file)).doesNotContain(value));
        }
    }

    @Test
    void a_secret_that_a_program_prints_is_masked_in_what_is_told_of_it() throws Exception {
        secret("hello/db-password", VALUE, "rw-------");
        Map<String, EnvValue> env = Map.of("DB_PASSWORD", EnvValue.secretNamed("db-password"));

        Startup startup = start(KEY, target(null, Map.of(), env, null, "print=DB_PASSWORD"), LONG);

        assertThat(startup).isInstanceOfSatisfying(Down.class, down -> {
            assertThat(down.why()).contains("status 7");
            assertThat(down.trouble()).isNotNull();
            assertThat(String.join(
                            "\n",
                            java.util.Objects.requireNonNull(down.trouble()).lastLines()))
                    .contains("I was told")
                    .doesNotContain(VALUE);
        });
    }

    @Test
    void a_secret_that_is_not_there_or_not_its_owners_alone_is_refused_with_the_remedy_and_nothing_is_touched()
            throws Exception {
        Target target = target(null, Map.of(), Map.of("KEY", EnvValue.secretNamed("key")), null);

        assertThat(refused(start(KEY, target, LONG)))
                .contains(
                        "secret key is not on this machine",
                        secrets.resolve("hello/key").toString(),
                        "umask 077");
        secret("hello/key", VALUE, "rw-r-----");
        assertThat(refused(start(KEY, target, LONG)))
                .contains("chmod 600 ", "/hello/key")
                .doesNotContain(VALUE);
        secret("hello/key", "\n", "rw-------");
        assertThat(refused(start(KEY, target, LONG))).contains("is empty");
        Files.setPosixFilePermissions(secrets.resolve("hello"), PosixFilePermissions.fromString("rwxrwx---"));
        assertThat(refused(start(KEY, target, LONG))).contains("chmod 700 ", "/secrets/hello");
        Files.delete(secrets.resolve("hello/key"));
        Path outside = Files.writeString(directory.resolve("outside"), VALUE);
        Files.createSymbolicLink(secrets.resolve("hello/key"), outside);
        assertThat(refused(start(KEY, target, LONG))).contains("leads out of").doesNotContain(VALUE);

        assertThat(target().check(KEY)).isEqualTo(Presence.UNKNOWN);
    }

    @Test
    void a_version_counts_as_started_once_somebody_listens_on_each_of_its_ports() throws Exception {
        Map<String, NamedPort> metrics = Map.of("metrics", new NamedPort("METRICS_PORT", null));

        assertThat(refused(start(KEY, target(null, metrics, Map.of(), null), ENOUGH)))
                .matches("Nobody listens on its port metrics \\(\\d+, told in METRICS_PORT\\) within .*");
        assertThat(start(OTHER, target(null, metrics, Map.of(), null, "later={port.metrics}"), LONG))
                .isInstanceOf(Up.class);
    }

    @Test
    void health_is_asked_for_on_the_port_that_the_policy_names() throws Exception {
        HealthChecks checks =
                new HealthChecks("/ready", null, null, "admin", HealthChecks.EVERY, HealthChecks.WITHIN, 1, 3);
        Map<String, NamedPort> admin = Map.of("admin", new NamedPort(null, null));

        Target target = target(null, admin, Map.of(), checks, "health={port.admin}");

        Up up = up(start(KEY, target, LONG));

        assertThat(up.instance().address().getPort())
                .isEqualTo(new KeyFolder(directory, KEY).read().port());
        assertThat(target().ask(KEY, target, "/ready")).isInstanceOf(TargetPort.Answered.Well.class);
    }

    @Test
    void health_is_asked_for_with_all_that_the_program_itself_is_told() throws Exception {
        String all = "p={port}&a={port.admin}&f={folder}&x={artifact}&n={artifacts.Telling.java}";
        HealthChecks checks = new HealthChecks(
                "/health?" + all,
                "/health?" + all,
                "/health?" + all,
                null,
                HealthChecks.EVERY,
                HealthChecks.WITHIN,
                1,
                3);
        Map<String, NamedPort> admin = Map.of("admin", new NamedPort(null, null));
        Target target = target(null, admin, Map.of(), checks, "listen={port.admin}", "query=" + all);

        Up up = up(start(KEY, target, LONG));

        Path folder = new KeyFolder(directory, KEY).workDirectory();
        int port = up.instance().address().getPort();
        int named = new KeyFolder(directory, KEY).read().ports().number("admin");
        assertThat(up.instance().placeholders())
                .isEqualTo(Map.of(
                        "port", Integer.toString(port),
                        "port.admin", Integer.toString(named),
                        "folder", folder.toString(),
                        "artifact", folder.resolve("Telling.java").toString(),
                        "artifacts.Telling.java", folder.resolve("Telling.java").toString()));
        assertThat(target().ask(KEY, target, "/health?" + all))
                .as("by a service that did not start it")
                .isInstanceOf(TargetPort.Answered.Well.class);
        assertThat(target().ask(KEY, target, "/health?p={port.admin}"))
                .isEqualTo(new TargetPort.Answered.Ill("answered 404"));
        assertThat(target().metricsOf(KEY, new MetricsAddress("/metrics/{port.admin}", "admin")))
                .contains(URI.create("http://127.0.0.1:" + named + "/metrics/" + named));
        assertThat(up(start(KEY, target, LONG)).instance()).as("adopted").isEqualTo(up.instance());
    }

    @Test
    void a_second_instance_of_a_program_that_insists_on_a_port_is_refused_before_anything_is_touched()
            throws Exception {
        int port = Ports.free();
        Target target = target(port, Map.of(), Map.of(), null);
        Up first = up(start(KEY, target, LONG));
        assertThat(first.instance().address().getPort()).isEqualTo(port);

        assertThat(refused(start(OTHER, target, LONG)))
                .contains("Port " + port, "(target.port)", "is taken by " + KEY, "leave the number out of the policy");
        assertThat(target().check(KEY)).isEqualTo(Presence.RUNNING);
        assertThat(target().check(OTHER)).as("nothing was written").isEqualTo(Presence.UNKNOWN);
    }

    @Test
    void a_fixed_port_that_another_program_has_is_named() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            Map<String, NamedPort> admin = Map.of("admin", new NamedPort(null, other.getLocalPort()));

            assertThat(refused(start(KEY, target(null, admin, Map.of(), null), LONG)))
                    .contains("(target.ports.admin)", "is taken by another program of this machine");
        }
    }

    @Test
    void a_text_that_speaks_of_an_artifact_that_the_release_has_not_is_refused() throws Exception {
        assertThat(refused(start(KEY, target(null, Map.of(), Map.of(), null, "{artifacts.lib}"), LONG)))
                .contains("{artifacts.lib}", "this release has none");
        HealthChecks checks = HealthChecks.of("/health?of={artifacts.lib}");
        assertThat(refused(start(KEY, target(null, Map.of(), Map.of(), checks), LONG)))
                .contains("{artifacts.lib}", "this release has none");
        assertThat(target().check(KEY)).isEqualTo(Presence.UNKNOWN);
    }
}
