package dev.slipway.deployment.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.contracts.Artifact;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.policy.Limits;
import dev.slipway.contracts.policy.Stop;
import dev.slipway.contracts.policy.Target;
import dev.slipway.deployment.target.Collecting.Collected;
import dev.slipway.deployment.target.TargetPort.Launch;
import dev.slipway.deployment.target.TargetPort.Startup;
import dev.slipway.deployment.target.TargetPort.Startup.Down;
import dev.slipway.deployment.target.TargetPort.Startup.Up;
import dev.slipway.platform.Pace;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Files of every kind, from where CI left them to a real process that runs in them, is limited, and ends. */
@EnabledOnOs(OS.LINUX)
class ReleasedFilesTest {
    private static final String KEY = "hello@1.0.0/production/1";
    private static final Duration WITHIN = Pace.patience(Duration.ofSeconds(30));

    @TempDir
    Path directory = Path.of("");

    private Path server = Path.of("");

    @BeforeEach
    void write() throws IOException {
        assumeTrue(Files.isExecutable(ServingProgram.PYTHON), "no /usr/bin/python3: released files are not tried");
        server = ServingProgram.write(directory.resolve("server"));
        allow("python3=" + ServingProgram.PYTHON, "@hello=artifacts");
    }

    @AfterEach
    void leaveNothingRunning() throws Exception {
        target().stop(KEY, 1_000);
        KeptEnds.awaitIn(directory);
    }

    private void allow(String... lines) throws IOException {
        Files.writeString(directory.resolve("programs.properties"), String.join("\n", lines) + "\n");
    }

    private ProcessTarget target() {
        TargetSettings settings = ProcessTargetTest.settings(directory);
        return new ProcessTarget(
                settings,
                new AllowedPrograms(directory.resolve("programs.properties")),
                new Secrets(directory.resolve("secrets")),
                new VersionClient(settings, Bulkhead.ofDefaults("versions")),
                Clock.systemUTC());
    }

    private Collected collected(Artifact... artifacts) throws Exception {
        TargetSettings settings = ProcessTargetTest.settings(directory);
        ArtifactStore store =
                new ArtifactStore(settings, new RemoteArtifacts(settings, CircuitBreaker.ofDefaults("artifacts")));
        return new Collecting(store, new Archives(settings)).collect(List.of(artifacts));
    }

    private static Artifact artifact(Path file, @Nullable String name) {
        return new Artifact(file.toUri(), SampleBuild.digest(file), name);
    }

    private static Target target(@Nullable Stop stop, @Nullable Limits limits, String... command) {
        return new Target(
                "process",
                List.of(command),
                "PORT",
                "/health",
                false,
                null,
                Map.of(),
                Map.of(),
                null,
                null,
                stop,
                limits,
                null);
    }

    private Startup start(Target target, Artifact... artifacts) throws Exception {
        Collected collected = collected(artifacts);
        assertThat(collected).isInstanceOf(Collected.Here.class);
        List<Part> parts = ((Collected.Here) collected).parts();
        return target().start(
                        new Launch(KEY, parts, target, Pace.patience(WITHIN), null, Facts.ofKey(KEY)), 1, () -> false);
    }

    private Up up(Target target, Artifact... artifacts) throws Exception {
        Startup startup = start(target, artifacts);
        assertThat(startup).isInstanceOf(Up.class);
        return (Up) startup;
    }

    private String down(Target target, Artifact... artifacts) throws Exception {
        Startup startup = start(target, artifacts);
        assertThat(startup).isInstanceOf(Down.class);
        assertThat(folder().read().pid()).as("nothing was started").isZero();
        return ((Down) startup).why();
    }

    private KeyFolder folder() {
        return new KeyFolder(directory, KEY);
    }

    private static HttpResponse<String> get(Up up, String path) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request(up, path), HttpResponse.BodyHandlers.ofString());
        }
    }

    private static HttpRequest request(Up up, String path) {
        return HttpRequest.newBuilder(up.instance().address().resolve(path)).build();
    }

    private static List<String> where(Up up) throws Exception {
        return get(up, "/where").body().lines().toList();
    }

    private Path packed(String name, Map<String, Path> files) throws Exception {
        Path tree = Files.createDirectories(directory.resolve("tree-" + name));
        for (Map.Entry<String, Path> file : files.entrySet()) {
            Path place = tree.resolve(file.getKey());
            Files.createDirectories(place.resolveSibling("").normalize());
            Files.copy(file.getValue(), place, StandardCopyOption.COPY_ATTRIBUTES);
        }
        Path archive = directory.resolve(name);
        List<String> pack = new ArrayList<>(List.of("tar", "czf", archive.toString(), "-C", tree.toString(), "."));
        Process packing = new ProcessBuilder(pack).inheritIO().start();
        assertThat(packing.waitFor()).isZero();
        return archive;
    }

    @Test
    void one_file_lies_under_its_name_in_the_folder_that_the_program_is_started_in() throws Exception {
        Path script = Files.copy(server, directory.resolve("app.py"));

        List<String> where = where(up(target(null, null, "python3", "{artifact}"), artifact(script, null)));

        Path work = folder().workDirectory().toRealPath();
        assertThat(where)
                .containsExactly(work.toString(), work.resolve("app.py").toString());
    }

    @Test
    void several_artifacts_lie_side_by_side_each_under_its_name() throws Exception {
        Path config = Files.writeString(directory.resolve("config-1.0.json"), "{}");
        Target target = target(null, null, "python3", "{artifacts.server}", "{artifacts.config}", "{folder}");

        List<String> where = where(up(target, artifact(server, null), artifact(config, "config")));

        Path work = folder().workDirectory();
        assertThat(where.subList(1, 4))
                .containsExactly(
                        work.resolve("server").toString(),
                        work.resolve("config").toString(),
                        work.toString());
        assertThat(work.resolve("config")).hasContent("{}");
    }

    @Test
    void one_wrong_digest_among_several_refuses_all_and_names_it() throws Exception {
        Path other = Files.writeString(directory.resolve("other"), "other");
        Artifact wrong = new Artifact(other.toUri(), Digest.of("another"), null);

        assertThat(collected(artifact(server, "app"), wrong))
                .isInstanceOfSatisfying(
                        Collected.Refused.class,
                        refused ->
                                assertThat(refused.why()).startsWith("other: ").contains("digest"));
    }

    @Test
    void an_archive_is_unpacked_and_the_program_runs_in_its_folder() throws Exception {
        Path archive = packed("app.tar.gz", Map.of("server.py", server, "etc/config.json", server));

        List<String> where = where(up(target(null, null, "python3", "server.py", "{folder}"), artifact(archive, null)));

        Path folder = directory
                .resolve("unpacked")
                .resolve(SampleBuild.digest(archive).hex());
        assertThat(where).containsExactly(folder.toRealPath().toString(), "server.py", folder.toString());
    }

    @Test
    void a_program_in_an_archive_is_run_from_there() throws Exception {
        Path archive = packed("app.tgz", Map.of("bin/server", server));

        assertThat(where(up(target(null, null, "{folder}/bin/server"), artifact(archive, null))))
                .hasSize(2);
    }

    @Test
    void an_archive_that_leads_out_of_its_folder_is_refused_by_its_name() throws Exception {
        Path tree = Files.createDirectories(directory.resolve("links"));
        Files.createSymbolicLink(tree.resolve("etc"), Path.of("/etc"));
        Path archive = directory.resolve("links.tar.gz");
        assertThat(new ProcessBuilder("tar", "czf", archive.toString(), "-C", tree.toString(), ".")
                        .start()
                        .waitFor())
                .isZero();

        assertThat(collected(artifact(archive, null)))
                .isInstanceOfSatisfying(
                        Collected.Refused.class,
                        refused -> assertThat(refused.why())
                                .startsWith("links.tar.gz: ")
                                .contains("holds a link"));
    }

    @Test
    void a_native_binary_is_the_command_itself() throws Exception {
        Path binary = Files.copy(ServingProgram.PYTHON.toRealPath(), directory.resolve("native"));

        Up up = up(
                target(null, null, "{artifact}", "{artifacts.server}"), artifact(binary, null), artifact(server, null));

        ProcessRecord record = folder().read();
        assertThat(ProcessHandle.of(record.pid()).orElseThrow().info().command())
                .contains(
                        folder().workDirectory().toRealPath().resolve("native").toString());
        assertThat(get(up, "/health").statusCode()).isEqualTo(200);
    }

    @Test
    void a_program_that_opens_no_port_is_told_so_and_not_that_it_gave_no_answer() throws Exception {
        Launch launch = new Launch(
                KEY,
                List.of(Part.of(server)),
                target(null, null, "python3", "{artifact}", "mute"),
                Duration.ofSeconds(1),
                null,
                Facts.ofKey(KEY));

        assertThat(target().start(launch, 1, () -> false))
                .isInstanceOfSatisfying(
                        Down.class,
                        down -> assertThat(down.why())
                                .matches(
                                        "Nobody listens on its port for traffic \\(\\d+, told in PORT\\) within 1 s.*"));
    }

    @Test
    void what_is_released_is_run_only_where_the_administrator_allows_it() throws Exception {
        allow("python3=" + ServingProgram.PYTHON, "@other=artifacts");
        assertThat(down(target(null, null, "{artifact}"), artifact(server, null)))
                .contains("./slipway allow --artifact hello");

        allow("@hello=artifacts");
        assertThat(start(target(null, null, "{artifact}"), artifact(server, null)))
                .isInstanceOf(Up.class);
    }

    @Test
    void what_no_kernel_runs_is_refused_in_words_before_it_is_started() throws Exception {
        Target own = target(null, null, "{artifact}");
        byte[] elf = new byte[64];
        System.arraycopy(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1}, 0, elf, 0, 7);
        elf[18] = (byte) 22; // s390x
        assertThat(down(own, artifact(Files.write(directory.resolve("foreign"), elf), null)))
                .contains("foreign is a program for s390x, and this machine is " + System.getProperty("os.arch"));
        assertThat(down(own, artifact(Files.writeString(directory.resolve("text"), "echo hello"), null)))
                .contains("neither a program of this machine (ELF) nor a script");
        assertThat(down(own, artifact(Files.writeString(directory.resolve("app.jar"), "PK\3\4"), null)))
                .contains("[java, -jar, \"{artifact}\"]");
        assertThat(down(own, artifact(Files.writeString(directory.resolve("s"), "#!/no/such/ruby -w\n"), null)))
                .contains("/no/such/ruby", "install it");
    }

    @Test
    void no_path_leads_from_the_released_files_to_another_program() throws Exception {
        Path archive = packed("app.tgz", Map.of("bin/server", server, "bin/readme", plain()));

        assertThat(down(target(null, null, "{folder}/../../../../../../../../bin/sh"), artifact(archive, null)))
                .contains("none of what was released");
        assertThat(down(target(null, null, "{folder}/bin/missing"), artifact(archive, null)))
                .contains("There is no program");
        assertThat(down(target(null, null, "{folder}/bin/readme"), artifact(archive, null)))
                .contains("readme is not executable", "chmod +x");
    }

    private Path plain() throws IOException {
        Path file = Files.writeString(directory.resolve("readme"), "read me");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        return file;
    }

    @Test
    void a_program_is_held_to_its_limits_and_its_log_says_which_hold_by_what() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/prlimit")), "no prlimit on this machine");
        Limits limits = new Limits(128L << 20, 50, 64, 200);

        Up up = up(target(null, limits, "{artifact}"), artifact(server, null));

        assertThat(get(up, "/files").body()).isEqualTo("64");
        assertThat(get(up, "/take?20").statusCode()).isEqualTo(200);
        boolean grouped = Files.readString(folder().log()).contains("memory 128 MB (control group)");
        if (!grouped) { // a group ends the program instead
            assertThat(get(up, "/take?400").statusCode()).isEqualTo(507);
            assertThat(get(up, "/health").statusCode()).isEqualTo(200);
        }
        assertThat(Files.readString(folder().log()))
                .contains("slipway: is held to memory 128 MB", "open files 64 in each process (prlimit)")
                .contains("processes and threads 50", "CPU weight 200");
    }

    @Test
    void requests_in_flight_end_before_the_program_does() throws Exception {
        Up up = up(
                target(new Stop(Stop.Signal.TERM, Duration.ofSeconds(20)), null, "{artifact}"), artifact(server, null));
        try (HttpClient client = HttpClient.newHttpClient()) {
            CompletableFuture<HttpResponse<String>> slow =
                    client.sendAsync(request(up, "/slow"), HttpResponse.BodyHandlers.ofString());
            awaitLog("slow");

            target().stop(KEY, 2);

            assertThat(slow.join().statusCode()).isEqualTo(200);
        }
        assertThat(Files.readString(folder().log())).contains("ended").doesNotContain("slipway:");
    }

    @Test
    void a_program_is_ended_by_the_signal_of_its_policy() throws Exception {
        up(
                target(new Stop(Stop.Signal.USR1, Duration.ofSeconds(60)), null, "{artifact}", "user"),
                artifact(server, null));

        target().stop(KEY, 2);

        assertThat(Files.readString(folder().log())).contains("ended").doesNotContain("slipway:");
    }

    @Test
    void a_program_that_minds_no_signal_is_killed_when_its_grace_is_over_and_that_is_told() throws Exception {
        up(
                target(new Stop(Stop.Signal.TERM, Duration.ofSeconds(1)), null, "{artifact}", "deaf"),
                artifact(server, null));
        long pid = folder().read().pid();

        target().stop(KEY, 2);

        assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive).filter(each -> !ProcessTable.zombie(pid)))
                .isEmpty();
        assertThat(Files.readString(folder().log()))
                .contains("slipway: It did not end within 1 s after TERM and was killed.");
    }

    @Test
    void what_outlives_a_program_is_told_and_ended_by_the_same_signal_or_else_killed() throws Exception {
        for (String order : List.of("child", "deaf-child")) {
            Duration grace = order.equals("child") ? Pace.patience(Duration.ofSeconds(20)) : Duration.ofSeconds(3);
            up(target(new Stop(Stop.Signal.TERM, grace), null, "{artifact}", order), artifact(server, null));
            long child = child();

            target().stop(KEY, 2);

            Awaitility.await()
                    .atMost(Pace.patience(Duration.ofSeconds(10)))
                    .until(() -> ProcessHandle.of(child)
                                    .filter(ProcessHandle::isAlive)
                                    .isEmpty()
                            || ProcessTable.zombie(child));
            assertThat(Files.readString(folder().log()))
                    .contains("1 of the processes that it started outlived it (" + child + " python3")
                    .contains(order.equals("child") ? "they were ended by TERM" : "they were killed");
            Files.delete(folder().log());
            folder().locked(record -> folder().write(record.seen(0)));
        }
    }

    @Test
    void what_a_dead_program_left_behind_is_ended_before_it_is_started_again() throws Exception {
        Target target = target(new Stop(Stop.Signal.TERM, Duration.ofSeconds(1)), null, "{artifact}", "deaf-child");
        up(target, artifact(server, null));
        long child = child();
        long pid = folder().read().pid();
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
        Awaitility.await().until(() -> target().check(KEY) == TargetPort.Presence.GONE);
        assertThat(ProcessHandle.of(child).filter(ProcessHandle::isAlive)).isPresent();

        up(target, artifact(server, null));

        Awaitility.await()
                .until(() ->
                        ProcessHandle.of(child).filter(ProcessHandle::isAlive).isEmpty() || ProcessTable.zombie(child));
    }

    @Test
    void a_program_in_an_unpacked_folder_is_found_where_a_crash_kept_its_pid_from_being_recorded() throws Exception {
        Path archive = packed("app.tgz", Map.of("bin/server", server));
        Target target = target(null, null, "{folder}/bin/server");
        Up first = up(target, artifact(archive, null));
        ProcessRecord record = folder().read();
        folder().write(record.starting(
                record.ports(), Map.of(), record.places(), Instant.now().minusSeconds(20)));

        assertThat(up(target, artifact(archive, null))).isEqualTo(first);
    }

    private long child() throws Exception {
        awaitLog("child ");
        return Files.readAllLines(folder().log(), StandardCharsets.UTF_8).stream()
                .filter(line -> line.startsWith("child "))
                .mapToLong(line -> Long.parseLong(line.substring("child ".length())))
                .findFirst()
                .orElseThrow();
    }

    private void awaitLog(String text) {
        Awaitility.await()
                .atMost(Pace.patience(Duration.ofSeconds(20)))
                .until(() -> Files.readString(folder().log()).contains(text));
    }
}
