package dev.slipway.cli.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.cli.shell.CommandFailed;
import dev.slipway.cli.shell.Shell;
import dev.slipway.platform.Pace;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real platform, and five services that only say that they are ready. */
@Tag("thorough")
class UpAndDownIT {
    private static final Duration LIMIT = Pace.patience(Duration.ofSeconds(90));

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @TempDir
    Path folder = Path.of("");

    private Home home = new Home(folder);
    private Path sources = Path.of("target");

    @BeforeEach
    void build() throws IOException {
        home = new Home(folder.resolve("home with a space"));
        sources = Files.createTempDirectory(sources, "stand-ins"); // they link to this module's build beside them
        RunFolder.prepare(home, StandInServices.build(sources.resolve("first")));
    }

    @AfterEach
    void leaveNothingRunning() throws IOException {
        new Shutdown(home, shell()).run();
        Folders.delete(sources);
    }

    @Test
    void a_restart_starts_slipways_own_anew_and_leaves_applications_running_whose_end_down_notes() throws IOException {
        URI url = up();
        Map<String, Long> first = pids();
        Process application = new ProcessBuilder("sleep", "600").start();
        Path folderOfIt = Files.createDirectories(home.targets().resolve("processes/hello"));
        Instant startedAt = application.info().startInstant().orElseThrow();
        Files.writeString(
                folderOfIt.resolve("process.json"),
                "{\"key\": \"hello@1.0.0/production/1\", \"state\": \"RUNNING\", \"port\": 1, \"pid\": %d, \"startedAt\": \"%s\"}"
                        .formatted(application.pid(), startedAt));

        assertThat(new Restart(home, shell(), LIMIT).run()).isEqualTo(url);

        Map<String, Long> second = pids();
        assertThat(second.keySet()).isEqualTo(first.keySet());
        assertThat(second).allSatisfy((name, pid) -> assertThat(pid).as(name).isNotEqualTo(first.get(name)));
        assertThat(status().ready()).isTrue();
        assertThat(status().processes())
                .as("an end that was asked for is none that the supervisor mends")
                .allMatch(process -> process.restarts() == 0);
        assertThat(application.isAlive()).isTrue();
        assertThat(folderOfIt.resolve("ended-by-slipway.json")).doesNotExist();
        assertThat(said.toString(StandardCharsets.UTF_8))
                .contains("applications: 1 of 1 processes ran on")
                .as("another gateway while the only one starts anew")
                .contains(
                        "gateway-2: ready on port",
                        ", applications on port " + status().front().split(":")[2]);

        new Shutdown(home, shell()).run();

        assertThat(application.isAlive()).isFalse();
        assertThat(Files.readString(folderOfIt.resolve("ended-by-slipway.json")))
                .contains("\"pid\":" + application.pid())
                .contains("\"startedAt\":\"" + startedAt + "\"");
    }

    @Test
    void a_restart_of_what_does_not_run_names_the_remedy() {
        assertThatThrownBy(() -> new Restart(home, shell(), LIMIT).run())
                .isInstanceOf(CommandFailed.class)
                .hasMessageContaining("./slipway up");
    }

    @Test
    void up_starts_everything_once_then_what_differs_and_down_ends_it_all() throws IOException {
        // given a cache that is none
        Path cache = RunFolder.current(home).cache(Program.RELEASE);
        Files.createDirectories(cache.resolveSibling("."));
        Files.writeString(cache, "no cache");

        // when
        URI url = up();

        // then everything is ready, on record, and nobody else's to read
        assertThat(status().ready()).isTrue();
        assertThat(status().url()).isEqualTo(url.toString());
        assertThat(status().lastUp()).isNotNull();
        assertThat(status().front()).matches("http://127.0.0.1:\\d+").isNotEqualTo(url.toString());
        assertThat(Files.readString(home.environment()))
                .startsWith("SLIPWAY_URL=" + url)
                .contains("SLIPWAY_FRONT_URL=" + status().front() + "\n");
        assertThat(Files.readString(home.allowedPrograms())).contains("java=");

        // when up again, nothing is started twice
        Map<String, Long> first = pids();
        assertThat(up()).isEqualTo(url);
        assertThat(pids()).isEqualTo(first);

        // when up with more replicas, what differs is started, and with fewer it is ended
        assertThat(up(2)).isEqualTo(url);
        assertThat(pids())
                .hasSize(12)
                .containsAllEntriesOf(without(first, "gateway"))
                .containsKey("gateway-2");
        assertThat(Files.readString(home.environment())).contains("SLIPWAY_URLS=" + url + ",http://127.0.0.1:");
        assertThat(status().ready()).isTrue();
        assertThat(up(1)).isEqualTo(url);
        assertThat(pids()).hasSize(7).containsAllEntriesOf(without(first, "gateway"));

        // when down
        List<ProcessRecord> all = ProcessTable.load(home).processes();
        assertThat(new Shutdown(home, shell()).run()).isEqualTo(7);
        assertThat(all).noneMatch(ProcessRecord::alive);
        assertThat(Launcher.marked(home)).isEmpty();
        assertThat(status().ready()).isFalse();
    }

    @Test
    void what_is_killed_comes_back_by_itself_where_it_was_and_its_supervisor_with_the_next_up() throws Exception {
        URI url = up();
        Map<String, Long> first = pids();
        String front = status().front();

        // when the only gateway is killed, who comes is held at the door until it is back
        assertThat(answerOf(front)).isEqualTo(204);
        kill("gateway");
        assertThat(answerOf(front)).isEqualTo(204);

        // then it alone is back, at its port, and status tells of it
        Awaitility.await().atMost(LIMIT).until(() -> status().ready() && !pids().equals(first));
        assertThat(pids().entrySet().stream()
                        .filter(process -> !process.getKey().equals("gateway")))
                .allMatch(process -> process.getValue().equals(first.get(process.getKey())));
        MachineStatus.OfProcess gateway = of("gateway");
        assertThat(gateway.restarts()).isEqualTo(1);
        assertThat(gateway.lastExit()).isEqualTo("killed by signal 9");
        assertThat(url).hasPort(gateway.port());
        assertThat(status().front()).isEqualTo(front);

        // when the platform is killed, it comes back at the addresses that the services know
        PlatformPorts ports = PlatformPorts.of(home);
        kill("platform");
        Awaitility.await().atMost(LIMIT).until(() -> of("platform").restarts() == 1 && status().ready());
        assertThat(PlatformPorts.of(home)).isEqualTo(ports);

        // when the supervisor is killed, and then another
        kill("supervisor");
        kill("release-service");
        assertThat(status().troubles()).anyMatch(trouble -> trouble.contains("./slipway up starts it"));

        // then up puts it right, and what the first supervisor counted is not lost
        assertThat(up()).isEqualTo(url);
        assertThat(status().ready()).isTrue();
        assertThat(of("gateway").restarts()).isEqualTo(1);
        assertThat(of("gateway").pid()).isEqualTo(gateway.pid());

        // when the supervisor dies before it writes down what it started, that is found by its mark and replaced
        kill("supervisor");
        ProcessRecord unrecorded = ProcessTable.load(home).of("gateway").orElseThrow();
        ProcessTable.load(home.processes()).without("gateway").save(home, home.processes());
        up();
        assertThat(unrecorded.alive()).isFalse(); // what it was told is unknown
        assertThat(status().ready()).isTrue();
        assertThat(of("gateway").port())
                .isEqualTo(Plan.load(home).orElseThrow().port("gateway").orElseThrow());

        // when everything is killed at once, as with the machine, that is no loop of what was killed before
        kill("supervisor");
        List.copyOf(pids().keySet()).stream()
                .filter(name -> !name.equals("supervisor"))
                .forEach(this::kill);
        up();
        assertThat(status().ready()).isTrue();
    }

    @Test
    void a_port_in_use_is_one_line_that_names_the_remedy() throws IOException {
        try (ServerSocket taken = new ServerSocket()) {
            taken.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));

            OptionalInt port = OptionalInt.of(taken.getLocalPort());
            assertThatThrownBy(() -> up(new Startup.WantedPorts(port, OptionalInt.of(0))))
                    .isInstanceOf(CommandFailed.class)
                    .hasMessageContaining("port %d on 127.0.0.1 is in use".formatted(taken.getLocalPort()))
                    .hasMessageContaining("choose another with --port");
            assertThatThrownBy(() -> up(new Startup.WantedPorts(OptionalInt.of(0), port)))
                    .isInstanceOf(CommandFailed.class)
                    .hasMessageContaining("port %d on 127.0.0.1 is in use".formatted(taken.getLocalPort()))
                    .hasMessageContaining("choose another with --front-port");
        }
    }

    @Test
    void a_service_that_does_not_start_is_named_with_what_it_said_last() throws IOException {
        Path source = StandInServices.build(sources.resolve("broken"), "gateway");
        RunFolder.prepare(home, source);

        assertThatThrownBy(this::up)
                .isInstanceOf(CommandFailed.class)
                .hasMessageContaining("gateway ended while it started")
                .hasMessageContaining("no port for me");
    }

    @Test
    void a_build_beside_does_not_disturb_what_runs_and_old_copies_go() throws IOException {
        up();
        String running = RunFolder.current(home).hash();

        for (int build = 0; build < 3; build++) {
            Path source = StandInServices.build(sources.resolve("build" + build));
            StandInServices.change(source, build);
            RunFolder.prepare(home, source);
        }

        assertThat(status().ready()).isTrue();
        up();
        assertThat(said.toString(StandardCharsets.UTF_8)).contains("from an earlier build, and left alone: platform");
        try (Stream<Path> copies = Files.list(home.runs())) {
            List<String> names = copies.filter(Files::isDirectory)
                    .map(path -> path.getFileName().toString())
                    .toList();
            assertThat(names)
                    .hasSize(3)
                    .contains(running, RunFolder.current(home).hash());
        }
    }

    private static int answerOf(String front) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create(front)).timeout(LIMIT).build();
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        }
    }

    private void kill(String name) {
        ProcessHandle process =
                ProcessTable.load(home).of(name).orElseThrow().handle().orElseThrow();
        assertThat(process.destroyForcibly()).isTrue();
        process.onExit().join();
    }

    private URI up() {
        return up(Startup.WantedPorts.free());
    }

    private URI up(Startup.WantedPorts ports) {
        return new Startup(home, shell(), LIMIT).run(ports);
    }

    private URI up(int replicas) {
        return new Startup(home, shell(), LIMIT)
                .run(new Startup.WantedPorts(OptionalInt.empty(), OptionalInt.empty()), OptionalInt.of(replicas));
    }

    private MachineStatus.OfProcess of(String name) {
        return status().processes().stream()
                .filter(process -> process.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private MachineStatus status() {
        return MachineStatus.of(home, Instant.now());
    }

    private Map<String, Long> pids() {
        return ProcessTable.load(home).processes().stream()
                .filter(ProcessRecord::alive)
                .collect(Collectors.toMap(ProcessRecord::name, ProcessRecord::pid));
    }

    /** A gateway is told of the instances of services, so it starts anew when these are others. */
    private static Map<String, Long> without(Map<String, Long> pids, String name) {
        Map<String, Long> others = new HashMap<>(pids);
        others.remove(name);
        return others;
    }

    private Shell shell() {
        PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
        return new Shell(out, out, false, 80, System.getenv());
    }
}
