package dev.slipway.notification;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.slipway.testkit.PlatformExtension;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands between one instance of the service and the inbox, and may keep the answer to a message that was taken. */
final class SlackGate implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient client = HttpClient.newHttpClient();
    private final AtomicInteger answersKept;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final AtomicInteger held = new AtomicInteger();

    /** @param answersKept how many answers are kept, over all gates that share it */
    SlackGate(AtomicInteger answersKept) throws IOException {
        this.answersKept = answersKept;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(workers);
        server.createContext("/", this::pass);
        server.start();
    }

    private void pass(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(PlatformExtension.slackUrl() + path))
                    .POST(HttpRequest.BodyPublishers.ofByteArray(
                            exchange.getRequestBody().readAllBytes()));
            for (String name : List.of("Authorization", "Content-Type")) {
                request.header(name, exchange.getRequestHeaders().getFirst(name));
            }
            HttpResponse<byte[]> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            calls.add(path);
            if (path.endsWith("chat.postMessage") && answersKept.getAndDecrement() > 0) {
                held.incrementAndGet();
                closing.await();
                return;
            }
            exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
            exchange.getResponseBody().write(answer.body());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/api";
    }

    boolean holds() {
        return held.get() > 0;
    }

    List<String> calls() {
        return List.copyOf(calls);
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        workers.shutdownNow();
        client.close();
    }
}
