package dev.slipway.deployment.target;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.Artifact;
import dev.slipway.contracts.policy.Target;
import dev.slipway.deployment.target.TargetPort.Launch;
import dev.slipway.deployment.target.TargetPort.Presence;
import dev.slipway.deployment.target.TargetPort.Startup;
import dev.slipway.deployment.target.TargetPort.Startup.Down;
import dev.slipway.deployment.target.TargetPort.Startup.Up;
import io.github.resilience4j.bulkhead.Bulkhead;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class ProcessTargetTest implements TargetContract {
    @TempDir
    static Path builds;

    static Path jar = Path.of("");

    @TempDir
    Path directory;

    @BeforeAll
    static void build() {
        Artifact artifact = SampleBuild.jar(builds, "1.0.0");
        jar = Path.of(artifact.uri());
    }

    @AfterEach
    void leaveNothingRunning() throws Exception {
        target().stop(KEY, 1_000);
        target().stop(KEY + "~way-back", 1_000);
        KeptEnds.awaitIn(directory);
    }

    @Override
    public TargetPort target() {
        return target(SampleBuild.allowJava(directory));
    }

    private TargetPort target(Path allowed) {
        TargetSettings settings = settings(directory);
        return new ProcessTarget(
                settings,
                new AllowedPrograms(allowed),
                new Secrets(null),
                new VersionClient(settings, Bulkhead.ofDefaults("versions")),
                Clock.systemUTC());
    }

    static TargetSettings settings(Path directory) {
        return settings(directory, Map.of());
    }

    static TargetSettings settings(Path directory, Map<String, String> others) {
        Map<String, String> all = new HashMap<>(others);
        all.put("targets.directory", directory.toString());
        all.put("targets.artifact-roots", directory.toString());
        return new Binder(new MapConfigurationPropertySource(all))
                .bind("targets", TargetSettings.class)
                .get();
    }

    @Override
    public Launch launch(String key, String behaviour, Duration startWithin) {
        return new Launch(key, jar, SampleBuild.target(behaviour), startWithin, null);
    }

    private KeyFolder folder() {
        return new KeyFolder(directory, KEY);
    }

    @Test
    void a_process_gets_its_port_and_nothing_else_of_the_environment() throws Exception {
        URI address = address(start(target(), 1));

        try (HttpClient client = HttpClient.newHttpClient()) {
            String names = client.send(
                            HttpRequest.newBuilder(address.resolve("/environment"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
            assertThat(names).isEqualTo("PORT");
        }
        assertThat(address.getHost()).isEqualTo("127.0.0.1");
        assertThat(folder().log()).content().contains("sample good");
    }

    @Test
    void a_process_whose_pid_a_crash_kept_from_being_recorded_is_found_and_adopted() throws Exception {
        Startup first = start(target(), 1);
        ProcessRecord record = folder().read();
        folder().write(record.starting(
                record.ports(), Map.of(), record.places(), Instant.now().minusSeconds(5)));

        assertThat(start(target(), 2)).isEqualTo(first);
        assertThat(folder().read().pid()).isEqualTo(record.pid());
    }

    @Test
    void a_crash_before_the_process_was_there_is_healed_by_starting_it() throws Exception {
        folder().locked(record ->
                folder().write(record.seen(1).starting(new Ports(1, Map.of()), Map.of(), Map.of(), Instant.now())));

        assertThat(start(target(), 2)).isInstanceOf(Up.class);
    }

    @Test
    void a_pid_that_belongs_to_another_process_by_now_is_left_alone() throws Exception {
        ProcessHandle other = ProcessHandle.current();
        folder().locked(record -> folder().write(
                        record.starting(new Ports(1, Map.of()), Map.of(), Map.of(), Instant.now())
                                .running(other.pid(), Instant.parse("2020-01-01T00:00:00Z"), null, Instant.now())));

        target().stop(KEY, 2);
        assertThat(other.isAlive()).isTrue();
        assertThat(start(target(), 3)).isInstanceOf(Up.class);
    }

    @Test
    void a_process_that_was_killed_is_gone_and_is_started_again() throws Exception {
        Startup first = start(target(), 1);
        ProcessRecord record = folder().read();
        ProcessHandle.of(record.pid()).ifPresent(ProcessHandle::destroyForcibly);

        Awaitility.await().untilAsserted(() -> assertThat(target().check(KEY)).isEqualTo(Presence.GONE));
        assertThat(start(target(), 2)).isInstanceOf(Up.class).isNotEqualTo(first);
    }

    @Test
    void what_slipway_ended_itself_is_told_from_what_died_and_comes_back_at_its_address() throws Exception {
        URI address = address(start(target(), 1));
        ProcessRecord record = folder().read();
        Files.writeString(
                folder().ourEnd(), "{\"pid\": %d, \"startedAt\": \"%s\"}".formatted(record.pid(), record.startedAt()));
        assertThat(target().check(KEY)).isEqualTo(Presence.RUNNING);
        ProcessHandle.of(record.pid()).ifPresent(ProcessHandle::destroy);

        Awaitility.await().untilAsserted(() -> assertThat(target().check(KEY)).isEqualTo(Presence.ENDED_BY_US));
        assertThat(address(start(target(), 2))).isEqualTo(address);

        ProcessHandle.of(folder().read().pid()).ifPresent(ProcessHandle::destroyForcibly);
        Awaitility.await()
                .untilAsserted(() -> assertThat(target().check(KEY))
                        .as("that word was about the process before")
                        .isEqualTo(Presence.GONE));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void what_ran_before_the_machine_came_up_ended_with_it() throws Exception {
        start(target(), 1);
        ProcessRecord record = folder().read();
        target().stop(KEY, 2);

        folder().write(record.running(record.pid(), Instant.now(), "another-boot:77", Instant.now()));
        assertThat(target().check(KEY)).isEqualTo(Presence.ENDED_BY_US);
        String first = String.valueOf(ProcessTable.birth(1));
        String earlier =
                first.substring(0, first.indexOf(':')) + ":-1"; // the container was started again, not the machine
        folder().write(record.running(record.pid(), Instant.now(), earlier, Instant.now()));
        assertThat(target().check(KEY)).isEqualTo(Presence.ENDED_BY_US);
        folder().write(record.running(record.pid(), Instant.now(), record.birth(), Instant.now()));
        assertThat(target().check(KEY)).isEqualTo(Presence.GONE);
    }

    @Test
    void a_word_about_an_end_that_was_cut_short_says_nothing() throws Exception {
        start(target(), 1);
        Files.writeString(folder().ourEnd(), "{\"pid\": ");
        ProcessHandle.of(folder().read().pid()).ifPresent(ProcessHandle::destroyForcibly);

        Awaitility.await().untilAsserted(() -> assertThat(target().check(KEY)).isEqualTo(Presence.GONE));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void a_process_is_a_session_of_its_own_so_that_a_terminals_interrupt_does_not_reach_it() throws Exception {
        start(target(), 1);
        long pid = folder().read().pid();
        String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        List<String> fields = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" "));

        assertThat(fields.get(3)).as("session").isEqualTo(Long.toString(pid));
    }

    @Test
    void a_program_that_is_not_on_the_list_does_not_run() throws Exception {
        Launch shell = new Launch(
                KEY,
                jar,
                new Target("process", List.of("sh", "-c", "true"), "PORT", "/health"),
                Duration.ofSeconds(5),
                null);

        assertThat(target().start(shell, 1, () -> false))
                .isInstanceOfSatisfying(
                        Down.class, down -> assertThat(down.why()).contains("allowed", "./slipway allow sh"));
        assertThat(target(directory.resolve("absent"))
                        .start(launch(KEY, "good", Duration.ofSeconds(5)), 1, () -> false))
                .isInstanceOf(Down.class);
    }

    @Test
    void the_list_is_read_each_time_and_allows_absolute_executables_alone() throws IOException {
        Path list = directory.resolve("list");
        AllowedPrograms programs = new AllowedPrograms(list);
        assertThat(programs.find("sh")).isEmpty();

        Files.writeString(list, "sh=/bin/sh\nrelative=bin/sh\nmissing=/no/such/program\n");
        assertThat(programs.find("sh")).contains(Path.of("/bin/sh"));
        assertThat(programs.find("relative")).isEmpty();
        assertThat(programs.find("missing")).isEmpty();
        assertThat(programs.find("/bin/sh")).isEmpty();
    }

    @Test
    void a_variable_name_must_be_one() throws Exception {
        Target odd = new Target("process", List.of("java"), "PO=RT", "/health");

        assertThat(target().start(new Launch(KEY, jar, odd, Duration.ofSeconds(5), null), 1, () -> false))
                .isInstanceOfSatisfying(
                        Down.class, down -> assertThat(down.why()).contains("portEnv"));
    }

    @Test
    void what_is_left_of_old_stopped_processes_goes_but_never_a_running_one() throws Exception {
        start(target(), 1);
        for (String key : List.of("a@1/x/1", "b@1/x/1")) {
            target().stop(key, 1);
        }

        Instant now = Instant.now();
        assertThat(KeyFolder.forget(directory, 0, now.minusSeconds(60)))
                .as("their fences are still needed")
                .isZero();
        assertThat(KeyFolder.forget(directory, 1, now.plusSeconds(60))).isEqualTo(1);
        assertThat(KeyFolder.forget(directory, 0, now.plusSeconds(60))).isEqualTo(1);
        assertThat(target().check(KEY)).isEqualTo(Presence.RUNNING);
    }

    @Test
    void different_keys_have_different_folders_inside_the_directory() {
        assertThat(KeyFolder.name("a@1/b/1")).isNotEqualTo(KeyFolder.name("a@1_b/1"));
        assertThat(KeyFolder.name("../../etc@1/x/1")).doesNotContain("/");
        assertThat(KeyFolder.name("a@" + "9".repeat(300)).length()).isLessThan(200);
    }

    private static URI address(Startup startup) {
        assertThat(startup).isInstanceOf(Up.class);
        return ((Up) startup).instance().address();
    }
}
