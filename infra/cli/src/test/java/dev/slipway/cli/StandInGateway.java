package dev.slipway.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Answers as it was told to, by method and path, and keeps what it was asked. */
final class StandInGateway implements AutoCloseable {
    private final HttpServer server;
    private final Map<String, Answer> answers = new HashMap<>();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();

    /** @param headers by lower-case name */
    record Asked(String line, Map<String, String> headers, String body) {
        Asked {
            headers = Map.copyOf(headers);
        }

        String header(String name) {
            return headers.getOrDefault(name, "");
        }
    }

    private record Answer(int status, String body, @Nullable String location) {}

    StandInGateway() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    /** @param line such as {@code GET /api/v1/environments}, without the query */
    StandInGateway on(String line, int status, String body) {
        return on(line, status, body, null);
    }

    StandInGateway on(String line, int status, String body, @Nullable String location) {
        answers.put(line, new Answer(status, body, location));
        return this;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** All that came by that method. */
    List<Asked> requests(String method) {
        return asked.stream()
                .filter(each -> each.line().startsWith(method + " "))
                .toList();
    }

    /** What came last of that method. */
    Asked last(String method) {
        return asked.stream()
                .filter(each -> each.line().startsWith(method + " "))
                .reduce((_, later) -> later)
                .orElseThrow(() -> new AssertionError("nothing came by " + method + ": " + asked));
    }

    private void answer(HttpExchange exchange) throws IOException {
        Map<String, String> headers = new HashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(java.util.Locale.ROOT), values.getFirst()));
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        asked.add(new Asked(exchange.getRequestMethod() + " " + exchange.getRequestURI(), headers, body));
        Answer answer = answers.getOrDefault(
                exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath(),
                new Answer(404, "{\"detail\":\"There is nothing here.\"}", null));
        if (answer.location() != null) {
            exchange.getResponseHeaders().add("Location", answer.location());
        }
        byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.status(), bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
