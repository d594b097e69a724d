package example.hello;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Answers {@code GET /health} and {@code GET /greet?name=} on 127.0.0.1, each request on a virtual thread of its own. */
public final class HelloServer implements AutoCloseable {
    private static final int BACKLOG_MAX = 256;
    private static final int STOP_SECONDS_MAX = 2;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Greetings greetings = new Greetings();
    private final HttpServer server;

    HelloServer(int port) throws IOException {
        // Without it a small answer on a kept connection waits 40 ms for the other side's acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), BACKLOG_MAX);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** Serves on the port that the environment variable PORT names, until the process is told to end. */
    public static void main(String[] arguments) throws IOException {
        HelloServer server = new HelloServer(Integer.parseInt(System.getenv().getOrDefault("PORT", "8080")));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            server.close();
            Runtime.getRuntime().halt(0); // told to end and ended: that is no failure
        }));
        System.out.println("hello " + Version.CURRENT + " listens on 127.0.0.1:" + server.port());
    }

    int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(STOP_SECONDS_MAX);
        threads.close();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Answer answer = answer(exchange);
            byte[] body = answer.json().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(answer.status(), body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private Answer answer(HttpExchange exchange) {
        try {
            if (!exchange.getRequestMethod().equals("GET")) {
                return new Answer(405, Json.object("error", "only GET is answered"));
            }
            return switch (exchange.getRequestURI().getPath()) {
                case "/health" -> new Answer(200, Json.object("status", "UP", "version", Version.CURRENT));
                case "/greet" -> greet(exchange.getRequestURI().getRawQuery());
                default -> new Answer(404, Json.object("error", "try /health or /greet?name=Ada"));
            };
        } catch (RuntimeException broken) {
            System.err.println("ERROR " + exchange.getRequestURI().getPath() + ": " + broken);
            return new Answer(500, Json.object("error", "internal error"));
        }
    }

    private Answer greet(String rawQuery) {
        Name name;
        try {
            name = Name.fromQuery(rawQuery);
        } catch (IllegalArgumentException invalid) {
            return new Answer(400, Json.object("error", invalid.getMessage()));
        }
        return new Answer(200, greetings.answerTo(name));
    }

    private record Answer(int status, String json) {}
}
