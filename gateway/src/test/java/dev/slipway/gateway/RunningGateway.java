package dev.slipway.gateway;

import static org.awaitility.Awaitility.await;

import dev.slipway.platform.Pace;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;

/** The whole gateway on a free port, with a client. */
final class RunningGateway implements AutoCloseable {
    private static final Duration READY_WITHIN = Pace.patience(Duration.ofSeconds(20));

    private final ServletWebServerApplicationContext context;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    private RunningGateway(ServletWebServerApplicationContext context) {
        this.context = context;
    }

    /** Starts and waits until it is ready. */
    static RunningGateway start(String... properties) {
        RunningGateway gateway = startOnly(properties);
        await().atMost(READY_WITHIN)
                .until(() -> gateway.get("/actuator/health/readiness").statusCode() == 200);
        return gateway;
    }

    static RunningGateway startOnly(String... properties) {
        Map<String, String> arguments = new LinkedHashMap<>();
        arguments.put("server.port", "0");
        arguments.put("slipway.front.port", "0");
        arguments.put("spring.kafka.bootstrap-servers", TestPlatform.shared().kafka());
        arguments.put("slipway.identity.public-key", "file:" + TestTokens.publicKey());
        for (String property : properties) {
            int equals = property.indexOf('=');
            arguments.put(property.substring(0, equals), property.substring(equals + 1));
        }
        var context = new SpringApplicationBuilder(GatewayService.class)
                .run(arguments.entrySet().stream()
                        .map(argument -> "--" + argument.getKey() + "=" + argument.getValue())
                        .toArray(String[]::new));
        return new RunningGateway((ServletWebServerApplicationContext) context);
    }

    /** Of the front for what is an application's, else of the API. */
    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + (path.startsWith("/apps/") ? frontPort() : port()) + path);
    }

    int frontPort() {
        return context.getEnvironment().getRequiredProperty("local.front.port", Integer.class);
    }

    int port() {
        var server = context.getWebServer();
        if (server == null) {
            throw new IllegalStateException("The gateway has no server");
        }
        return server.getPort();
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(uri(path)).timeout(Pace.patience(Duration.ofSeconds(30)));
    }

    HttpRequest.Builder as(String role, String path) {
        return request(path).header("Authorization", "Bearer " + TestTokens.token(role));
    }

    /** Of the API, whatever the path. */
    HttpRequest.Builder api(String role, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                .timeout(Pace.patience(Duration.ofSeconds(30)))
                .header("Authorization", "Bearer " + TestTokens.token(role));
    }

    HttpResponse<String> get(String path) {
        return send(request(path).GET());
    }

    HttpResponse<String> post(String role, String path, String contentType, String body) {
        return send(as(role, path).header("Content-Type", contentType).POST(BodyPublishers.ofString(body)));
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** How often meters of this name and with these tags have counted, all together. */
    double counted(String meter, String... tags) {
        var meters = context.getBean(MeterRegistry.class).find(meter).tags(tags);
        return meters.counters().stream().mapToDouble(Counter::count).sum()
                + meters.timers().stream().mapToLong(Timer::count).sum();
    }

    /** The value of one gauge. */
    double gauge(String meter, String... tags) {
        return context.getBean(MeterRegistry.class)
                .get(meter)
                .tags(tags)
                .gauge()
                .value();
    }

    /** Sends bytes to the front as they are, for what no client library would send, and gives the answer up to its end. */
    String raw(String request) {
        return raw(frontPort(), request);
    }

    /** The same of the API. */
    String rawApi(String request) {
        return raw(port(), request);
    }

    private static String raw(int port, String request) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout((int) Pace.seconds(10) * 1_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
        context.close();
    }
}
