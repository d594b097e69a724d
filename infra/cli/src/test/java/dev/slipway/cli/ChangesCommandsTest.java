package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.Sha;
import dev.slipway.contracts.WireJson;
import dev.slipway.contracts.release.AnnouncementView;
import dev.slipway.contracts.release.ChangeView;
import dev.slipway.contracts.release.DoraView;
import dev.slipway.contracts.release.NextVersionView;
import dev.slipway.contracts.release.NotesView;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.contracts.validation.Baseline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** What a release changes, asked of a stand-in for Slipway: the next version, notes, and how well releases go. */
class ChangesCommandsTest {
    private static final Sha SHA = new Sha("0123456789".repeat(4));

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

    private static NextVersionView next(@Nullable String version, NextVersionView.Step step, List<ChangeView> because) {
        return new NextVersionView(
                "shop",
                version,
                "main",
                SHA,
                new Baseline(new ReleaseId("shop@1.1.0"), "1.1.0", SHA),
                step,
                2,
                2,
                false,
                List.of("Since shop@1.1.0 it is so.", "1 of them is a feature (feat): the minor number rises."),
                because);
    }

    @Test
    void the_next_version_is_told_with_its_reasons_and_the_commits_that_decided() throws IOException {
        ChangeView feature = new ChangeView(SHA, ChangeView.Kind.FEATURE, "feat", "cart", "a basket", false, null);
        String json = WireJson.mapper().writeValueAsString(next("1.2.0", NextVersionView.Step.MINOR, List.of(feature)));
        gateway().on("GET /api/v1/applications/shop/next-version", 200, json);

        assertThat(run("release", "next", "shop")).as(err()).isZero();

        assertThat(out())
                .containsSubsequence(
                        "shop@1.2.0",
                        "  Since shop@1.1.0 it is so.",
                        "  1 of them is a feature",
                        "    " + SHA.brief() + " feat(cart): a basket");
        assertThat(gateway().last("GET").line()).isEqualTo("GET /api/v1/applications/shop/next-version");
        assertThat(run("release", "next", "shop", "--branch", "release/1.x", "--json"))
                .isZero();
        assertThat(gateway().last("GET").line()).endsWith("/next-version?branch=release%2F1.x");
        assertThat(JsonMapper.shared().readTree(out()).path("version").asString())
                .isEqualTo("1.2.0");
    }

    @Test
    void where_nothing_has_changed_the_command_fails_and_says_so() throws IOException {
        String json = WireJson.mapper().writeValueAsString(next(null, NextVersionView.Step.NONE, List.of()));
        gateway().on("GET /api/v1/applications/shop/next-version", 200, json);

        assertThat(run("release", "next", "shop")).isEqualTo(1);

        assertThat(out()).contains("shop: nothing to release");
    }

    @Test
    void notes_are_printed_as_slipway_writes_them_in_the_form_that_is_asked_for() throws IOException {
        gateway().on("GET /api/v1/releases/shop@1.2.0/notes", 200, "# shop 1.2.0\n\n- *a*\n");

        assertThat(run("release", "notes", "shop@1.2.0")).as(err()).isZero();
        assertThat(out()).isEqualTo("# shop 1.2.0\n\n- *a*\n");
        assertThat(gateway().last("GET").header("accept")).startsWith("text/markdown");

        assertThat(run("release", "notes", "shop@1.2.0", "--html")).isZero();
        assertThat(gateway().last("GET").header("accept")).startsWith("text/html");

        assertThat(run("release", "notes", "shop@1.2.0", "--html", "--json")).isEqualTo(2);
    }

    @Test
    void words_of_people_are_sent_from_a_file_with_a_reason_and_never_without() throws IOException {
        Path words = Files.writeString(folder.resolve("words.txt"), "It greets by name.\n");
        gateway().on("PUT /api/v1/releases/shop@1.2.0/notes", 200, """
                {"release": "shop@1.2.0", "application": "shop", "version": "1.2.0", "sha": "%s", "kind": "STANDARD",
                 "state": "STAGING", "at": "2026-01-05T10:00:00Z", "since": null, "unread": null, "more": false,
                 "breaking": [], "features": [], "improvements": [], "fixes": [], "others": [], "configuration": [],
                 "knownLimitations": [], "upgrade": [],
                 "prose": {"text": "It greets by name.", "by": "ada@example.test", "at": "2026-01-05T10:00:00Z",
                           "reason": "for users", "digest": "sha256:00"}}
                """.formatted(SHA));

        assertThat(run("release", "notes", "shop@1.2.0", "--file", words.toString()))
                .isEqualTo(2);
        assertThat(err()).contains("--reason WHY");
        assertThat(run("release", "notes", "shop@1.2.0", "--edit", "--html", "--reason", "x"))
                .isEqualTo(2);
        assertThat(run("release", "notes", "shop@1.2.0", "--file", words.toString(), "--reason", "for users"))
                .as(err())
                .isZero();
        assertThat(gateway().last("PUT").body())
                .contains("\"text\":\"It greets by name.\"", "\"reason\":\"for users\"");
        assertThat(out()).contains("the notes of shop@1.2.0 say it now");
        Files.writeString(words, "  \n");
        assertThat(run("release", "notes", "shop@1.2.0", "--file", words.toString(), "--reason", "x"))
                .isEqualTo(2);
        assertThat(err()).contains("says nothing");
    }

    @Test
    void notes_are_values_in_json() throws IOException {
        NotesView notes = new NotesView(
                new ReleaseId("shop@1.2.0"),
                "shop",
                "1.2.0",
                SHA,
                "STANDARD",
                ReleasePhase.COMPLETED,
                Instant.parse("2026-01-05T10:00:00Z"),
                null,
                null,
                false,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of("It goes without gate unit-tests."),
                List.of(),
                null,
                List.of(),
                null,
                List.of());
        gateway()
                .on(
                        "GET /api/v1/releases/shop@1.2.0/notes",
                        200,
                        WireJson.mapper().writeValueAsString(notes));

        assertThat(run("release", "notes", "shop@1.2.0", "--json")).as(err()).isZero();
        assertThat(JsonMapper.shared().readTree(out()).at("/knownLimitations/0").asString())
                .isEqualTo("It goes without gate unit-tests.");
    }

    @Test
    void a_draft_of_an_announcement_is_printed_and_what_to_see_to_first_goes_aside() throws IOException {
        AnnouncementView draft = new AnnouncementView(
                new ReleaseId("shop@1.2.0"),
                AnnouncementView.Channel.MAIL,
                ReleasePhase.STAGING,
                false,
                "shop 1.2.0 is on its way",
                "It is not released yet.\n- a basket",
                List.of("The release has not ended."));
        gateway()
                .on(
                        "GET /api/v1/releases/shop@1.2.0/announcement",
                        200,
                        WireJson.mapper().writeValueAsString(draft));

        assertThat(run("release", "announcement", "shop@1.2.0", "--channel", "mail"))
                .isEqualTo(1);

        assertThat(gateway().last("GET").line()).endsWith("/announcement?channel=mail");
        assertThat(out()).isEqualTo("Subject: shop 1.2.0 is on its way\n\nIt is not released yet.\n- a basket\n");
        assertThat(err()).contains("before it is sent: The release has not ended.");
        assertThat(run("release", "announcement", "shop@1.2.0")).isEqualTo(2);
    }

    @Test
    void metrics_are_told_beside_those_before_and_what_is_not_known_is_no_data() throws IOException {
        Instant to = Instant.parse("2026-01-31T00:00:00Z");
        DoraView dora = new DoraView(
                "shop",
                30,
                to.minus(Duration.ofDays(30)),
                to,
                true,
                Duration.ofDays(7),
                new DoraView.Metric(0.5, 15, 0.25, DoraView.Trend.BETTER, "15 of 16 rollouts completed."),
                new DoraView.Metric(3.5, 15, 1.75, DoraView.Trend.BETTER, "15 of 16 rollouts completed."),
                new DoraView.Metric(5_400.0, 14, null, DoraView.Trend.UNKNOWN, "Median of 14 of 15."),
                new DoraView.Metric(0.0625, 16, 0.0, DoraView.Trend.WORSE, "1 of 16 rollouts failed."),
                new DoraView.Metric(null, 0, null, DoraView.Trend.UNKNOWN, "No rollout failed."),
                new DoraView.Metric(0.0, 15, 0.0, DoraView.Trend.SAME, "0 of 15 were unplanned."));
        gateway()
                .on("GET /api/v1/applications/shop/dora", 200, WireJson.mapper().writeValueAsString(dora));
        gateway().on("GET /api/v1/dora", 200, WireJson.mapper().writeValueAsString(dora));

        assertThat(run("dora", "shop", "--days", "30")).as(err()).isZero();

        assertThat(gateway().last("GET").line()).endsWith("/applications/shop/dora?days=30");
        assertThat(out().lines().map(line -> line.replaceAll(" {2,}", "  ").strip()))
                .contains(
                        "shop, 30 days to 2026-01-31T00:00:00Z, beside the 30 before",
                        "deployments a day  0.50  before: 0.25, better  15 of 16 rollouts completed.",
                        "lead time  90 min  before: no data  Median of 14 of 15.",
                        "change failure rate  6.3 %  before: 0.0 %, worse  1 of 16 rollouts failed.",
                        "recovery time  no data  before: no data  No rollout failed.",
                        "rework rate  0.0 %  before: 0.0 %, same  0 of 15 were unplanned.");
        assertThat(run("dora", "--json")).isZero();
        assertThat(gateway().last("GET").line()).isEqualTo("GET /api/v1/dora");
        assertThat(JsonMapper.shared().readTree(out()).at("/recoverySeconds").has("value"))
                .isFalse();
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
