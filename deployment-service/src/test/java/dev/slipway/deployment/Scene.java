package dev.slipway.deployment;

import static org.awaitility.Awaitility.await;

import dev.slipway.contracts.Artifact;
import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.QuestionKey;
import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.Topics;
import dev.slipway.contracts.deployment.DeploymentTypes;
import dev.slipway.contracts.deployment.ProveWayBack;
import dev.slipway.contracts.deployment.RolloutCommand;
import dev.slipway.contracts.deployment.RolloutStatus.Phase;
import dev.slipway.contracts.deployment.StartRollout;
import dev.slipway.contracts.policy.Canary;
import dev.slipway.contracts.policy.Configuration;
import dev.slipway.contracts.policy.Gate.HttpProbe;
import dev.slipway.contracts.policy.Policy.Contact;
import dev.slipway.contracts.policy.Step;
import dev.slipway.contracts.policy.Strategy;
import dev.slipway.contracts.policy.Target;
import dev.slipway.contracts.policy.WhenBad;
import dev.slipway.contracts.traffic.TrafficTable;
import dev.slipway.deployment.target.SampleBuild;
import dev.slipway.messaging.MessagingJson;
import dev.slipway.platform.Pace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** One machine, with what the other services do and see, and what runs on it. */
final class Scene implements AutoCloseable {
    private final Path home;
    private final OtherServices others;
    private final Map<String, Artifact> artifacts = new TreeMap<>();

    Scene(Path home, OtherServices others) {
        this.home = home;
        this.others = others;
    }

    /** Ends every version that still runs. */
    @Override
    public void close() {
        others.close();
        processes().forEach(ProcessHandle::destroyForcibly);
        await().until(() -> processes().isEmpty());
    }

    /** What was done on the target for each key, by the name of its folder. */
    Map<String, List<JsonNode>> effects(String prefix) {
        Map<String, List<JsonNode>> effects = new TreeMap<>();
        for (Path folder : folders(prefix)) {
            try {
                effects.put(
                        folder.getFileName().toString(),
                        Files.readAllLines(folder.resolve("starts.jsonl")).stream()
                                .map(line -> MessagingJson.mapper().readTree(line))
                                .toList());
            } catch (IOException trouble) {
                throw new UncheckedIOException(trouble);
            }
        }
        return effects;
    }

    // ---- what others do

    void roll(String application, String version, long ordinal, String behaviour) {
        Artifact artifact = artifacts.computeIfAbsent(version, it -> SampleBuild.jar(home, it));
        command(application, DeploymentTypes.START_ROLLOUT, start(application, version, ordinal, artifact, behaviour));
    }

    StartRollout start(String application, String version, long ordinal, Artifact artifact, String behaviour) {
        return new StartRollout(
                question(application, version),
                environment(application),
                ordinal,
                version,
                artifact,
                SampleBuild.target(behaviour),
                Strategy.CANARY,
                List.of(
                        new Step(10, Duration.ofSeconds(1)),
                        new Step(50, Duration.ofSeconds(1)),
                        new Step(100, Duration.ZERO)),
                new Canary(
                        Canary.Assign.REQUEST,
                        0.01,
                        40,
                        Canary.OnInconclusive.HOLD,
                        Duration.ofSeconds(5),
                        Canary.Traffic.LIVE,
                        new Canary.Guardrails(5.0, List.of()),
                        Duration.ofMinutes(10)),
                List.of(new HttpProbe("/health", 200, null, List.of())),
                Pace.patience(Duration.ofSeconds(30)),
                false,
                Duration.ofSeconds(1));
    }

    /** At once, of several artifacts, the first ahead, by a command and limits of its own. */
    void rollFiles(String application, String version, long ordinal, Target target, List<Artifact> files) {
        StartRollout plain = start(application, version, ordinal, files.getFirst(), "good");
        command(
                application,
                DeploymentTypes.START_ROLLOUT,
                new StartRollout(
                        plain.question(),
                        plain.environment(),
                        ordinal,
                        version,
                        files.getFirst(),
                        target,
                        Strategy.ALL_AT_ONCE,
                        List.of(new Step(100, Duration.ZERO)),
                        null,
                        List.of(),
                        plain.startWithin(),
                        false,
                        Duration.ZERO,
                        plain.front(),
                        null,
                        WhenBad.ALERT,
                        List.of(),
                        files.subList(1, files.size()),
                        null,
                        List.of(),
                        null,
                        null,
                        false));
    }

    /**
     * At once, with this configuration.
     *
     * @param back whether it goes to a kept snapshot alone
     */
    void rollConfigured(String application, String id, long ordinal, Target target, Artifact file, boolean back) {
        String version = id.replaceAll("~.*", "");
        StartRollout plain = start(application, version, ordinal, file, "good");
        command(
                application,
                DeploymentTypes.START_ROLLOUT,
                new StartRollout(
                        question(application, id),
                        plain.environment(),
                        ordinal,
                        version,
                        file,
                        target,
                        Strategy.ALL_AT_ONCE,
                        List.of(new Step(100, Duration.ZERO)),
                        null,
                        List.of(),
                        plain.startWithin(),
                        back,
                        Duration.ZERO,
                        plain.front(),
                        null,
                        WhenBad.ALERT,
                        List.of(new Contact("devops", "Ben", "ben@example.test", "#ops")),
                        List.of(),
                        Configuration.digest(target),
                        List.of(),
                        null,
                        null,
                        false));
    }

    /** A canary that is looked at often, and whose contacts are named. */
    void rollLooked(String application, String version, long ordinal, String behaviour) {
        StartRollout canary = start(
                application,
                version,
                ordinal,
                artifacts.computeIfAbsent(version, it -> SampleBuild.jar(home, it)),
                behaviour);
        command(
                application,
                DeploymentTypes.START_ROLLOUT,
                new StartRollout(
                        canary.question(),
                        canary.environment(),
                        ordinal,
                        version,
                        canary.artifact(),
                        SampleBuild.looked(behaviour),
                        canary.strategy(),
                        canary.steps(),
                        canary.canary(),
                        canary.warmUpRequests(),
                        canary.startWithin(),
                        false,
                        canary.bake(),
                        canary.front(),
                        null,
                        WhenBad.ALERT,
                        List.of(new Contact("devops", "Ben", "ben@example.test", "#ops")),
                        List.of(),
                        null,
                        List.of(),
                        null,
                        null,
                        false));
    }

    /** Blue-green, checked by one request. */
    void switches(String application, String version, long ordinal, HttpProbe check) {
        StartRollout canary = start(
                application,
                version,
                ordinal,
                artifacts.computeIfAbsent(version, it -> SampleBuild.jar(home, it)),
                "good");
        command(
                application,
                DeploymentTypes.START_ROLLOUT,
                new StartRollout(
                        canary.question(),
                        canary.environment(),
                        ordinal,
                        version,
                        canary.artifact(),
                        canary.target(),
                        Strategy.BLUE_GREEN,
                        canary.steps(),
                        canary.canary(),
                        List.of(check),
                        canary.startWithin(),
                        false,
                        canary.bake()));
    }

    /** Rolls back a completed release: a release of its own, to a snapshot that should be there. */
    void goBack(String application, String version, long ordinal) {
        StartRollout to = start(
                application,
                version,
                ordinal,
                artifacts.computeIfAbsent(version, it -> SampleBuild.jar(home, it)),
                "good");
        command(
                application,
                DeploymentTypes.START_ROLLOUT,
                new StartRollout(
                        question(application, version + "~rollback-" + ordinal),
                        to.environment(),
                        ordinal,
                        version,
                        to.artifact(),
                        to.target(),
                        Strategy.ALL_AT_ONCE,
                        List.of(new Step(100, Duration.ZERO)),
                        to.canary(),
                        to.warmUpRequests(),
                        to.startWithin(),
                        true,
                        to.bake()));
    }

    void confirm(String application, String version) {
        command(
                application,
                DeploymentTypes.CONFIRM_VERIFIED,
                new RolloutCommand(
                        question(application, version), environment(application), "baked", "service:release", false));
    }

    void proveWayBack(String release) {
        command(
                "hello",
                DeploymentTypes.PROVE_WAY_BACK,
                new ProveWayBack(new QuestionKey(new ReleaseId(release), "way-back", 1), environment("hello")));
    }

    void command(String application, String type, Object body) {
        String key = environment(application).toString();
        others.send(Topics.DEPLOYMENT_COMMANDS, key, type, "release", application, body);
    }

    void reaches(String application, String version, Phase phase) {
        await(application + " " + version + " " + phase)
                .atMost(Pace.patience(Duration.ofSeconds(90)))
                .until(() -> others.phase(question(application, version)) == phase);
    }

    /** It has said that it is, or was, in this phase. */
    void goesThrough(String application, String version, Phase phase) {
        await(application + " " + version + " went through " + phase)
                .atMost(Pace.patience(Duration.ofSeconds(90)))
                .until(() -> others.statuses.stream()
                        .anyMatch(status ->
                                status.phase() == phase && status.question().equals(question(application, version))));
    }

    static QuestionKey question(String application, String version) {
        return new QuestionKey(new ReleaseId(application + "@" + version), "production", 1);
    }

    static EnvironmentId environment(String application) {
        return EnvironmentId.parse(application + "/production");
    }

    List<TrafficTable> tables(String application) {
        return others.tables.stream()
                .filter(table -> table.environment().equals(environment(application)))
                .toList();
    }

    List<String> splits(String application) {
        return tables(application).stream()
                .map(table -> table.shares().stream()
                        .map(TrafficTable.Share::percent)
                        .toList()
                        .toString())
                .toList();
    }

    // ---- what is on the machine

    /** Every sample process of this test. */
    List<ProcessHandle> processes() {
        try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
            return all.filter(process -> process.info()
                            .commandLine()
                            .filter(line ->
                                    line.contains(home.resolve("targets").toString()))
                            .isPresent())
                    .toList();
        }
    }

    /** Pids of an application's live processes, as its process records name them. */
    List<Long> running(String application) {
        return folders(application + "@").stream()
                .map(Scene::pidIn)
                .filter(pid -> pid > 0
                        && ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent())
                .toList();
    }

    /** Notes, as whoever stops all of Slipway does, that the end of each of an application's processes is its own; and ends them. */
    void endWithSlipway(String application) {
        for (Path folder : folders(application + "@")) {
            long pid = pidIn(folder);
            try {
                JsonNode record = MessagingJson.mapper().readTree(Files.readAllBytes(folder.resolve("process.json")));
                Files.writeString(
                        folder.resolve("ended-by-slipway.json"),
                        "{\"pid\": %d, \"startedAt\": %s}".formatted(pid, record.get("startedAt")));
            } catch (IOException trouble) {
                throw new UncheckedIOException(trouble);
            }
            ProcessHandle.of(pid).ifPresent(process -> {
                process.destroyForcibly();
                process.onExit().join();
            });
        }
    }

    long pid(String release) {
        return folders(release).stream().findFirst().map(Scene::pidIn).orElse(0L);
    }

    private static long pidIn(Path folder) {
        try {
            Path record = folder.resolve("process.json");
            return Files.exists(record)
                    ? MessagingJson.mapper()
                            .readTree(Files.readAllBytes(record))
                            .get("pid")
                            .asLong()
                    : 0;
        } catch (IOException trouble) {
            throw new UncheckedIOException(trouble);
        }
    }

    List<Path> folders(String prefix) {
        Path all = home.resolve("targets/processes");
        if (!Files.isDirectory(all)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(all)) {
            return folders.filter(folder -> folder.getFileName().toString().startsWith(prefix))
                    .toList();
        } catch (IOException trouble) {
            throw new UncheckedIOException(trouble);
        }
    }
}
