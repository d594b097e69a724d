package dev.slipway.testkit.browser;

import dev.slipway.contracts.WireJson;
import dev.slipway.platform.Pace;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One tab, over the <a href="https://chromedevtools.github.io/devtools-protocol/">DevTools protocol</a>: what it was asked to
 * do, what it requested, what its scripts threw, and which violations of the content security policy it saw.
 */
public final class Tab implements AutoCloseable {
    private static final Duration ANSWER_WITHIN = Pace.patience(Duration.ofSeconds(20));
    private static final JsonMapper JSON = WireJson.mapper();
    private static final String NOTE_VIOLATIONS =
            "window.violations = []; document.addEventListener('securitypolicyviolation',"
                    + " (seen) => window.violations.push(seen.violatedDirective + ' ' + seen.blockedURI));";

    private final Map<Integer, CompletableFuture<JsonNode>> open = new ConcurrentHashMap<>();
    private final List<String> requested = new CopyOnWriteArrayList<>();
    private final List<String> thrown = new CopyOnWriteArrayList<>();
    private final AtomicInteger ids = new AtomicInteger();
    private @Nullable WebSocket socket;

    private Tab() {}

    static Tab connect(HttpClient client, URI address) {
        Tab tab = new Tab();
        tab.socket = client.newWebSocketBuilder()
                .buildAsync(address, tab.new Listener())
                .join();
        for (String domain : List.of("Page", "Runtime", "Network")) {
            tab.send(domain + ".enable", Map.of());
        }
        tab.send("Emulation.setFocusEmulationEnabled", Map.of("enabled", true));
        tab.send("Page.addScriptToEvaluateOnNewDocument", Map.of("source", NOTE_VIOLATIONS));
        return tab;
    }

    /** Does one command of the protocol and gives its result. */
    public JsonNode send(String method, Map<String, ?> parameters) {
        int id = ids.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        open.put(id, answer);
        WebSocket connected = socket;
        if (connected == null) {
            throw new IllegalStateException("The tab is not connected");
        }
        connected
                .sendText(JSON.writeValueAsString(Map.of("id", id, "method", method, "params", parameters)), true)
                .join();
        try {
            return answer.get(ANSWER_WITHIN.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(method + " was not done", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public void open(URI address) {
        send("Page.navigate", Map.of("url", address.toString()));
    }

    /** The value of an expression in the page; of a promise, what it comes to. */
    public JsonNode value(String expression) {
        JsonNode answer = send(
                "Runtime.evaluate",
                Map.of("expression", expression, "returnByValue", true, "awaitPromise", true, "userGesture", true));
        if (answer.has("exceptionDetails")) {
            throw new IllegalStateException(
                    expression + " threw " + answer.path("exceptionDetails").path("exception"));
        }
        return answer.path("result").path("value");
    }

    /** The text that is shown in the first element of a selector, white space folded; empty if there is none. */
    public String text(String selector) {
        return value("(() => { const found = document.querySelector(" + JSON.writeValueAsString(selector)
                        + "); return found?.checkVisibility() ? found.innerText : ''; })()")
                .asString()
                .replaceAll("[\\s\\u00a0\\u202f]+", " ")
                .strip();
    }

    public boolean has(String selector) {
        return value("document.querySelector(" + JSON.writeValueAsString(selector) + ") !== null")
                .asBoolean();
    }

    /** The keys of people who use no mouse. */
    public enum Key {
        TAB("Tab", 9, ""),
        ENTER("Enter", 13, "\r"),
        DOWN("ArrowDown", 40, "");

        private final String name;
        private final int code;
        private final String text;

        Key(String name, int code, String text) {
            this.name = name;
            this.code = code;
            this.text = text;
        }
    }

    /** Presses and releases a key. */
    public void press(Key key) {
        for (String type : List.of("keyDown", "keyUp")) {
            send(
                    "Input.dispatchKeyEvent",
                    Map.of(
                            "type",
                            type,
                            "key",
                            key.name,
                            "code",
                            key.name,
                            "windowsVirtualKeyCode",
                            key.code,
                            "text",
                            key.text));
        }
    }

    public void type(String text) {
        send("Input.insertText", Map.of("text", text));
    }

    /** Chooses a file, as a person does in the dialog that the first element of a selector opens. */
    public void choose(String selector, Path file) {
        int document =
                send("DOM.getDocument", Map.of("depth", 0)).at("/root/nodeId").asInt();
        int input = send("DOM.querySelector", Map.of("nodeId", document, "selector", selector))
                .path("nodeId")
                .asInt();
        send(
                "DOM.setFileInputFiles",
                Map.of("nodeId", input, "files", List.of(file.toAbsolutePath().toString())));
    }

    /** Lays the page out for a screen and a preferred colour scheme, {@code light} or {@code dark}. */
    public void screen(int widthPixels, int heightPixels, String scheme) {
        send(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", widthPixels, "height", heightPixels, "deviceScaleFactor", 1, "mobile", false));
        send(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    public void offline(boolean offline) {
        send(
                "Network.emulateNetworkConditions",
                Map.of("offline", offline, "latency", 0, "downloadThroughput", -1, "uploadThroughput", -1));
    }

    /** Every address that was requested so far, whether or not it was let through. */
    public List<String> requested() {
        return List.copyOf(requested);
    }

    /** What scripts threw and nobody caught. */
    public List<String> thrown() {
        return List.copyOf(thrown);
    }

    /** Violations of the content security policy by the present document. */
    public List<String> violations() {
        return value("window.violations").valueStream().map(JsonNode::asString).toList();
    }

    @Override
    public void close() {
        send("Page.close", Map.of());
    }

    private void heard(String message) {
        JsonNode json = JSON.readTree(message);
        JsonNode parameters = json.path("params");
        switch (json.path("method").asString("")) {
            case "" -> answered(json);
            case "Network.requestWillBeSent" ->
                requested.add(parameters.path("request").path("url").asString());
            case "Runtime.exceptionThrown" ->
                thrown.add(parameters
                        .path("exceptionDetails")
                        .path("exception")
                        .path("description")
                        .asString("unknown"));
            default -> {} // of no interest
        }
    }

    private void answered(JsonNode json) {
        CompletableFuture<JsonNode> answer = open.remove(json.path("id").asInt());
        if (answer == null) {
            return;
        }
        if (json.has("error")) {
            answer.completeExceptionally(
                    new IllegalStateException(json.path("error").toString()));
        } else {
            answer.complete(json.path("result"));
        }
    }

    private final class Listener implements WebSocket.Listener {
        private final StringBuilder message = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            message.append(part);
            if (last) {
                heard(message.toString());
                message.setLength(0);
            }
            from.request(1);
            return null;
        }
    }
}
