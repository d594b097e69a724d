package dev.slipway.validation.issues;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** A server that answers as GitHub's and GitLab's REST interfaces do, with bodies of our own. */
final class TrackerServer implements AutoCloseable {
    /** @param headers beside the type of the content */
    record Page(int status, Map<String, String> headers, String body) {}

    /** What was asked, with its query and the headers that say who asks. */
    record Asked(
            String path,
            @Nullable String authorization,
            @Nullable String privateToken,
            @Nullable String accept) {}

    private final HttpServer server;
    private final Map<String, Page> pages = new ConcurrentHashMap<>();
    private final List<Asked> asked = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch silence = new CountDownLatch(1);
    private volatile boolean silent;

    TrackerServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    String host() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /** @param path with its query, as it is asked */
    TrackerServer has(String path, String body) {
        return has(path, 200, Map.of(), body);
    }

    TrackerServer has(String path, int status, Map<String, String> headers, String body) {
        pages.put(path, new Page(status, new TreeMap<>(headers), body));
        return this;
    }

    /** From here on it takes questions and answers none. */
    void fallSilent() {
        silent = true;
    }

    List<Asked> asked() {
        return List.copyOf(asked);
    }

    List<String> paths() {
        return asked().stream().map(Asked::path).toList();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().toString();
        asked.add(new Asked(
                path,
                exchange.getRequestHeaders().getFirst("Authorization"),
                exchange.getRequestHeaders().getFirst("PRIVATE-TOKEN"),
                exchange.getRequestHeaders().getFirst("Accept")));
        if (silent) {
            try {
                silence.await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
            return;
        }
        Page page = pages.getOrDefault(path, new Page(404, Map.of(), "{\"message\": \"Not Found\"}"));
        byte[] body = page.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
        page.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
        exchange.sendResponseHeaders(page.status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        silence.countDown();
        server.stop(0);
    }
}
