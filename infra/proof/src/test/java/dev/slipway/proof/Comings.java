package dev.slipway.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.platform.Pace;
import dev.slipway.proof.SlipwayScript.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What happens to Slipway while a canary is on its way, and puts it right again as a person or the machine would. */
enum Comings {
    RESTART("./slipway restart", "gateway", false),
    PLATFORM("kill -9 of the platform", "platform", false),
    RELEASE("kill -9 of release-service", "release-service", false),
    VALIDATION("kill -9 of validation-service", "validation-service", false),
    DEPLOYMENT("kill -9 of deployment-service", "deployment-service", false),
    NOTIFICATION("kill -9 of notification-service", "notification-service", false),
    GATEWAY("kill -9 of the gateway", "gateway", false),
    EVERYTHING("kill -9 of all seven, then up", "gateway", false),
    DOWN("the unit's ExecStop, then its ExecStart", "gateway", true),
    REBOOT("kill -9 of all seven and of all applications, another boot, the unit's ExecStart", "gateway", true);

    private static final Duration COMMAND_MAX = Pace.patience(Duration.ofMinutes(3));
    private static final Duration BACK_MAX = Pace.patience(Duration.ofSeconds(60));

    private final String what;
    private final String process;
    private final boolean endsApplications;

    Comings(String what, String process, boolean endsApplications) {
        this.what = what;
        this.process = process;
        this.endsApplications = endsApplications;
    }

    String what() {
        return what;
    }

    /** Whether applications end with it, and are started anew. */
    boolean endsApplications() {
        return endsApplications;
    }

    /** Whether the gateway ends with it, so that somebody may meet none. */
    boolean endsTheGateway() {
        return process.equals("gateway");
    }

    /**
     * Whether the supervisor ends with the gateway, so that nobody keeps the door. A restart ends both, but another gateway
     * serves meanwhile.
     */
    boolean endsTheDoor() {
        return this == EVERYTHING || this == DOWN || this == REBOOT;
    }

    void happen(Path home, SlipwayScript slipway) throws IOException, InterruptedException {
        switch (this) {
            case RESTART -> ok(slipway.run(COMMAND_MAX, "restart"));
            case PLATFORM, RELEASE, VALIDATION, DEPLOYMENT, NOTIFICATION, GATEWAY -> {
                Optional<Long> killed = Killer.one(home, process);
                assertThat(killed).as(process).isPresent();
                await(process + " is started again")
                        .atMost(BACK_MAX)
                        .until(() -> !Killer.pid(home, process).equals(killed)
                                && Killer.pid(home, process).isPresent());
            }
            case EVERYTHING -> {
                assertThat(Killer.allOf(home)).hasSize(7);
                unit(home, slipway, "ExecStart");
            }
            case DOWN -> {
                String start = line(slipway, "ExecStart"); // as it is written while Slipway runs: with its ports
                unit(home, slipway, "ExecStop");
                run(home, slipway, "ExecStart", start);
            }
            case REBOOT -> {
                String start = line(slipway, "ExecStart");
                assertThat(Killer.allOf(home)).hasSize(7);
                applicationsOfAnotherBoot(home);
                run(home, slipway, "ExecStart", start);
            }
        }
    }

    /** Runs a line of the unit that {@code slipway install} writes, as it stands. */
    private static void unit(Path home, SlipwayScript slipway, String name) throws IOException, InterruptedException {
        run(home, slipway, name, line(slipway, name));
    }

    private static void run(Path home, SlipwayScript slipway, String name, String line)
            throws IOException, InterruptedException {
        Path script = Files.writeString(home.resolveSibling(name + ".sh"), line + "\n");
        ok(slipway.shell(COMMAND_MAX, script, home.resolveSibling(".")));
    }

    private static String line(SlipwayScript slipway, String name) throws IOException, InterruptedException {
        Run unit = slipway.run(COMMAND_MAX, "install", "--print");
        ok(unit);
        return unit.lines().stream()
                .filter(line -> line.startsWith(name + "="))
                .map(line -> line.substring(name.length() + 1))
                .findFirst()
                .orElseThrow(() -> new AssertionError(unit.text()));
    }

    /** Ends them without a word of anybody, and has their records say that they were born on another boot of the machine. */
    private static void applicationsOfAnotherBoot(Path home) throws IOException {
        List<ProcessHandle> killed = new ArrayList<>();
        try (Stream<Path> folders = Files.list(home.resolve("targets/processes"))) {
            for (Path folder : folders.toList()) {
                Path file = folder.resolve("process.json");
                JsonNode record = Files.exists(file)
                        ? JsonMapper.shared().readTree(Files.readString(file))
                        : JsonMapper.shared().createObjectNode();
                if (!record.path("state").asString("").equals("RUNNING")) {
                    continue;
                }
                ProcessHandle.of(record.path("pid").asLong()).ifPresent(killed::add);
                String birth = record.path("birth").asString();
                ((ObjectNode) record).put("birth", "another-boot" + birth.substring(birth.indexOf(':')));
                Files.writeString(file, record.toString());
            }
        }
        killed.forEach(ProcessHandle::destroyForcibly);
        killed.forEach(process -> process.onExit().join());
        assertThat(killed).as("applications that ran").isNotEmpty();
    }

    private static void ok(Run run) {
        assertThat(run.exitCode()).as(run.text()).isZero();
    }
}
