package dev.slipway.proof;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is elsewhere and not Slipway's, all on one port of this machine: a tracker that answers as GitHub does, a store that
 * reviews, pages on which something is published, and a status page that takes incidents. A test says what is there, and sees
 * what was asked and put.
 */
final class Elsewhere implements AutoCloseable {
    static final String PROJECT = "acme/means";
    static final String HIGH = "P1";
    /** Of which the status page takes incidents. */
    static final String TOKEN = "token-of-the-status-page";

    static final String INCIDENTS = "/v1/pages/means/incidents";
    private static final String REVIEWS = "/reviews/";
    private static final String TRACKER = "/repos/" + PROJECT;
    private static final Pattern MILESTONE = Pattern.compile("(?:.*&)?milestone=(\\d{1,9})(?:&.*)?");

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, byte[]> pages = new ConcurrentHashMap<>();
    private final Map<String, Integer> asked = new ConcurrentHashMap<>();
    private final List<String> milestones = new CopyOnWriteArrayList<>();
    private final Map<Integer, Issue> issues = new ConcurrentHashMap<>();
    private final List<JsonNode> incidents = new CopyOnWriteArrayList<>();

    private record Issue(String title, String milestone, boolean open) {
        Issue closed() {
            return new Issue(title, milestone, false);
        }
    }

    private record Answer(int status, byte[] body) {}

    /** @throws UncheckedIOException if no port is to be had */
    Elsewhere() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException noPort) {
            throw new UncheckedIOException(noPort);
        }
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    /** As an administrator allows it. */
    String host() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    String address() {
        return "http://" + host();
    }

    // ---- what a test says

    /** There is a milestone of this title from now on. */
    void plans(String milestone) {
        milestones.add(milestone);
    }

    /** An open issue of high severity. */
    void hasBug(int number, String title, String milestone) {
        issues.put(number, new Issue(title, milestone, true));
    }

    void closes(int number) {
        issues.computeIfPresent(number, (_, issue) -> issue.closed());
    }

    /** The store's word on a version. */
    void reviews(String version, String state) {
        publishes(REVIEWS + version, "{\"state\": \"%s\"}".formatted(state).getBytes(StandardCharsets.UTF_8));
    }

    /** From now on this is at the path, in place of whatever was. */
    void publishes(String path, byte[] content) {
        pages.put(path, content.clone());
    }

    // ---- what a test sees

    /** How often a path was asked for so far, whatever its query. */
    int asked(String path) {
        return asked.getOrDefault(path, 0);
    }

    int askedForReview(String version) {
        return asked(REVIEWS + version);
    }

    int askedForIssues() {
        return asked(TRACKER + "/issues");
    }

    /** What the status page has taken, oldest first. */
    List<JsonNode> incidents() {
        return List.copyOf(incidents);
    }

    /** By which the status page knows the one that it took as this, from 1. */
    static String link(int number) {
        return "https://status.example.test/incidents/" + number;
    }

    // ---- answering

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            asked.merge(exchange.getRequestURI().getPath(), 1, Integer::sum);
            Answer answer = answer(exchange);
            exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
            exchange.sendResponseHeaders(answer.status(), answer.body().length == 0 ? -1 : answer.body().length);
            exchange.getResponseBody().write(answer.body());
        }
    }

    private Answer answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        if (path.equals(INCIDENTS)) {
            return incident(exchange);
        }
        if (!exchange.getRequestMethod().equals("GET")) {
            return new Answer(405, new byte[0]);
        }
        if (path.startsWith(TRACKER + "/")) {
            return tracker(
                    path.substring(TRACKER.length()), exchange.getRequestURI().getRawQuery());
        }
        byte[] page = pages.get(path);
        return page == null ? notFound() : new Answer(200, page);
    }

    private Answer incident(HttpExchange exchange) throws IOException {
        if (!("OAuth " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            return new Answer(401, "{\"error\": \"Could not authenticate\"}".getBytes(StandardCharsets.UTF_8));
        }
        if (!exchange.getRequestMethod().equals("POST")) {
            ArrayNode all = JsonMapper.shared().createArrayNode();
            incidents.forEach(all::add);
            return json(200, all);
        }
        JsonNode said = JsonMapper.shared().readTree(exchange.getRequestBody().readAllBytes());
        return json(201, taken((ObjectNode) said.path("incident").deepCopy()));
    }

    private synchronized JsonNode taken(ObjectNode incident) {
        int number = incidents.size() + 1;
        incidents.add(incident.put("id", "incident-" + number).put("shortlink", link(number)));
        return incident;
    }

    /** As in https://docs.github.com/en/rest/issues: labels, milestones by number, issues of one of these. */
    private Answer tracker(String path, @Nullable String query) {
        return switch (path) {
            case "/labels/" + HIGH ->
                json(200, JsonMapper.shared().createObjectNode().put("name", HIGH));
            case "/milestones" -> json(200, milestones());
            case "/issues" -> json(200, issues(query));
            default -> notFound();
        };
    }

    private ArrayNode milestones() {
        ArrayNode all = JsonMapper.shared().createArrayNode();
        for (int i = 0; i < milestones.size(); i++) {
            all.addObject().put("number", i + 1).put("title", milestones.get(i));
        }
        return all;
    }

    private ArrayNode issues(@Nullable String query) {
        Matcher named = MILESTONE.matcher(Objects.requireNonNullElse(query, ""));
        @Nullable String milestone = named.matches() ? milestones.get(Integer.parseInt(named.group(1)) - 1) : null;
        ArrayNode all = JsonMapper.shared().createArrayNode();
        issues.forEach((number, issue) -> {
            if (milestone == null || milestone.equals(issue.milestone())) {
                ObjectNode one = all.addObject();
                one.put("number", number).put("title", issue.title()).put("state", issue.open() ? "open" : "closed");
                one.putArray("labels").addObject().put("name", HIGH);
                one.putObject("milestone").put("title", issue.milestone());
            }
        });
        return all;
    }

    private static Answer json(int status, JsonNode body) {
        return new Answer(status, JsonMapper.shared().writeValueAsBytes(body));
    }

    private static Answer notFound() {
        return new Answer(404, "{\"message\": \"Not Found\"}".getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
