package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.slipway.cli.shell.Shell;
import dev.slipway.contracts.ApplicationName;
import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.WireJson;
import dev.slipway.contracts.deployment.EnvironmentView;
import dev.slipway.contracts.notification.Channel;
import dev.slipway.contracts.notification.DeliveryView;
import dev.slipway.contracts.notification.RetryAnswer;
import dev.slipway.contracts.release.ApplicationView;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.contracts.release.ReleaseView;
import dev.slipway.contracts.traffic.FrontView;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Lists that no single answer holds. */
class ListsTest {
    private static final int RELEASES = 307;
    private static final int APPLICATIONS = 250;
    private static final int ENVIRONMENTS = 1100;
    private static final int DELIVERIES = 1200;
    private static final Pattern CURSOR = Pattern.compile("cursor=(\\d+)");
    private static final Pattern LIMIT = Pattern.compile("limit=(\\d+)");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    @TempDir
    Path folder = Path.of("");

    ListsTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
    }

    @BeforeEach
    void a_gateway_answers_in_pages() {
        server.createContext("/api/v1/releases", exchange -> {
            int from = number(CURSOR, exchange, 0);
            int to = Math.min(RELEASES, from + number(LIMIT, exchange, 50));
            List<ReleaseView> page =
                    IntStream.range(from, to).mapToObj(ListsTest::release).toList();
            answer(exchange, new ReleaseView.Page(page, to < RELEASES ? Integer.toString(to) : null));
        });
        server.createContext(
                "/api/v1/front",
                exchange -> answer(
                        exchange, new FrontView(8000, false, Map.of("app-249/production", List.of("shop.test")))));
        pages(
                "/api/v1/applications",
                APPLICATIONS,
                200,
                i -> new ApplicationView(new ApplicationName("app-" + i), "hash", i < RELEASES ? 1 : 0, List.of()));
        pages(
                "/api/v1/environments",
                ENVIRONMENTS,
                500,
                i -> new EnvironmentView(
                        EnvironmentId.parse("app-" + i + "/production"),
                        null,
                        null,
                        null,
                        List.of(),
                        Releases.AT,
                        List.of()));
        pages("/api/v1/deliveries", DELIVERIES, 1000, ListsTest::delivery);
        server.createContext("/api/v1/deliveries/retry", exchange -> {
            bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            answer(exchange, new RetryAnswer(3, List.of(delivery(1))));
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void releases_are_as_many_as_were_asked_for_and_it_is_said_that_there_are_more() {
        assertThat(run("release", "list")).isZero();
        assertThat(out())
                .contains("app-19@1.0.0", "there are more: --limit 40, or --all")
                .doesNotContain("app-20@");

        run("release", "list", "--limit", "300", "--json");
        assertThat(json()).hasSize(300);

        run("release", "list", "--all");
        assertThat(out()).contains("app-306@1.0.0").doesNotContain("there are more");

        assertThat(run("release", "list", "--limit", "0")).isEqualTo(2);
    }

    @Test
    void every_application_is_listed_with_its_newest_release() {
        run("app", "list", "--json");

        assertThat(json()).hasSize(APPLICATIONS);
        assertThat(json().get(APPLICATIONS - 1).path("newest").asString("")).isEqualTo("app-249@1.0.0");
        assertThat(json().get(APPLICATIONS - 1).path("address").asString("")).isEqualTo("http://shop.test:8000/");
        assertThat(json().get(0).path("address").isNull())
                .as("nothing was rolled out yet")
                .isTrue();
    }

    @Test
    void every_environment_and_every_delivery_is_listed() {
        run("environments", "--json");
        assertThat(json()).hasSize(ENVIRONMENTS);

        run("deliveries", "--json");
        assertThat(json()).hasSize(DELIVERIES);
        run("deliveries", "--undelivered", "--json");
        assertThat(json()).hasSize(DELIVERIES / 2);
    }

    @Test
    void what_could_not_be_delivered_is_sent_again_for_a_reason() {
        assertThat(run("deliveries", "retry", "--release", "hello@1.1.0", "--channel", "Email", "--reason", "mended"))
                .isZero();

        JsonNode asked = JsonMapper.shared().readTree(bodies.getLast());
        assertThat(asked.path("release").asString("")).isEqualTo("hello@1.1.0");
        assertThat(asked.path("channel").asString("")).isEqualTo("EMAIL");
        assertThat(asked.path("reason").asString("")).isEqualTo("mended");
        assertThat(out()).contains("sent again: 3", "and 2 more");
        assertThat(run("deliveries", "retry", "--channel", "pigeon", "--reason", "mended"))
                .isEqualTo(2);
        assertThat(run("deliveries", "retry")).isEqualTo(2);
    }

    private static ReleaseView release(int number) {
        ReleaseView like = Releases.release(ReleasePhase.COMPLETED, null, null, null);
        return new ReleaseView(
                new ReleaseId("app-" + number + "@1.0.0"),
                "app-" + number,
                "1.0.0",
                like.sha(),
                like.artifacts(),
                like.policyHash(),
                1,
                like.kind(),
                like.state(),
                like.since(),
                like.proposedAt(),
                like.publisher(),
                like.authors(),
                List.of(),
                null,
                null,
                like.gates(),
                0,
                List.of(),
                null,
                null,
                List.of(),
                1,
                null);
    }

    private static DeliveryView delivery(int number) {
        return new DeliveryView(
                "hello@1.1.0/EMAIL/ada@example.test/" + number,
                new ReleaseId("hello@1.1.0"),
                "Ada",
                "devops",
                Channel.EMAIL,
                "ada@example.test",
                "REJECTED",
                true,
                number % 2 == 0 ? DeliveryView.State.DELIVERED : DeliveryView.State.PLANNED,
                1,
                null,
                Releases.AT);
    }

    /** Something of which there are many. */
    private interface Some {
        Object at(int number);
    }

    private void pages(String path, int count, int pageSize, Some some) {
        server.createContext(path, exchange -> {
            int from = number(CURSOR, exchange, 0);
            int to = Math.min(count, from + pageSize);
            if (to < count) {
                exchange.getResponseHeaders().add("Link", "<%s?cursor=%d>; rel=\"next\"".formatted(path, to));
            }
            answer(exchange, IntStream.range(from, to).mapToObj(some::at).toList());
        });
    }

    private static int number(Pattern pattern, HttpExchange exchange, int usual) {
        String query = exchange.getRequestURI().getQuery();
        Matcher matcher = pattern.matcher(query == null ? "" : query);
        return matcher.find() ? Integer.parseInt(matcher.group(1)) : usual;
    }

    private static void answer(HttpExchange exchange, Object body) throws IOException {
        byte[] bytes = WireJson.mapper().writeValueAsBytes(body);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private int run(String... arguments) {
        out.reset();
        Map<String, String> environment = new HashMap<>();
        environment.put("SLIPWAY_HOME", folder.resolve("home").toString());
        environment.put("SLIPWAY_URL", "http://127.0.0.1:" + server.getAddress().getPort());
        for (String role : List.of("VIEWER", "OPERATOR")) {
            environment.put("SLIPWAY_TOKEN_" + role, "token");
        }
        PrintStream said = new PrintStream(out, true, StandardCharsets.UTF_8);
        PrintStream complained = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        return Slipway.commandLine(new Shell(said, complained, false, 80, environment), Clock.systemUTC())
                .execute(arguments);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private JsonNode json() {
        return JsonMapper.shared().readTree(out());
    }
}
