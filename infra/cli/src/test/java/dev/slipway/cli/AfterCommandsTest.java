package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cli.release.ReleaseText;
import dev.slipway.cli.release.RetroText;
import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.WireJson;
import dev.slipway.contracts.release.Disruption;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.contracts.release.ReportView;
import dev.slipway.contracts.release.RetroView;
import dev.slipway.contracts.release.RetroView.Item;
import dev.slipway.contracts.release.RetroView.Kind;
import dev.slipway.contracts.release.RetroView.State;
import dev.slipway.contracts.release.RetroView.Word;
import dev.slipway.contracts.validation.Excess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** What is known, said and left to do after releases, asked of a stand-in for Slipway. */
class AfterCommandsTest {
    private static final Instant AT = Instant.parse("2026-01-05T10:00:00Z");
    private static final ReleaseId RELEASE = new ReleaseId("shop@1.2.0");
    private static final String RETRO = " /api/v1/releases/shop@1.2.0/retro";

    @TempDir
    Path folder = Path.of("");

    private @Nullable AskedShell shell;

    @BeforeEach
    void start() throws IOException {
        shell = new AskedShell(folder);
    }

    @AfterEach
    void stop() {
        shell().close();
    }

    private AskedShell shell() {
        AskedShell started = shell;
        if (started == null) {
            throw new AssertionError("not started");
        }
        return started;
    }

    private StandInGateway gateway() {
        return shell().gateway();
    }

    private static Item item(State state, Word... more) {
        List<Word> history = new ArrayList<>(List.of(new Word(State.OPEN, "ada@example.test", AT, "")));
        history.addAll(List.of(more));
        return new Item(
                1, Kind.ACTION, "Warm the cache up", "ben@example.test", LocalDate.parse("2026-02-01"), state, history);
    }

    private static RetroView retro() {
        return new RetroView(
                List.of(
                        item(State.OPEN),
                        new Item(
                                2,
                                Kind.LESSON,
                                "Mondays are busy",
                                null,
                                null,
                                State.NOTED,
                                List.of(new Word(State.NOTED, "ada@example.test", AT, "")))),
                List.of(new RetroView.Feedback("support", "Logins are quicker", "https://t.example.test/7", "ci", AT)));
    }

    private static String json(Object value) {
        return WireJson.mapper().writeValueAsString(value);
    }

    @Test
    void a_report_is_printed_as_slipway_writes_it_in_the_form_that_is_asked_for() throws IOException {
        gateway().on("GET /api/v1/releases/shop@1.2.0/report", 200, "# shop 1.2.0: afterwards\n");

        assertThat(run("release", "report", "shop@1.2.0")).as(err()).isZero();
        assertThat(out()).isEqualTo("# shop 1.2.0: afterwards\n");
        assertThat(gateway().last("GET").header("accept")).startsWith("text/markdown");
        assertThat(run("release", "report", "shop@1.2.0", "--html")).isZero();
        assertThat(gateway().last("GET").header("accept")).startsWith("text/html");
        assertThat(run("release", "report", "shop@1.2.0", "--html", "--json")).isEqualTo(2);
    }

    @Test
    void a_report_is_values_in_json() throws IOException {
        ReportView report = new ReportView(
                RELEASE,
                "shop",
                "1.2.0",
                ReleasePhase.COMPLETED,
                AT,
                null,
                null,
                null,
                null,
                List.of(),
                "Nothing is measured.",
                null,
                List.of(),
                List.of());
        gateway().on("GET /api/v1/releases/shop@1.2.0/report", 200, json(report));

        assertThat(run("release", "report", "shop@1.2.0", "--json")).as(err()).isZero();
        assertThat(JsonMapper.shared().readTree(out()).path("unmeasured").asString())
                .isEqualTo("Nothing is measured.");
    }

    @Test
    void what_users_had_of_a_version_that_went_back_is_a_line_of_its_release() {
        Disruption disruption = Disruption.of(
                "1.2.0",
                "1.1.0",
                44,
                List.of(new Excess(Excess.Metric.ERRORS, 13, 44, 0.1, AT, AT.plusSeconds(12))),
                false);

        assertThat(new ReleaseText(ZoneOffset.UTC).show(Releases.disrupting(disruption)))
                .contains(
                        "disruption Users of 1.2.0 had 13 errors (of 44 answers, 0.1 by the share of 1.1.0) in 12 s, from"
                                + " 2026-01-05T10:00:00Z to 2026-01-05T10:00:12Z.");
    }

    @Test
    void an_item_is_raised_with_its_owner_and_its_day_and_a_lesson_without() throws IOException {
        gateway().on("POST" + RETRO, 200, json(retro()));

        assertThat(run(
                        "retro",
                        "add",
                        "shop@1.2.0",
                        "--text",
                        "Warm the cache up",
                        "--owner",
                        "ben@example.test",
                        "--due",
                        "2026-02-01"))
                .as(err())
                .isZero();
        assertThat(gateway().last("POST").body())
                .isEqualTo("{\"text\":\"Warm the cache up\",\"owner\":\"ben@example.test\",\"due\":\"2026-02-01\"}");
        assertThat(out()).contains("shop@1.2.0/1: Warm the cache up", "for ben@example.test until 2026-02-01");
        assertThat(run("retro", "add", "shop@1.2.0", "--text", "Mondays are busy", "--lesson"))
                .isZero();
        assertThat(gateway().last("POST").body()).isEqualTo("{\"text\":\"Mondays are busy\",\"lesson\":true}");
        assertThat(run("retro", "add", "shop@1.2.0", "--text", "x", "--due", "soon"))
                .isEqualTo(2);
        assertThat(err()).contains("soon is no day");
    }

    @Test
    void an_item_is_closed_by_its_name_as_done_or_dropped_with_a_reason() throws IOException {
        Word done = new Word(State.DONE, "ben@example.test", AT, "it is warm");
        gateway().on("POST" + RETRO + "/1/close", 200, json(new RetroView(List.of(item(State.DONE, done)), List.of())));

        assertThat(run("retro", "close", "shop@1.2.0/1", "--as", "done", "--reason", "it is warm"))
                .as(err())
                .isZero();
        assertThat(gateway().last("POST").body()).isEqualTo("{\"as\":\"DONE\",\"reason\":\"it is warm\"}");
        assertThat(out()).contains("done by ben@example.test at " + AT + ": it is warm");
        assertThat(run("retro", "close", "shop@1.2.0/1", "--as", "later", "--reason", "x"))
                .isEqualTo(2);
        assertThat(err()).contains("not as later");
        assertThat(run("retro", "close", "shop@1.2.0", "--as", "done", "--reason", "x"))
                .isEqualTo(2);
        assertThat(err()).contains("shop@1.2.0 is no item");
        assertThat(run("retro", "close", "shop@1.2.0/1", "--as", "done")).isEqualTo(2);
    }

    @Test
    void what_is_left_of_an_application_or_all_of_a_release_is_listed() throws IOException {
        gateway()
                .on(
                        "GET /api/v1/applications/shop/retro",
                        200,
                        json(List.of(new RetroView.Owed(RELEASE, item(State.OPEN)))));
        gateway().on("GET" + RETRO, 200, json(retro()));

        assertThat(run("retro", "list", "shop")).as(err()).isZero();
        assertThat(out()).contains("shop@1.2.0/1: Warm the cache up", "./slipway retro close shop@1.2.0/1 --as done");
        assertThat(run("retro", "list", "shop@1.2.0")).isZero();
        assertThat(out()).contains("lesson", "Mondays are busy", "feedback   support: Logins are quicker");
        assertThat(run("retro", "list", "shop", "--json")).isZero();
        assertThat(JsonMapper.shared().readTree(out()).at("/0/item/owner").asString())
                .isEqualTo("ben@example.test");
    }

    @Test
    void what_is_late_says_so_by_the_day_of_whoever_looks() {
        List<RetroView.Owed> owed = List.of(new RetroView.Owed(RELEASE, item(State.OPEN)));

        assertThat(RetroText.owed(owed, LocalDate.parse("2026-02-01")).getFirst())
                .startsWith("open       shop@1.2.0/1");
        assertThat(RetroText.owed(owed, LocalDate.parse("2026-02-02")).getFirst())
                .startsWith("late       shop@1.2.0/1");
        List<RetroView.Owed> near = owed.stream()
                .map(each -> each.at(Instant.parse("2026-01-30T10:00:00Z")))
                .toList();
        assertThat(RetroText.owed(near, LocalDate.parse("2026-01-30")).getFirst())
                .startsWith("due soon   shop@1.2.0/1");
        assertThat(RetroText.lines(RELEASE, RetroView.NOTHING, LocalDate.parse("2026-02-02")))
                .containsExactly("nobody has said anything of shop@1.2.0 yet");
    }

    @Test
    void feedback_is_handed_in_with_whom_it_is_from_and_listed() throws IOException {
        gateway().on("POST /api/v1/releases/shop@1.2.0/feedback", 200, json(retro()));
        gateway().on("GET" + RETRO, 200, json(retro()));

        assertThat(run("feedback", "add", "shop@1.2.0", "--from", "support", "--text", "Logins are quicker"))
                .as(err())
                .isZero();
        assertThat(gateway().last("POST").body()).isEqualTo("{\"from\":\"support\",\"text\":\"Logins are quicker\"}");
        assertThat(run("feedback", "list", "shop@1.2.0")).isZero();
        assertThat(out()).contains("feedback   support: Logins are quicker", "https://t.example.test/7");
        assertThat(run("feedback", "add", "shop@1.2.0", "--text", "x")).isEqualTo(2);
    }

    private int run(String... arguments) {
        return shell().run(arguments);
    }

    private String out() {
        return shell().out();
    }

    private String err() {
        return shell().err();
    }
}
