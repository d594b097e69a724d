package dev.slipway.deployment.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.contracts.ApplicationName;
import dev.slipway.contracts.policy.Limits;
import dev.slipway.contracts.policy.Stop;
import dev.slipway.contracts.policy.Target;
import dev.slipway.deployment.target.TargetPort.Launch;
import dev.slipway.deployment.target.TargetPort.Presence;
import dev.slipway.deployment.target.TargetPort.Startup;
import dev.slipway.deployment.target.TargetPort.Startup.Down;
import dev.slipway.deployment.target.TargetPort.Startup.Up;
import dev.slipway.platform.Pace;
import io.github.resilience4j.bulkhead.Bulkhead;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** All that a target must do, while its programs run as a user that is not this service's; for which this one must be root. */
@Tag("thorough")
@EnabledOnOs(OS.LINUX)
class OtherUserTest implements TargetContract {
    private static final String USER = "nobody";
    private static final Path SETPRIV = Path.of("/usr/bin/setpriv");

    @TempDir
    Path directory = Path.of("");

    private Path server = Path.of("");

    @BeforeEach
    void write() throws IOException {
        assumeTrue(
                "root".equals(System.getProperty("user.name")),
                "skipped: only root may start programs as another user");
        assumeTrue(Files.isExecutable(SETPRIV), "skipped: there is no " + SETPRIV);
        assumeTrue(Files.isExecutable(ServingProgram.PYTHON), "skipped: there is no /usr/bin/python3");
        server = ServingProgram.write(directory.resolve("server.py"));
        allow("@*/user=" + USER);
    }

    @AfterEach
    void leaveNothingRunning() throws Exception {
        target().stop(KEY, 1_000);
        target().stop(KEY + "~way-back", 1_000);
        KeptEnds.awaitIn(directory);
    }

    private AllowedPrograms allow(String... lines) throws IOException {
        return new AllowedPrograms(Files.writeString(
                directory.resolve("programs.properties"),
                "python3=%s%n%s%n".formatted(ServingProgram.PYTHON, String.join("\n", lines))));
    }

    @Override
    public ProcessTarget target() {
        return target(directory);
    }

    private ProcessTarget target(Path folder) {
        TargetSettings settings = ProcessTargetTest.settings(folder);
        return new ProcessTarget(
                settings,
                new AllowedPrograms(directory.resolve("programs.properties")),
                new Secrets(null),
                new VersionClient(settings, Bulkhead.ofDefaults("versions")),
                Clock.systemUTC());
    }

    @Override
    public Launch launch(String key, String behaviour, Duration startWithin) {
        return launch(key, Part.of(server), startWithin, null, "python3", "{artifact}", behaviour);
    }

    private static Launch launch(
            String key, Part part, Duration startWithin, @Nullable Limits limits, String... command) {
        Target target = new Target(
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
                new Stop(Stop.Signal.TERM, Duration.ofSeconds(1)),
                limits,
                null);
        return new Launch(key, List.of(part), target, startWithin, null, Facts.ofKey(key));
    }

    private URI up(String behaviour) throws InterruptedException {
        return address(target().start(launch(KEY, behaviour, Pace.patience(Duration.ofSeconds(20))), 1, () -> false));
    }

    private static URI address(Startup startup) {
        assertThat(startup).isInstanceOf(Up.class);
        return ((Up) startup).instance().address();
    }

    private static String down(Startup startup) {
        assertThat(startup).isInstanceOf(Down.class);
        return ((Down) startup).why();
    }

    private static HttpResponse<String> get(URI address, String path) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create(address + path)).build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    private static int tried(URI address, String mode, Path file) throws Exception {
        return get(address, "/try?%s=%s".formatted(mode, file)).statusCode();
    }

    private KeyFolder folder() {
        return new KeyFolder(directory, KEY);
    }

    @Test
    void it_is_that_user_has_no_rights_of_roots_and_can_gain_none() throws Exception {
        int uid = (int) Files.getAttribute(Files.createFile(directory.resolve("probe")), "unix:uid"); // this test's own
        List<String> rights = get(up("good"), "/rights").body().lines().toList();

        assertThat(uid).isZero();
        assertThat(rights)
                .contains("NoNewPrivs: 1", "CapEff: 0000000000000000")
                .noneMatch(line -> line.equals("Uid: 0") || line.equals("Gid: 0"));
    }

    @Test
    void it_reads_its_artifact_writes_its_folder_and_its_output_and_sees_nothing_else_of_slipways() throws Exception {
        URI address = up("good");
        Path work = folder().workDirectory();
        Path other = Files.createDirectories(directory.resolve("artifacts"));

        assertThat(tried(address, "r", work.resolve("server.py"))).isEqualTo(200);
        assertThat(tried(address, "a", work.resolve("server.py"))).isEqualTo(403);
        assertThat(tried(address, "w", work.resolve("data"))).isEqualTo(200);
        assertThat(tried(address, "w", Path.of("/dev/stdout"))).isEqualTo(200);
        assertThat(tried(address, "w", folder().file("process.json"))).isEqualTo(403);
        assertThat(tried(address, "w", other.resolve("planted"))).isEqualTo(403);
        assertThat(server).as("the store's own file stays as it was").isExecutable();
        assertThat(Files.getOwner(server).getName()).isEqualTo("root");
    }

    @Test
    void what_was_unpacked_is_read_and_not_written() throws Exception {
        Path unpacked = Files.createDirectories(directory.resolve("unpacked/0123"));
        Files.copy(server, unpacked.resolve("server.py"), StandardCopyOption.COPY_ATTRIBUTES);
        FolderSums.close(unpacked.resolve("server.py"), false);
        FolderSums.closeFolders(unpacked);
        Files.setPosixFilePermissions(unpacked.resolveSibling(""), PosixFilePermissions.fromString("rwx------"));
        Launch launch = launch(
                KEY,
                new Part("app", unpacked),
                Pace.patience(Duration.ofSeconds(20)),
                null,
                "python3",
                "{folder}/server.py",
                "good");

        URI address = address(target().start(launch, 1, () -> false));

        assertThat(get(address, "/where").body()).startsWith(unpacked.toRealPath() + "\n");
        assertThat(tried(address, "a", unpacked.resolve("server.py"))).isEqualTo(403);
        assertThat(tried(address, "w", unpacked.resolve("planted"))).isEqualTo(403);
    }

    @Test
    void its_limits_hold_and_what_it_uses_is_seen() throws Exception {
        Limits limits = new Limits(null, null, 64, null);
        Launch launch = launch(
                KEY, Part.of(server), Pace.patience(Duration.ofSeconds(20)), limits, "python3", "{artifact}", "good");

        URI address = address(target().start(launch, 1, () -> false));

        assertThat(get(address, "/files").body()).isEqualTo("64");
        assertThat(target().meter().measure(List.of(KEY)).get(KEY))
                .satisfies(used -> assertThat(used.memoryBytes()).isGreaterThan(1 << 20))
                .satisfies(used -> assertThat(used.openFiles()).isPositive());
    }

    @Test
    void what_minds_no_term_is_killed_with_what_it_started_and_both_are_told() throws Exception {
        up("deaf-child");
        long child = Long.parseLong(Files.readString(folder().log()).replaceAll("(?s).*child (\\d+).*", "$1"));

        target().stop(KEY, 2);

        Awaitility.await()
                .atMost(Pace.patience(Duration.ofSeconds(10)))
                .until(() -> ProcessHandle.of(child)
                        .filter(each -> !ProcessTable.zombie(child))
                        .isEmpty());
        assertThat(target().check(KEY)).isEqualTo(Presence.GONE);
        assertThat(folder().log()).content().contains("outlived it");
    }

    @Test
    void one_whose_pid_a_crash_kept_from_being_recorded_is_found_and_adopted() throws Exception {
        URI address = up("good");
        ProcessRecord record = folder().read();
        folder().write(record.starting(
                record.ports(), Map.of(), Map.of(), Instant.now().minusSeconds(5)));

        assertThat(up("good")).isEqualTo(address);
        assertThat(folder().read().pid()).isEqualTo(record.pid());
    }

    @Test
    void what_it_leaves_is_swept_away_without_following_its_links() throws Exception {
        Path outside = Files.createDirectories(directory.resolve("outside"));
        Files.writeString(outside.resolve("kept"), "kept");
        get(up("good"), "/link?" + outside);

        target().stop(KEY, 2);

        assertThat(folder().workDirectory()).doesNotExist();
        assertThat(outside.resolve("kept")).hasContent("kept");
    }

    @Test
    void a_link_in_the_place_of_its_artifact_is_not_followed_when_it_is_started_again() throws Exception {
        Path outside = Files.writeString(directory.resolve("outside"), "kept");
        up("good");
        target().stop(KEY, 2);
        Files.createDirectories(folder().workDirectory());
        Files.createSymbolicLink(folder().workDirectory().resolve("server.py"), outside);

        address(target().start(launch(KEY, "good", Pace.patience(Duration.ofSeconds(20))), 3, () -> false));

        assertThat(outside).hasContent("kept");
        assertThat(Files.getAttribute(outside, "unix:gid")).isEqualTo(0);
        assertThat(Files.isSymbolicLink(folder().workDirectory().resolve("server.py")))
                .isFalse();
    }

    @Test
    void an_application_named_by_itself_has_its_own_user_and_the_others_the_other() throws Exception {
        AllowedPrograms programs = allow("@*/user=nobody", "@hello/user=daemon");

        assertThat(programs.userOf(new ApplicationName("hello"))).contains("daemon");
        assertThat(programs.userOf(new ApplicationName("shop"))).contains("nobody");
        assertThat(allow("@hello/user=daemon").userOf(new ApplicationName("shop")))
                .isEmpty();
    }

    @Test
    void where_none_is_named_it_is_this_services_own_and_can_gain_no_rights_either() throws Exception {
        allow();

        assertThat(get(up("good"), "/rights").body().lines()).contains("NoNewPrivs: 1", "Uid: 0");
        assertThat(Files.getAttribute(folder().workDirectory(), "unix:uid", LinkOption.NOFOLLOW_LINKS))
                .isEqualTo(0);
    }

    @Test
    void a_user_that_is_not_there_a_tool_that_is_not_and_a_service_that_may_not_are_told_apart_with_what_to_do()
            throws Exception {
        AllowedPrograms programs = allow("@*/user=no-such-user");
        ApplicationName hello = new ApplicationName("hello");

        assertThat(down(start(target(), 1)))
                .isEqualTo("Programs of hello are to run as the user no-such-user, and there is no such user on this"
                        + " machine: useradd --system no-such-user, or have the administrator name another,"
                        + " ./slipway allow --user USER");
        assertThat(refused(new Users(directory.resolve("none"), programs), hello))
                .contains("there is no program " + directory.resolve("none"), "install util-linux");
        assertThat(refused(new Users(Path.of("/bin/false"), allow("@*/user=" + USER)), hello))
                .contains("runs as root, who may not start programs as others", "./slipway allow --no-user");
        assertThat(folder().read().state()).as("nothing was started").isEqualTo(ProcessRecord.State.STOPPED);
    }

    private static String refused(Users users, ApplicationName application) throws InterruptedException {
        Users.Chosen chosen = users.of(application);
        assertThat(chosen).isInstanceOf(Users.Chosen.Refused.class);
        return ((Users.Chosen.Refused) chosen).why();
    }

    @Test
    void a_folder_above_that_lets_nobody_pass_is_named_with_what_mends_it() throws Exception {
        Path closed = Files.createDirectories(directory.resolve("closed"));
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));

        assertThat(down(target(closed.resolve("targets"))
                        .start(launch(KEY, "good", Duration.ofSeconds(5)), 1, () -> false)))
                .contains("The user nobody cannot reach")
                .endsWith("as %s lets nobody but its owner pass: chmod o+x %s".formatted(closed, closed));
    }
}
