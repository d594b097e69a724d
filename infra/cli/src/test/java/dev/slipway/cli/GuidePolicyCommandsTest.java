package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cli.release.PolicyCheck;
import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.WireJson;
import dev.slipway.contracts.policy.Guide;
import dev.slipway.contracts.policy.GuideAnswer;
import dev.slipway.contracts.policy.GuideAnswer.By;
import dev.slipway.contracts.policy.GuideHeading;
import dev.slipway.contracts.policy.GuideLine;
import dev.slipway.contracts.policy.ReleaseKind;
import dev.slipway.contracts.release.GuideView;
import dev.slipway.contracts.release.GuideView.LineState;
import dev.slipway.contracts.release.ReleasePhase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A guide becomes part of a policy, and is shown with where a release is in it. */
class GuidePolicyCommandsTest {
    private static final String POLICY = """
            # The shop's policy.
            apiVersion: slipway.dev/v1
            kind: ReleasePolicy
            application: shop
            source: {repository: "file:.", from: main, to: released}   # one branch
            contacts: [{role: devops, name: Ben, email: ben@example.test}]
            approvals: {required: 2}
            checks: [build]
            gates:
              - {id: unit, evidence: junit, suite: unit, rule: {run.exit: 0, tests.failed: 0}}
              - {id: lint, evidence: sarif, rule: {findings.error: 0, tool.errors: 0}}
              - {id: no-conflicts, check: merge}

            # Where it runs.
            environments:
              staging: {target: {type: process, command: [python3, "{artifact}"]}}
              production: {target: {type: process, command: [python3, "{artifact}"]}, bake: 10m}
            merge: {tag: "v{version}"}
            """;

    private static final String MARKDOWN = """
            # Releasing
            ## Before
            - [ ] Run the unit tests
            - [ ] Verify that there are no merge conflicts
            - [ ] Run the vulnerability scan
            - [ ] (patch only) Verify the rollback
            - Approvals: 2
            ## After
            - [ ] Tag the release
            - [ ] Deploy to production
            - [ ] Write the blog post
            """;

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

    @Test
    void a_guide_is_written_into_a_policy_bound_to_what_that_has_and_nothing_else_is_touched() throws IOException {
        Path guide = write("RELEASE.md", MARKDOWN);
        Path policy = write("slipway.yaml", POLICY);

        assertThat(run("guide", "import", guide.toString(), "--policy", policy.toString()))
                .as(err())
                .isZero();

        String written = Files.readString(policy);
        assertThat(written).startsWith(POLICY);
        assertThat(answer(policy, "Run the unit tests")).isEqualTo(new GuideAnswer(By.GATE, "unit"));
        assertThat(answer(policy, "Verify that there are no merge conflicts"))
                .isEqualTo(new GuideAnswer(By.GATE, "no-conflicts"));
        assertThat(answer(policy, "(patch only) Verify the rollback")).isEqualTo(new GuideAnswer(By.GATE, "way-back"));
        assertThat(answer(policy, "Approvals: 2")).isEqualTo(new GuideAnswer(By.VALUE, "approvals.required", "2"));
        assertThat(answer(policy, "Tag the release")).isEqualTo(new GuideAnswer(By.ACTION, "tag"));
        assertThat(answer(policy, "Deploy to production")).isEqualTo(new GuideAnswer(By.ACTION, "deploy"));
        assertThat(answer(policy, "Write the blog post")).isEqualTo(GuideAnswer.UNANSWERED);
        assertThat(answer(policy, "Run the vulnerability scan"))
                .as("the gate over SARIF is a linter's")
                .isEqualTo(GuideAnswer.UNANSWERED);
        GuideLine line = line(policy, "(patch only) Verify the rollback");
        assertThat(line.when()).containsExactly(ReleaseKind.PATCH);
        assertThat(line.line()).isEqualTo(6);
        assertThat(line.under()).containsExactly("Releasing", "Before");
        assertThat(written).contains("# nothing answers it yet: a gate over a scanner's report");
        assertThat(out()).contains("has the guide:", "slipway policy apply");

        assertThat(run("policy", "show", policy.toString())).isZero();
        assertThat(out()).contains("guide      RELEASE.md, 8 lines, 2 open, ");
    }

    @Test
    void written_again_it_takes_the_place_of_the_one_before_and_answers_of_people_stand() throws IOException {
        Path policy = write(
                "slipway.yaml",
                POLICY.replace("# Where it runs.", "guide: {lines: [{id: x, text: X}]}\n\n# Where it runs."));
        Path guide = write("RELEASE.md", MARKDOWN);
        run("guide", "import", guide.toString(), "--policy", policy.toString());
        String once = Files.readString(policy);
        assertThat(once.replaceAll("(?s)guide:\n.*?\n\n# Where", "# Where")).isEqualTo(POLICY);
        String id = line(policy, "Run the vulnerability scan").id();
        Files.writeString(
                policy,
                once.replace(
                        "      # nothing answers it yet: a gate over a scanner's report",
                        "      gate: lint   # it scans too"));

        write("RELEASE.md", MARKDOWN.replace("- [ ] Write the blog post\n", "- [ ] Tell the support team\n"));
        assertThat(run("guide", "import", guide.toString(), "--policy", policy.toString()))
                .isZero();
        assertThat(line(policy, "Run the vulnerability scan").answer()).isEqualTo(new GuideAnswer(By.GATE, "lint"));
        assertThat(answer(policy, "Tell the support team")).isEqualTo(new GuideAnswer(By.ACTION, "notify"));
        assertThat(Files.readString(policy)).doesNotContain("blog post").contains("# one branch", "# Where it runs.");

        assertThat(run(
                        "guide",
                        "import",
                        guide.toString(),
                        "--policy",
                        policy.toString(),
                        "--decide",
                        id + "=nothing:scanned elsewhere",
                        "--json"))
                .isZero();
        assertThat(answer(policy, "Run the vulnerability scan"))
                .isEqualTo(new GuideAnswer(By.NOTHING, "scanned elsewhere"));
        JsonNode json = JsonMapper.shared().readTree(out());
        assertThat(json.at("/policy/lines").asInt()).isEqualTo(8);
        assertThat(json.at("/policy/answered/unanswered").isMissingNode()).isTrue();
    }

    @Test
    void what_the_policy_has_not_is_refused_and_the_policy_left_as_it_was() throws IOException {
        Path guide = write("RELEASE.md", MARKDOWN);
        Path policy = write("slipway.yaml", POLICY);
        run("guide", "import", guide.toString(), "--json");
        String id = JsonMapper.shared()
                .readTree(out())
                .path("lines")
                .valueStream()
                .filter(line -> line.path("text").asString().equals("Run the unit tests"))
                .findFirst()
                .orElseThrow()
                .path("id")
                .asString();

        assertThat(run(
                        "guide",
                        "import",
                        guide.toString(),
                        "--policy",
                        policy.toString(),
                        "--decide",
                        id + "=gate:units"))
                .isEqualTo(2);

        assertThat(err())
                .contains("nothing was written", "guide.lines[0].gate is no gate of this policy; did you mean unit?");
        assertThat(Files.readString(policy)).isEqualTo(POLICY);

        Path flow = write("flow.yaml", "{apiVersion: slipway.dev/v1}\n");
        assertThat(run("guide", "import", guide.toString(), "--policy", flow.toString()))
                .isEqualTo(2);
    }

    @Test
    void a_policy_keeps_its_line_ends() throws IOException {
        Path guide = write("RELEASE.md", MARKDOWN);
        Path policy = write("slipway.yaml", POLICY.replace("\n", "\r\n"));

        assertThat(run("guide", "import", guide.toString(), "--policy", policy.toString()))
                .isZero();

        assertThat(Files.readString(policy).replace("\r\n", "")).doesNotContain("\n", "\r");
        assertThat(answer(policy, "Tag the release")).isEqualTo(new GuideAnswer(By.ACTION, "tag"));
    }

    @Test
    void a_guide_is_shown_line_by_line_with_its_gaps_last() throws IOException {
        shell.gateway().on("GET /api/v1/applications/shop/guide", 200, json(view(LineState.PASSED)));
        write("slipway.yaml", POLICY);

        assertThat(run("guide", "show", "shop")).as(err()).isZero();

        assertThat(out())
                .containsSubsequence(
                        "shop@1.2.0 is STAGING, of kind minor, final",
                        "guide RELEASE.md, 00fe of policy 00ff",
                        "Before",
                        "  passed          Unit tests pass  RELEASE.md:3",
                        "                  gate unit: tests.failed 0",
                        "  unanswered      Tell the press  RELEASE.md:9",
                        "2 lines apply: 1 covered, 1 proven, 1 open; nothing answers: Tell the press (RELEASE.md:9)");
        assertThat(shell.gateway().last("GET").line()).isEqualTo("GET /api/v1/applications/shop/guide");
    }

    @Test
    void what_is_late_is_said_and_counted_and_a_heading_says_of_which_releases_its_lines_are() {
        GuideView late = view(LineState.LATE)
                .under(List.of(new GuideHeading("Before", List.of(ReleaseKind.HOTFIX, ReleaseKind.PATCH), null)));
        shell.gateway().on("GET /api/v1/applications/shop/guide", 200, json(late));

        assertThat(run("guide", "show", "shop")).as(err()).isZero();
        assertThat(out())
                .containsSubsequence(
                        "Before (when hotfix, patch)",
                        "  late            Unit tests pass",
                        "After",
                        "2 lines apply: 1 covered, 0 proven, 1 open, 1 late; nothing answers: Tell the press (RELEASE.md:9)");

        assertThat(run("guide", "show", "shop", "--json")).isZero();
        assertThat(out()).contains("\"LATE\"", "\"headings\"");
    }

    @Test
    void an_import_keeps_what_headings_say_as_long_as_they_stand_over_a_line() throws IOException {
        Path guide = write("RELEASE.md", MARKDOWN);
        Path policy = write("slipway.yaml", POLICY);
        run("guide", "import", guide.toString(), "--policy", policy.toString());
        Files.writeString(policy, Files.readString(policy).replace("  lines:\n", """
                      headings:
                        - {under: Before, when: [minor, patch]}
                        - {under: After, when: kind.hotfix == 0}
                      lines:
                    """));

        write("RELEASE.md", MARKDOWN.replace("## After", "## Then"));
        assertThat(run("guide", "import", guide.toString(), "--policy", policy.toString()))
                .as(err())
                .isZero();
        assertThat(headings(policy))
                .containsExactly(new GuideHeading("Before", List.of(ReleaseKind.MINOR, ReleaseKind.PATCH), null));

        Files.writeString(
                policy, Files.readString(policy).replace("when: [minor, patch]", "when: \"kind.hotfix == 0\""));
        assertThat(run("guide", "import", guide.toString(), "--policy", policy.toString()))
                .as(err())
                .isZero();
        assertThat(headings(policy)).containsExactly(new GuideHeading("Before", List.of(), "kind.hotfix == 0"));
    }

    private static List<GuideHeading> headings(Path policy) {
        return Objects.requireNonNull(PolicyCheck.of(policy).policy().guide()).headings();
    }

    @Test
    void strict_ends_with_a_failure_where_there_is_a_gap_and_a_release_may_be_named() throws IOException {
        shell.gateway().on("GET /api/v1/applications/shop/guide", 200, json(view(LineState.PASSED)));

        assertThat(run("guide", "show", "shop", "--release", "1.1.0", "--strict"))
                .isEqualTo(1);
        assertThat(shell.gateway().last("GET").line()).endsWith("/guide?release=shop%401.1.0");
        assertThat(run("guide", "show", "--release", "shop@1.1.0", "--json")).isZero();
        assertThat(JsonMapper.shared().readTree(out()).at("/tally/open").asInt())
                .isEqualTo(1);

        shell.gateway().on("GET /api/v1/applications/shop/guide", 200, json(bare()));
        assertThat(run("guide", "show", "shop")).isZero();
        assertThat(out()).contains("has had no release yet", "its policy has no guide: slipway guide import");
    }

    private static GuideView view(LineState state) {
        List<GuideView.Line> lines = List.of(
                new GuideView.Line(
                        "unit",
                        "Unit tests pass",
                        List.of("Releasing", "Before"),
                        3,
                        List.of(),
                        new GuideAnswer(By.GATE, "unit"),
                        state,
                        "tests.failed 0",
                        null,
                        null),
                new GuideView.Line(
                        "press",
                        "Tell the press",
                        List.of("Releasing", "After"),
                        9,
                        List.of(),
                        GuideAnswer.UNANSWERED,
                        LineState.UNANSWERED,
                        "nothing answers it",
                        null,
                        null));
        return new GuideView(
                "shop",
                new ReleaseId("shop@1.2.0"),
                ReleasePhase.STAGING,
                List.of(ReleaseKind.MINOR, ReleaseKind.FINAL),
                "00ff",
                "00fe",
                "RELEASE.md",
                GuideView.Tally.of(lines),
                lines);
    }

    private static GuideView bare() {
        return new GuideView(
                "shop", null, null, List.of(), "00ff", null, null, GuideView.Tally.of(List.of()), List.of());
    }

    private static String json(GuideView view) {
        return WireJson.mapper().writeValueAsString(view);
    }

    private static GuideLine line(Path policy, String text) {
        Guide guide = Objects.requireNonNull(PolicyCheck.of(policy).policy().guide());
        return guide.lines().stream()
                .filter(line -> line.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no line " + text + " in " + guide));
    }

    private static GuideAnswer answer(Path policy, String text) {
        return line(policy, text).answer();
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private int run(String... arguments) {
        return shell.run(arguments);
    }

    private String out() {
        return shell.out();
    }

    private String err() {
        return shell.err();
    }
}
