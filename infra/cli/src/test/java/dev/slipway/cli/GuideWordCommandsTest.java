package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cli.release.PolicyCheck;
import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.WireJson;
import dev.slipway.contracts.policy.Guide;
import dev.slipway.contracts.policy.GuideAnswer;
import dev.slipway.contracts.policy.ReleaseKind;
import dev.slipway.contracts.release.GuideFileView;
import dev.slipway.contracts.release.GuideFileView.Adopted;
import dev.slipway.contracts.release.GuideFileView.Difference;
import dev.slipway.contracts.release.GuideFileView.Kind;
import dev.slipway.contracts.release.GuideFileView.State;
import dev.slipway.contracts.release.GuideView;
import dev.slipway.contracts.release.GuideView.Dismissal;
import dev.slipway.contracts.release.GuideView.Flaw;
import dev.slipway.contracts.release.GuideView.LineState;
import dev.slipway.contracts.release.GuideView.Repair;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.demo.DemoPolicy;
import dev.slipway.guide.GuideFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What people say of how a release goes by its guide, and what they see of it before. */
class GuideWordCommandsTest {
    private static final Instant AT = Instant.parse("2026-01-05T10:00:00Z");
    private static final String THERE = "c".repeat(64);
    private static final String GUIDE = "/api/v1/applications/shop/guide";
    private static final String RELEASE = "/api/v1/releases/shop@1.2.0/guide";

    @TempDir
    Path folder = Path.of("");

    private AskedShell shell;

    @BeforeEach
    void start() throws IOException {
        shell = new AskedShell(folder);
    }

    @AfterEach
    void stop() {
        shell.close();
    }

    private static GuideView view(@Nullable Dismissal dismissal) {
        List<GuideView.Line> lines = List.of(new GuideView.Line(
                "press",
                "Tell the press",
                List.of("Releasing"),
                9,
                List.of(),
                GuideAnswer.UNANSWERED,
                dismissal == null ? LineState.UNANSWERED : LineState.DOES_NOT_APPLY,
                dismissal == null ? "nothing answers it" : "ada@example.test says that it does not apply: for nobody",
                null,
                null,
                null,
                dismissal));
        return new GuideView(
                "shop",
                new ReleaseId("shop@1.2.0"),
                ReleasePhase.AWAITING_APPROVAL,
                List.of(ReleaseKind.MINOR),
                "00ff",
                "00fe",
                "docs/RELEASE.md",
                GuideView.Tally.of(lines),
                lines);
    }

    private static GuideFileView differs() {
        return new GuideFileView(
                "docs/RELEASE.md",
                State.DIFFERS,
                null,
                THERE,
                List.of(
                        new Difference(Kind.ADDED, "licences", "Check the licences", null, List.of(), 4, null),
                        new Difference(Kind.CHANGED, "tests", "All tests pass", "Unit tests pass", List.of(), 3, null),
                        new Difference(Kind.GONE, "fax", "Send a fax", null, List.of(), null, null)),
                2);
    }

    private static String json(GuideView view) {
        return WireJson.mapper().writeValueAsString(view);
    }

    private JsonNode posted() {
        return JsonMapper.shared().readTree(shell.gateway().last("POST").body());
    }

    @Test
    void in_what_the_file_differs_is_shown_before_the_lines_and_what_is_for_repair_after_them() {
        GuideView view = view(null)
                .beside(differs())
                .repairing(List.of(
                        new Repair("press", "Tell the press", Flaw.NEVER_APPLIED, 4, 4),
                        new Repair("tests", "Unit tests pass", Flaw.ALWAYS_WAIVED, 3, 5)));
        shell.gateway().on("GET " + GUIDE, 200, json(view));

        assertThat(shell.run("guide", "show", "shop")).as(shell.err()).isZero();

        assertThat(shell.out())
                .containsSubsequence(
                        "guide docs/RELEASE.md, 00fe of policy 00ff",
                        "guide file docs/RELEASE.md differs in 5 lines at the released revision; the release goes by"
                                + " the guide of its policy",
                        "           new      licences: Check the licences",
                        "           changed  tests: All tests pass",
                        "                    was: Unit tests pass",
                        "           gone     fax: Send a fax",
                        "           and 2 lines more",
                        "           to go by it: slipway guide adopt shop@1.2.0 --reason WHY",
                        "  unanswered      Tell the press  docs/RELEASE.md:9",
                        "for repair, by the last releases:",
                        "  never-applied   Tell the press",
                        "                  press: it applied to none of the last 4 releases",
                        "  always-waived   Unit tests pass",
                        "                  tests: it was waived in all 3 that came to it, of the last 5 releases",
                        "1 line applies:");
        assertThat(shell.run("guide", "show", "shop", "--json")).isZero();
        assertThat(JsonMapper.shared()
                        .readTree(shell.out())
                        .at("/guideFile/lines/1/was")
                        .asString(""))
                .isEqualTo("Unit tests pass");
    }

    @Test
    void what_is_the_same_or_missing_is_said_in_a_line() {
        shell.gateway()
                .on(
                        "GET " + GUIDE,
                        200,
                        json(view(null)
                                .beside(new GuideFileView(
                                        "RELEASE.md", State.MISSING, "commit it there", null, List.of(), 0))));
        assertThat(shell.run("guide", "show", "shop")).isZero();
        assertThat(shell.out()).contains("guide file RELEASE.md is not in the released revision: commit it there");

        shell.gateway()
                .on(
                        "GET " + GUIDE,
                        200,
                        json(view(null)
                                .beside(new GuideFileView("RELEASE.md", State.SAME, null, THERE, List.of(), 0))));
        assertThat(shell.run("guide", "show", "shop")).isZero();
        assertThat(shell.out()).contains("guide file RELEASE.md is the same at the released revision");
    }

    @Test
    void exactly_the_file_that_is_shown_is_adopted_and_whose_approvals_fell_is_said() {
        shell.gateway().on("GET " + GUIDE, 200, json(view(null).beside(differs())));
        Adopted word = new Adopted("ada@example.test", false, AT, "it holds", "00fd", List.of("ben@example.test"));
        shell.gateway()
                .on("POST " + RELEASE, 200, json(view(null).beside(differs().adoptedBy(word))));

        assertThat(shell.run("guide", "adopt", "shop@1.2.0", "--reason", "it holds"))
                .as(shell.err())
                .isZero();

        assertThat(posted().path("sha256").asString("")).isEqualTo(THERE);
        assertThat(posted().path("reason").asString("")).isEqualTo("it holds");
        assertThat(shell.out())
                .contains("adopted by ada@example.test at 2026-01-05T10:00:00Z: it holds (the approvals of"
                        + " ben@example.test fell)")
                .doesNotContain("to go by it");
        assertThat(shell.run("guide", "adopt", "shop@1.2.0", "--reason", "it holds", "--operator", "--json"))
                .isZero();
        assertThat(JsonMapper.shared()
                        .readTree(shell.out())
                        .at("/guideFile/adopted/fell/0")
                        .asString(""))
                .isEqualTo("ben@example.test");
        assertThat(shell.run("guide", "adopt", "shop@1.2.0")).as("no reason").isEqualTo(2);
    }

    @Test
    void of_a_line_it_is_said_that_it_does_not_apply_and_that_is_taken_back() {
        Dismissal dismissal = new Dismissal("ada@example.test", AT, "for nobody", null, null, true);
        shell.gateway().on("POST " + RELEASE + "/lines/press", 200, json(view(dismissal)));

        assertThat(shell.run("guide", "line", "shop@1.2.0", "press", "--not-applicable", "--reason", "for nobody"))
                .as(shell.err())
                .isZero();
        assertThat(posted().path("applies").asBoolean()).isFalse();
        assertThat(shell.out())
                .contains(
                        "  does-not-apply  Tell the press",
                        "ada@example.test says that it does not apply: for nobody",
                        "0 lines apply: 0 covered, 0 proven, 0 open");

        assertThat(shell.run("guide", "line", "shop@1.2.0", "press", "--applies", "--reason", "somebody did"))
                .isZero();
        assertThat(posted().path("applies").asBoolean()).isTrue();
        assertThat(shell.run("guide", "line", "shop@1.2.0", "press", "--reason", "x"))
                .isEqualTo(2);
        assertThat(shell.err()).contains("say --not-applicable, or --applies to take that back");
        assertThat(shell.run("guide", "line", "--help")).isZero();
        assertThat(shell.out()).contains("takes two people", "--not-applicable", "--applies");
    }

    @Test
    void an_import_remembers_the_path_in_the_repository_and_the_text() throws IOException {
        Files.createDirectories(folder.resolve("repo/.git"));
        Files.createDirectories(folder.resolve("repo/docs"));
        String text = "# Releasing\r\n- [ ] Tell the press\r\n";
        Path guide = Files.writeString(folder.resolve("repo/docs/RELEASE.md"), text);
        Path policy = Files.writeString(folder.resolve("hello.yaml"), DemoPolicy.sample());

        assertThat(shell.run("guide", "import", guide.toString(), "--policy", policy.toString()))
                .as(shell.err())
                .isZero();

        Guide written = Objects.requireNonNull(PolicyCheck.of(policy).policy().guide());
        assertThat(written.file()).isEqualTo("docs/RELEASE.md");
        assertThat(written.sha256())
                .isEqualTo(GuideFile.sha256(text))
                .isEqualTo(GuideFile.sha256(text.replace("\r\n", "\n")));
        Files.writeString(guide, text.replace("press", "world"));
        shell.run("guide", "import", guide.toString(), "--policy", policy.toString());
        assertThat(Objects.requireNonNull(PolicyCheck.of(policy).policy().guide())
                        .sha256())
                .isNotEqualTo(written.sha256());
    }
}
