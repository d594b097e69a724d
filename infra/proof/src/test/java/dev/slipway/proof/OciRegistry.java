package dev.slipway.proof;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.slipway.contracts.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A registry as one pulls from it (OCI distribution specification 1.1, and tokens as Docker's registries ask for them): manifests by
 * tag or digest, to whoever has been given a token for exactly that image and takes what they are. A test says what was pushed.
 */
final class OciRegistry implements AutoCloseable {
    private static final String MANIFEST_TYPE = "application/vnd.oci.image.manifest.v1+json";
    private static final String CONFIG_TYPE = "application/vnd.oci.image.config.v1+json";
    private static final Pattern MANIFESTS = Pattern.compile("/v2/(.+)/manifests/([^/]+)");
    private static final Pattern SCOPE = Pattern.compile("(?:.*&)?scope=([^&]+)(?:&.*)?");

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Pushed> manifests = new ConcurrentHashMap<>();
    private final Map<String, Integer> asked = new ConcurrentHashMap<>();
    private final Map<String, String> tokens = new ConcurrentHashMap<>();

    /** @param told as its digest, whatever the bytes are */
    private record Pushed(byte[] manifest, Digest told) {}

    /** @throws UncheckedIOException if no port is to be had */
    OciRegistry() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException noPort) {
            throw new UncheckedIOException(noPort);
        }
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    /** As an administrator allows it, and as images are named by it. */
    String host() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /** The manifest of an image without layers, of which each version is another one. */
    static byte[] manifest(String version) {
        byte[] config = "{\"architecture\":\"amd64\",\"os\":\"linux\",\"config\":{\"Labels\":{\"version\":\"%s\"}}}"
                .formatted(version)
                .getBytes(StandardCharsets.UTF_8);
        return """
                {"schemaVersion":2,"mediaType":"%s","config":{"mediaType":"%s","digest":"%s","size":%d},"layers":[]}\
                """.formatted(MANIFEST_TYPE, CONFIG_TYPE, Digest.of(config), config.length)
                .getBytes(StandardCharsets.UTF_8);
    }

    // ---- what a test says and sees

    /** From now on the tag names this manifest, and so does its digest. */
    void push(String name, String tag, byte[] manifest) {
        push(name, tag, manifest, Digest.of(manifest));
    }

    /** The same of a registry that tells another digest in {@code Docker-Content-Digest}. */
    void push(String name, String tag, byte[] manifest, Digest told) {
        Pushed pushed = new Pushed(manifest.clone(), told);
        manifests.put(name + ":" + tag, pushed);
        manifests.put(name + ":" + Digest.of(manifest), pushed);
    }

    /** How often a manifest was asked for with a token for it. */
    int asked(String name, String tag) {
        return asked.getOrDefault(name + ":" + tag, 0);
    }

    // ---- answering

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            Matcher manifest = MANIFESTS.matcher(path);
            if (path.equals("/token")) {
                token(exchange);
            } else if (!manifest.matches() || !exchange.getRequestMethod().matches("GET|HEAD")) {
                refuse(exchange, 404, "NAME_UNKNOWN");
            } else {
                manifest(
                        exchange, Objects.requireNonNull(manifest.group(1)), Objects.requireNonNull(manifest.group(2)));
            }
        }
    }

    private void manifest(HttpExchange exchange, String name, String reference) throws IOException {
        String scope = "repository:%s:pull".formatted(name);
        if (!("Bearer " + tokens.get(scope)).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            exchange.getResponseHeaders()
                    .set(
                            "WWW-Authenticate",
                            "Bearer realm=\"http://%s/token\",service=\"%1$s\",scope=\"%s\"".formatted(host(), scope));
            refuse(exchange, 401, "UNAUTHORIZED");
            return;
        }
        asked.merge(name + ":" + reference, 1, Integer::sum);
        @Nullable Pushed pushed = manifests.get(name + ":" + reference);
        if (pushed == null || !takes(exchange.getRequestHeaders())) {
            refuse(exchange, 404, "MANIFEST_UNKNOWN");
            return;
        }
        exchange.getResponseHeaders().set("Docker-Content-Digest", pushed.told().value());
        answer(exchange, 200, MANIFEST_TYPE, pushed.manifest());
    }

    private static boolean takes(Headers headers) {
        return headers.getOrDefault("Accept", List.of()).stream().anyMatch(types -> types.contains(MANIFEST_TYPE));
    }

    private void token(HttpExchange exchange) throws IOException {
        Matcher scope = SCOPE.matcher(
                Objects.requireNonNullElse(exchange.getRequestURI().getRawQuery(), ""));
        if (!scope.matches()) {
            refuse(exchange, 400, "UNSUPPORTED");
            return;
        }
        String token = tokens.computeIfAbsent(
                URLDecoder.decode(Objects.requireNonNull(scope.group(1)), StandardCharsets.UTF_8),
                _ -> UUID.randomUUID().toString());
        answer(exchange, 200, "application/json", json(Map.of("token", token)));
    }

    private static void refuse(HttpExchange exchange, int status, String code) throws IOException {
        answer(
                exchange,
                status,
                "application/json",
                json(Map.of("errors", List.of(Map.of("code", code, "message", "refused")))));
    }

    private static byte[] json(Map<String, ?> body) {
        return JsonMapper.shared().writeValueAsBytes(body);
    }

    private static void answer(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, head ? -1 : body.length);
        if (!head) {
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
