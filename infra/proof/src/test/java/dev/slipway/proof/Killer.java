package dev.slipway.proof;

import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.platform.Pace;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Watches a demo through the gateway and kills, at each moment, the process that stands there. */
final class Killer implements AutoCloseable {
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);
    private static final Duration ANSWER_MAX = Pace.patience(Duration.ofSeconds(1));
    /** How far a release has come; what is not in here is further than all. */
    private static final List<ReleasePhase> WAY = List.of(
            ReleasePhase.PROPOSED,
            ReleasePhase.VALIDATING,
            ReleasePhase.AWAITING_APPROVAL,
            ReleasePhase.STAGING,
            ReleasePhase.CANDIDATE,
            ReleasePhase.ROLLING_OUT,
            ReleasePhase.BAKING);

    private final Path home;
    private final Instant begun;
    private final List<Kill> left;
    private final List<Done> done = new ArrayList<>();
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(ANSWER_MAX).build();
    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor();

    /**
     * A kill that took place.
     *
     * @param seen what the release was at then
     */
    record Done(Kill kill, String seen, long pid) {}

    Killer(Path home, List<Kill> kills, Instant begun) {
        this.home = home;
        this.begun = begun;
        this.left = new ArrayList<>(kills);
        var _ = looks.scheduleWithFixedDelay(this::look, 0, LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Ends the watch and says what was killed. */
    List<Done> done() {
        looks.close();
        return List.copyOf(done);
    }

    @Override
    public void close() {
        looks.close();
        http.close();
    }

    /** Kills all of Slipway's own processes at once; the applications run on. Their names. */
    static List<String> allOf(Path home) {
        List<String> killed = new ArrayList<>();
        for (String file : List.of("started.json", "processes.json")) { // the supervisor first
            for (JsonNode process : read(home.resolve(file)).path("processes")) {
                ProcessHandle.of(process.path("pid").asLong())
                        .filter(ProcessHandle::destroyForcibly)
                        .ifPresent(_ -> killed.add(process.path("name").asString("")));
            }
        }
        return killed;
    }

    /** Kills a process of Slipway's own. Its pid; empty if it does not run. */
    static Optional<Long> one(Path home, String name) {
        Optional<ProcessHandle> process = pid(home, name).flatMap(ProcessHandle::of);
        process.ifPresent(ProcessHandle::destroyForcibly);
        return process.map(ProcessHandle::pid);
    }

    /** Pid of the process of this name that runs now. */
    static Optional<Long> pid(Path home, String name) {
        for (JsonNode process : read(home.resolve("processes.json")).path("processes")) {
            if (process.path("name").asString("").equals(name)
                    && ProcessHandle.of(process.path("pid").asLong()).isPresent()) {
                return Optional.of(process.path("pid").asLong());
            }
        }
        return Optional.empty();
    }

    private void look() {
        if (left.isEmpty()) {
            return;
        }
        Kill next = left.getFirst();
        reached(next).filter(seen -> kill(next, seen)).ifPresent(_ -> left.removeFirst());
    }

    private boolean kill(Kill kill, String seen) {
        Optional<ProcessHandle> process = pid(kill.process()).flatMap(ProcessHandle::of);
        process.ifPresent(ProcessHandle::destroyForcibly); // SIGKILL
        process.ifPresent(killed -> done.add(new Done(kill, seen, killed.pid())));
        return process.isPresent();
    }

    private Optional<Long> pid(String name) {
        JsonNode table = read(home.resolve("processes.json"));
        JsonNode processes = table.isArray() ? table : table.path("processes");
        for (JsonNode process : processes) {
            if (process.path("name").asString("").equals(name)
                    && ProcessHandle.of(process.path("pid").asLong()).isPresent()) {
                return Optional.of(process.path("pid").asLong());
            }
        }
        return Optional.empty();
    }

    /** What the release is at, if the moment has come. */
    private Optional<String> reached(Kill kill) {
        List<JsonNode> releases = releasesOfThisDemo();
        if (releases.size() <= kill.release()) {
            return Optional.empty();
        }
        JsonNode release = releases.get(kill.release());
        ReleasePhase phase = ReleasePhase.valueOf(release.path("state").asString("UNKNOWN"));
        JsonNode rollout = release.path("rollout");
        boolean production = rollout.path("environment").asString("").endsWith("/production");
        int traffic = production ? rollout.path("trafficPercent").asInt(0) : 0;
        boolean further = way(phase) > way(kill.phase());
        boolean there = way(phase) == way(kill.phase()) && traffic >= kill.traffic();
        return further || there ? Optional.of(phase + (traffic > 0 ? " " + traffic + " %" : "")) : Optional.empty();
    }

    private static int way(ReleasePhase phase) {
        int index = WAY.indexOf(phase);
        return index < 0 ? WAY.size() : index;
    }

    private List<JsonNode> releasesOfThisDemo() {
        Map<String, String> environment = HomeEnvironment.of(home);
        Map<Instant, JsonNode> found = new TreeMap<>(Comparator.naturalOrder());
        for (String url : environment
                .getOrDefault("SLIPWAY_URLS", environment.getOrDefault("SLIPWAY_URL", ""))
                .split(",")) {
            if (url.isBlank()) {
                continue;
            }
            try {
                HttpRequest request = HttpRequest.newBuilder(
                                URI.create(url + "/api/v1/releases?application=hello&limit=4"))
                        .header("Authorization", "Bearer " + environment.get("SLIPWAY_TOKEN_VIEWER"))
                        .timeout(ANSWER_MAX)
                        .build();
                String body = http.send(request, BodyHandlers.ofString()).body();
                for (JsonNode release : JsonMapper.shared().readTree(body).path("releases")) {
                    Instant at = Instant.parse(release.path("proposedAt").asString(""));
                    if (at.isAfter(begun)) {
                        found.put(at, release);
                    }
                }
                return List.copyOf(found.values());
            } catch (IOException | RuntimeException away) {
                found.clear(); // it may just have been killed
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return List.of();
            }
        }
        return List.of();
    }

    private static JsonNode read(Path file) {
        try {
            return JsonMapper.shared().readTree(Files.readString(file));
        } catch (IOException absent) {
            return JsonMapper.shared().createObjectNode();
        }
    }
}
