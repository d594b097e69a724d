package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cli.shell.Shell;
import dev.slipway.contracts.WireJson;
import dev.slipway.contracts.letters.DeadLetterView;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeadLetterCommandsTest {
    private static final String ROOT = "/api/v1/deadletters/";
    private static final String ID = "release-service:slipway.ci.events:0:17";
    private static final String ONE = ROOT + "release-service/" + ID;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final StandInGateway gateway;

    @TempDir
    Path folder = Path.of("");

    DeadLetterCommandsTest() throws IOException {
        gateway = new StandInGateway();
    }

    @BeforeEach
    void services_have_none_but_one() {
        for (String service : List.of("validation-service", "deployment-service", "notification-service")) {
            gateway.on("GET " + ROOT + service, 200, json(new DeadLetterView.Page(List.of(), null)));
        }
        gateway.on("GET " + ROOT + "release-service", 200, json(new DeadLetterView.Page(List.of(letter(null)), null)));
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void the_list_names_each_of_all_services_with_its_reason() {
        assertThat(run("deadletters", "list")).isZero();
        assertThat(out()).contains(ID, "refused: no such phase", "./slipway deadletters show " + ID);

        assertThat(run("deadletters", "list", "--json")).isZero();
        assertThat(WireJson.mapper()
                        .readTree(out())
                        .path("letters")
                        .path(0)
                        .path("id")
                        .stringValue())
                .isEqualTo(ID);
    }

    @Test
    void a_service_that_is_away_is_said_and_hides_no_other() {
        gateway.on("GET " + ROOT + "deployment-service", 503, "{\"detail\":\"It cannot be reached.\"}");

        assertThat(run("deadletters", "list")).isEqualTo(3);
        assertThat(out()).contains(ID, "did not answer: deployment-service");
    }

    @Test
    void one_is_shown_with_headers_and_content() {
        gateway.on(
                "GET " + ONE,
                200,
                json(new DeadLetterView.Whole(
                        letter(null), Map.of("ce_type", "dev.test.v1"), 14, "{\"a\":\"***\"}", "text")));

        assertThat(run("deadletters", "show", ID)).isZero();

        assertThat(out())
                .contains("refused: no such phase", "ce_type: dev.test.v1", "14 bytes", "{\"a\":\"***\"}", "replay");
    }

    @Test
    void a_replay_says_who_why_and_what_came_of_it() {
        gateway.on(
                "POST " + ONE + "/replay", 200, json(new DeadLetterView.Answer(letter("user:x"), true, "Replayed.")));

        assertThat(run("deadletters", "replay", ID, "--reason", "mended")).isZero();

        assertThat(out()).contains("done", "Replayed.");
        assertThat(gateway.last("POST").body()).isEqualTo("{\"reason\":\"mended\"}");
        assertThat(gateway.last("POST").header("authorization")).isEqualTo("Bearer of-operator");
    }

    @Test
    void one_that_fails_again_ends_with_1_and_its_new_reason() {
        gateway.on(
                "POST " + ONE + "/replay",
                200,
                json(new DeadLetterView.Answer(letter(null), false, "It failed again and waits on. refused: full")));

        assertThat(run("deadletters", "replay", ID, "--reason", "mended")).isEqualTo(1);
        assertThat(out()).contains("not done", "refused: full");
    }

    @Test
    void discarding_wants_a_reason_and_an_id_that_can_be_one() {
        assertThat(run("deadletters", "discard", ID)).isEqualTo(2);
        assertThat(run("deadletters", "discard", ID, "--reason", " ")).isEqualTo(2);
        assertThat(run("deadletters", "discard", "nobody:x", "--reason", "by mistake"))
                .isEqualTo(2);
        assertThat(err()).contains("release-service");
    }

    private static DeadLetterView letter(@org.jspecify.annotations.Nullable String by) {
        return new DeadLetterView(
                ID,
                "release-service",
                "slipway.ci.events",
                "hello",
                "dev.test.v1",
                "hello",
                "refused: no such phase",
                Instant.parse("2026-01-05T10:00:00Z"),
                0,
                by == null ? DeadLetterView.State.WAITING : DeadLetterView.State.REPLAYED,
                by,
                by == null ? null : "mended",
                by == null ? null : Instant.parse("2026-01-05T11:00:00Z"));
    }

    private static String json(Object value) {
        return WireJson.mapper().writeValueAsString(value);
    }

    private int run(String... arguments) {
        out.reset();
        err.reset();
        Map<String, String> environment = Map.of(
                "SLIPWAY_HOME",
                folder.resolve("home").toString(),
                "SLIPWAY_URL",
                gateway.url(),
                "SLIPWAY_TOKEN_OPERATOR",
                "of-operator");
        PrintStream said = new PrintStream(out, true, StandardCharsets.UTF_8);
        PrintStream complained = new PrintStream(err, true, StandardCharsets.UTF_8);
        Shell shell = new Shell(said, complained, false, 80, environment);
        return Slipway.commandLine(shell, Clock.systemUTC()).execute(arguments);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
