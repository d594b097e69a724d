package dev.slipway.deployment.target;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.Artifact;
import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.policy.Target;
import dev.slipway.deployment.target.ProgramLogs.Asked;
import dev.slipway.deployment.target.ProgramLogs.Found;
import dev.slipway.deployment.target.TargetPort.Launch;
import io.github.resilience4j.bulkhead.Bulkhead;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What real programs wrote, as people ask for it. */
class ProgramLogsTest {
    private static final EnvironmentId PRODUCTION = EnvironmentId.parse("talker/production");

    @TempDir
    Path directory = Path.of("");

    private ProcessTarget target() {
        TargetSettings settings = ProcessTargetTest.settings(directory);
        return new ProcessTarget(
                settings,
                new AllowedPrograms(directory.resolve("programs.properties")),
                new Secrets(directory.resolve("secrets")),
                new VersionClient(settings, Bulkhead.ofDefaults("versions")),
                Clock.systemUTC());
    }

    /** Starts a shell program that writes and ends. */
    private void run(String key, String script) throws Exception {
        Files.writeString(directory.resolve("programs.properties"), "sh=/bin/sh\n");
        Path file = Files.writeString(directory.resolve("script"), script);
        Artifact artifact = new Artifact(file.toUri(), SampleBuild.digest(file));
        Target program = new Target("process", List.of("sh", "{artifact}"), "PORT", "/health");
        target().start(
                        new Launch(key, Path.of(artifact.uri()), program, Duration.ofSeconds(30), null),
                        System.nanoTime(),
                        () -> false);
    }

    private Optional<Found> read(String version, @Nullable Long from, int lines) throws Exception {
        return target().logs().read(new Asked(PRODUCTION, version, from, lines));
    }

    @Test
    void the_last_lines_of_the_newest_attempt_are_found_by_version_and_environment() throws Exception {
        run("talker@1.0.0/production/1", "echo first\n");
        run("talker@1.0.0~2/production/1", "echo one; echo two; echo three\n");
        run("talker@1.0.0/staging/1", "echo staging\n");

        Found found = read("1.0.0", null, 2).orElseThrow();
        assertThat(found.lines()).containsExactly("two", "three");
        assertThat(found.key().release().value()).isEqualTo("talker@1.0.0~2");
        assertThat(found.running()).isFalse();
        assertThat(read("1.0.0~2", null, 10).orElseThrow().lines()).containsExactly("one", "two", "three");
        assertThat(read("1.0", null, 10)).isEmpty();
        assertThat(read("../../talker@1.0.0", null, 10)).isEmpty();
    }

    @Test
    void what_comes_later_is_asked_for_from_where_the_lines_ended() throws Exception {
        run("talker@1.0.0/production/1", "echo one; echo two\n");
        Found first = read("1.0.0", null, 10).orElseThrow();
        run("talker@1.0.0/production/1", "echo three\n");

        assertThat(read("1.0.0", first.next(), 10).orElseThrow().lines()).containsExactly("three");
        assertThat(read("1.0.0", 0L, 10).orElseThrow().lines()).containsExactly("one", "two", "three");
        assertThat(read("1.0.0", 1_000_000L, 10).orElseThrow().lines()).isEmpty();
    }

    @Test
    void secrets_are_masked_in_what_is_shown() throws Exception {
        run("talker@1.0.0/production/1", "echo 'password=hunter2 ok'; echo 'Authorization: Bearer abcdefghijk'\n");

        Found found = read("1.0.0", null, 10).orElseThrow();
        assertThat(found.lines()).containsExactly("password=*** ok", "Authorization: ***");
        assertThat(found.file()).content().contains("hunter2");
    }

    @Test
    void a_secret_of_this_machine_is_masked_wherever_it_stands_and_line_by_line() throws Exception {
        Path folder = Files.createDirectories(
                directory.resolve("secrets"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path secret = Files.createFile(
                folder.resolve("key"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(secret, "correct horse\nbattery staple\n");
        run("talker@1.0.0/production/1", "echo 'I say correct horse to you'; echo 'battery staple'; echo horse\n");

        assertThat(read("1.0.0", null, 10).orElseThrow().lines()).containsExactly("I say *** to you", "***", "horse");
    }

    @Test
    void of_more_secrets_than_are_read_the_last_is_not_shown_and_it_is_said_why_nothing_is() throws Exception {
        run("talker@1.0.0/production/1", "echo 'the key is s3same-open'\n");
        Path folder = Files.createDirectories(directory.resolve("secrets").resolve("talker"));
        for (int i = 0; i < 1_000; i++) {
            Files.writeString(folder.resolve("key-" + i), "s3same-open");
        }
        assertThat(read("1.0.0", null, 10).orElseThrow().lines()).containsExactly("the key is ***");

        Files.writeString(folder.resolve("one-more"), "another");

        assertThat(read("1.0.0", null, 10).orElseThrow().lines())
                .singleElement()
                .asString()
                .startsWith("*** (more than 1,000 secrets are in ")
                .doesNotContain("s3same-open", "the key");
    }
}
