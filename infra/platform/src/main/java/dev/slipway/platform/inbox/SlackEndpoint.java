package dev.slipway.platform.inbox;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Serves Slack's calls under {@code /api/} and the whole inbox, mail too, at {@code /inbox}. */
final class SlackEndpoint implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(SlackEndpoint.class);
    private static final int BACKLOG = 64;
    private static final String API = "/api/";

    private final HttpServer server;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final Arrivals arrivals;
    private final SlackApi api;
    private final int requestBytesMax;

    private record Answer(int status, Object body) {}

    SlackEndpoint(InetSocketAddress address, Arrivals arrivals, int requestBytesMax) throws IOException {
        tuneServer();
        this.arrivals = arrivals;
        this.api = new SlackApi(arrivals);
        this.requestBytesMax = requestBytesMax;
        server = HttpServer.create(address, BACKLOG);
        server.setExecutor(executor);
        server.createContext("/", this::handle);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        executor.shutdown();
        try {
            executor.awaitTermination(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Read once, by the first server of the process; without the first each answer may wait 40 ms for an ACK. */
    private static void tuneServer() {
        for (var property : Map.of(
                        "sun.net.httpserver.nodelay", "true",
                        "sun.net.httpserver.maxReqTime", "20",
                        "sun.net.httpserver.maxRspTime", "20",
                        "jdk.httpserver.maxConnections", "500")
                .entrySet()) {
            if (System.getProperty(property.getKey()) == null) {
                System.setProperty(property.getKey(), property.getValue());
            }
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Answer answer = answer(exchange);
            byte[] body = Arrivals.JSON.writeValueAsBytes(answer.body());
            exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
            exchange.getResponseHeaders().set("Cache-Control", "no-store");
            exchange.sendResponseHeaders(answer.status(), body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private Answer answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        if (!calledByItsName(exchange)) {
            return new Answer(421, error("wrong_host"));
        }
        if (path.equals("/inbox")) {
            return inbox(exchange);
        }
        if (!path.startsWith(API)) {
            return new Answer(404, error("not_found"));
        }
        if (!exchange.getRequestMethod().equals("POST")) {
            return new Answer(405, error("invalid_http_method"));
        }
        try {
            return new Answer(200, api.call(path.substring(API.length()), arguments(exchange)));
        } catch (SlackApi.Refused refused) {
            return new Answer(200, refused.answer());
        } catch (UncheckedIOException e) { // the message is not kept, so it must come again
            log.error("A Slack message could not be written down: {}", e.getMessage());
            return new Answer(500, error("internal_error"));
        }
    }

    private Answer inbox(HttpExchange exchange) {
        if (!exchange.getRequestMethod().equals("GET")) {
            return new Answer(405, error("invalid_http_method"));
        }
        String query = Optional.ofNullable(exchange.getRequestURI().getQuery()).orElse("after=0");
        if (!query.matches("after=\\d{1,18}")) {
            return new Answer(400, error("after_must_be_a_number"));
        }
        return new Answer(200, arrivals.after(Long.parseLong(query.substring("after=".length()))));
    }

    /** A page in a browser can reach 127.0.0.1 under a name of its own; it may not read the inbox that way. */
    private static boolean calledByItsName(HttpExchange exchange) {
        String host = header(exchange, "Host").replaceFirst(":\\d+$", "").toLowerCase(Locale.ROOT);
        return host.equals("127.0.0.1") || host.equals("localhost");
    }

    private JsonNode arguments(HttpExchange exchange) throws IOException, SlackApi.Refused {
        byte[] body = exchange.getRequestBody().readNBytes(requestBytesMax + 1);
        if (body.length > requestBytesMax) {
            throw new SlackApi.Refused("request_too_large");
        }
        String type = header(exchange, "Content-Type").toLowerCase(Locale.ROOT);
        if (type.startsWith("application/json")) {
            requireToken(header(exchange, "Authorization"));
            return json(body);
        }
        if (type.isEmpty() || type.startsWith("application/x-www-form-urlencoded")) {
            ObjectNode form = form(new String(body, StandardCharsets.UTF_8));
            JsonNode token = form.get("token");
            requireToken(token == null ? header(exchange, "Authorization") : "Bearer " + token.stringValue());
            return form;
        }
        throw new SlackApi.Refused("invalid_post_type");
    }

    private static void requireToken(String authorization) throws SlackApi.Refused {
        if (authorization.isBlank()) {
            throw new SlackApi.Refused("not_authed");
        }
        if (!authorization.startsWith("Bearer ")
                || authorization.substring("Bearer ".length()).isBlank()) {
            throw new SlackApi.Refused("invalid_auth");
        }
    }

    private static JsonNode json(byte[] body) throws SlackApi.Refused {
        if (body.length == 0) {
            return Arrivals.JSON.createObjectNode(); // auth.test has no arguments
        }
        JsonNode read;
        try {
            read = Arrivals.JSON.readTree(body);
        } catch (JacksonException e) {
            throw new SlackApi.Refused("invalid_json");
        }
        if (!read.isObject()) {
            throw new SlackApi.Refused("json_not_object");
        }
        return read;
    }

    private static ObjectNode form(String body) throws SlackApi.Refused {
        ObjectNode form = Arrivals.JSON.createObjectNode();
        for (String pair : body.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                form.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
            }
        }
        return form;
    }

    private static String decoded(String text) throws SlackApi.Refused {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new SlackApi.Refused("invalid_form_data");
        }
    }

    private static String header(HttpExchange exchange, String name) {
        String value = exchange.getRequestHeaders().getFirst(name);
        return value == null ? "" : value;
    }

    private static Map<String, Object> error(String error) {
        return Map.of("ok", false, "error", error);
    }
}
