package dev.slipway.gateway;

import com.sun.net.httpserver.HttpExchange;
import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.Sha;
import dev.slipway.contracts.WireJson;
import dev.slipway.contracts.deployment.EnvironmentView;
import dev.slipway.contracts.notification.DeliveryView;
import dev.slipway.contracts.release.NotesView;
import dev.slipway.contracts.release.OpenWaiver;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.contracts.release.ReleaseView;
import dev.slipway.contracts.release.ReleaseView.TimelineEntry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Stands for the services behind the gateway with what they answered in a real demo, read and written by the contracts, so
 * that a change of theirs shows here. Tests change it as JSON, because texts from outside are what it is about.
 */
final class StubServices implements AutoCloseable {
    private static final JsonMapper JSON = WireJson.mapper();
    private static final Pattern TIME = Pattern.compile("\\d{4}-\\d{2}-\\d{2}T[\\d:.]+Z");

    private static final String NOT_ALLOWED = "{\"detail\":\"the role operator is needed\"}";

    private final Map<String, String> ofPaths = new ConcurrentHashMap<>();
    private final Map<String, Taken> taken = new ConcurrentHashMap<>();
    private final Backend backend = Backend.answering(this::answer);
    private ObjectNode page = JSON.createObjectNode();
    private ArrayNode environments = JSON.createArrayNode();
    private ArrayNode deliveries = JSON.createArrayNode();
    private ArrayNode waivers = JSON.createArrayNode();
    private ObjectNode timelines = JSON.createObjectNode();
    private boolean down;

    /** What is answered to what somebody says. */
    private record Taken(int status, String body) {}

    /** Everything as it was recorded. */
    synchronized void reset() {
        down = false;
        ofPaths.clear();
        taken.clear();
        waivers = JSON.createArrayNode();
        JsonNode recorded = recorded();
        page = JSON.valueToTree(JSON.convertValue(recorded.path("page"), ReleaseView.Page.class));
        environments = JSON.valueToTree(
                JSON.convertValue(recorded.path("environments"), new TypeReference<List<EnvironmentView>>() {}));
        deliveries = JSON.valueToTree(
                JSON.convertValue(recorded.path("deliveries"), new TypeReference<List<DeliveryView>>() {}));
        timelines = JSON.valueToTree(JSON.convertValue(
                recorded.path("timelines"), new TypeReference<Map<String, List<TimelineEntry>>>() {}));
    }

    /** As it was recorded, with every time moved so that a release entered its state so long ago. */
    synchronized void resetTo(String release, Duration ago) {
        reset();
        Instant since = Instant.parse(release(release).path("since").asString());
        Duration later = Duration.between(since, Instant.now().minus(ago));
        page = (ObjectNode) moved(page, later);
        environments = (ArrayNode) moved(environments, later);
        deliveries = (ArrayNode) moved(deliveries, later);
        timelines = (ObjectNode) moved(timelines, later);
    }

    private static JsonNode moved(JsonNode recorded, Duration later) {
        return JSON.readTree(TIME.matcher(JSON.writeValueAsString(recorded))
                .replaceAll(time -> Instant.parse(time.group()).plus(later).toString()));
    }

    private static JsonNode recorded() {
        try (InputStream file = Objects.requireNonNull(
                StubServices.class.getResourceAsStream("/page/recorded.json"), "recorded.json")) {
            return JSON.readTree(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI address() {
        return backend.address();
    }

    /** What the gateway was asked for on behalf of the page. */
    List<Backend.Asked> asked() {
        return backend.asked();
    }

    /** What is known of a gate or a report, or the notes or announcements of a release, at its path below {@code /api/v1/}. */
    void know(String path, String answer) {
        ofPaths.put(path, answer);
    }

    /** What somebody says at this path below {@code /api/v1/} is answered so. */
    void take(String path, int status, String answer) {
        taken.put(path, new Taken(status, answer));
    }

    /** The same with the release as it is. */
    synchronized void take(String path, String release) {
        take(path, 200, release(release).toString());
    }

    synchronized void change(String release, Consumer<ObjectNode> change) {
        change.accept(release(release));
    }

    synchronized void changeEnvironments(Consumer<ArrayNode> change) {
        change.accept(environments);
    }

    synchronized void changeDeliveries(Consumer<ArrayNode> change) {
        change.accept(deliveries);
    }

    synchronized void waived(OpenWaiver... open) {
        waivers = JSON.valueToTree(List.of(open));
    }

    synchronized void removeAllReleases() {
        page.putArray("releases");
        environments.removeAll();
    }

    synchronized void enter(String release, String state) {
        Instant now = Instant.now();
        release(release).put("state", state).put("since", now.toString());
        ((ArrayNode) timelines.path(release))
                .add(JSON.valueToTree(new TimelineEntry(999, now, "user:test", "Test", state, "to " + state)));
    }

    synchronized void down(boolean now) {
        down = now;
    }

    private ArrayNode deliveriesOf(URI asked) {
        ArrayNode some = JSON.createArrayNode();
        deliveries.forEach(each -> {
            if (asked.getQuery().contains("release=" + each.path("release").asString())) {
                some.add(each);
            }
        });
        return some;
    }

    private ObjectNode release(String id) {
        return releases()
                .filter(each -> each.path("id").asString().equals(id))
                .map(ObjectNode.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private java.util.stream.Stream<JsonNode> releases() {
        return StreamSupport.stream(page.path("releases").spliterator(), false);
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        String path = exchange.getRequestURI().getPath().substring("/api/v1/".length());
        String[] parts = path.split("/", -1);
        if (down) {
            Backend.answer(exchange, 503, "{\"detail\":\"release-service cannot be reached.\"}");
        } else if (exchange.getRequestMethod().equals("POST")) {
            Taken answer = taken.getOrDefault(path, new Taken(404, "{\"detail\":\"Nobody expected that.\"}"));
            Backend.answer(exchange, answer.status(), answer.body());
        } else if (path.equals("releases")) {
            Backend.answer(exchange, 200, page.toString());
        } else if (path.equals("waivers")) {
            Backend.answer(exchange, 200, waivers.toString());
        } else if (path.equals("environments")) {
            Backend.answer(exchange, 200, environments.toString());
        } else if (path.equals("deliveries")) {
            Backend.answer(exchange, 200, deliveriesOf(exchange.getRequestURI()).toString());
        } else if (parts[0].equals("applications")) {
            String known = ofPaths.get(path);
            Backend.answer(exchange, known == null ? 403 : 200, known == null ? NOT_ALLOWED : known);
        } else if (releases().noneMatch(each -> each.path("id").asString().equals(parts[1]))) {
            Backend.answer(exchange, 404, "{\"detail\":\"There is no release of that id.\"}");
        } else if (parts.length == 4 && parts[2].equals("files")) {
            Backend.answer(exchange, 200, ofPaths.getOrDefault(path, ""));
        } else if (parts.length == 3 && parts[2].equals("notes")) {
            Backend.answer(exchange, 200, ofPaths.getOrDefault(path, notes(release(parts[1]))));
        } else if (parts.length == 3 && parts[2].equals("announcements")) {
            Backend.answer(exchange, 200, ofPaths.getOrDefault(path, "[]"));
        } else if (parts.length == 3) {
            Backend.answer(exchange, 200, timelines.path(parts[1]).toString());
        } else {
            Backend.answer(exchange, 200, release(parts[1]).toString());
        }
    }

    /** Of one that changes nothing that anybody has written down. */
    private static String notes(ObjectNode release) {
        return JSON.writeValueAsString(new NotesView(
                new ReleaseId(release.path("id").asString()),
                release.path("application").asString(),
                release.path("version").asString(),
                new Sha(release.path("sha").asString()),
                release.path("kind").asString(),
                ReleasePhase.valueOf(release.path("state").asString()),
                Instant.parse(release.path("since").asString()),
                null,
                null,
                false,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                null,
                List.of(),
                null,
                List.of()));
    }

    @Override
    public void close() {
        backend.close();
    }
}
