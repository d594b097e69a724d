package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cli.shell.Shell;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Where users reach applications, as commands tell it. */
class AppAddressesTest {
    private static final String ENVIRONMENT = """
            [{"environment": "shop/production", "verified": null, "rollout": null, "waiting": null, "shares": [],
              "updatedAt": "2026-03-02T09:00:00Z", "kept": []}]""";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final StandInGateway gateway;

    @TempDir
    Path folder = Path.of("");

    AppAddressesTest() throws IOException {
        gateway = new StandInGateway();
    }

    @BeforeEach
    void a_front_that_knows_two_environments() {
        gateway.on("GET /api/v1/front", 200, """
                        {"port": 8000, "tls": false, "hosts": {
                          "shop/production": ["shop.localhost", "shop.test"], "shop/staging": ["staging.shop.localhost"],
                          "shopping/production": ["shopping.localhost"]}}""")
                .on("GET /api/v1/environments", 200, ENVIRONMENT)
                .on("GET /api/v1/releases", 200, "{\"releases\": [], \"cursor\": null}");
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void open_prints_the_address_by_host_name_of_production_or_of_staging() {
        assertThat(run("app", "open", "shop")).isZero();
        assertThat(said()).isEqualTo("http://shop.localhost:8000/");

        assertThat(run("app", "open", "shop", "--environment", "staging", "--print"))
                .isZero();
        assertThat(said()).isEqualTo("http://staging.shop.localhost:8000/");
    }

    @Test
    void open_answers_in_json_with_every_address() {
        assertThat(run("app", "open", "shop", "--json")).isZero();

        JsonNode answer = JsonMapper.shared().readTree(said());
        assertThat(answer.path("environment").asString()).isEqualTo("shop/production");
        assertThat(answer.path("address").asString()).isEqualTo("http://shop.localhost:8000/");
        assertThat(answer.path("addresses").valueStream().map(JsonNode::asString))
                .containsExactly(
                        "http://shop.localhost:8000/",
                        "http://shop.test:8000/",
                        "http://127.0.0.1:8000/apps/shop/production/");
        assertThat(answer.path("opened").asBoolean()).isFalse();
    }

    @Test
    void what_was_never_rolled_out_has_no_address_and_that_is_said() {
        assertThat(run("app", "open", "other")).isEqualTo(1);
        assertThat(complained()).contains("other/production has no address yet", "app show other");

        assertThat(run("app", "open", "shop", "--environment", "test")).isEqualTo(2);
        assertThat(complained()).contains("staging or production, not \"test\"");
    }

    @Test
    void show_names_every_address_of_the_application_and_of_no_other() {
        assertThat(run("app", "show", "shop")).isZero();

        assertThat(said())
                .contains("production is at http://shop.localhost:8000/  http://shop.test:8000/")
                .contains("staging is at http://staging.shop.localhost:8000/")
                .doesNotContain("shopping");
        assertThat(run("app", "show", "shop", "--json")).isZero();
        assertThat(JsonMapper.shared().readTree(said()).path("addresses")).hasSize(2);
    }

    private String said() {
        return out.toString(StandardCharsets.UTF_8).strip();
    }

    private String complained() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private int run(String... arguments) {
        out.reset();
        err.reset();
        Map<String, String> environment = Map.of(
                "SLIPWAY_HOME", folder.resolve("home").toString(),
                "SLIPWAY_URL", gateway.url(),
                "SLIPWAY_TOKEN_VIEWER", "token");
        Shell shell = new Shell(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false,
                80,
                environment);
        return Slipway.commandLine(shell, Clock.systemUTC()).execute(arguments);
    }
}
