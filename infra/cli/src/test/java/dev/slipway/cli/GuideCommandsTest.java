package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cli.release.PolicyCheck;
import dev.slipway.cli.shell.Shell;
import dev.slipway.guide.DefaultGuide;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class GuideCommandsTest {
    private static final String POLICY = """
        apiVersion: slipway.dev/v1
        kind: ReleasePolicy
        application: shop
        source: {repository: "file:.", from: main, to: released}
        contacts: [{role: devops, name: Ben, email: ben@example.test}]
        checks: [CHECKS]
        environments:
          staging: {target: {type: process, command: [python3, "{artifact}"], metrics: {path: /metrics}}}
          production: {target: {type: process, command: [python3, "{artifact}"], metrics: {path: /metrics}}, bake: 10m}
        gates:
        """;
    private static final String SSH_KEY =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBm/RAlphM3+hUG6wWfcO5bIUIaqMLa2ywxcOK1wMWbh";
    private static final String KEY = "MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=";

    private static final Pattern COMMAND = Pattern.compile("slipway ([a-z]+ [a-z-]+)");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    Path folder = Path.of("");

    @Test
    void each_line_is_told_with_what_would_answer_it_and_why() throws IOException {
        Path guide = write("RELEASE.md", """
            # Releasing
            ## Before
            - [ ] QA: verify that CI is green
            - [ ] (patch only) Ask the writer for the notes, two days before the release
            ## After
            - [ ] Tell the support team
            """);

        assertThat(run("guide", "import", guide.toString())).isZero();

        assertThat(out())
                .containsSubsequence(
                        "Before",
                        "    3  gate      QA: verify that CI is green",
                        "check: \"required-check:qa-verify-that-ci-is-green",
                        "who: QA",
                        "because it has a box to tick",
                        "    4  duty      (patch only) Ask the writer",
                        "when: patch; due: two days before the release",
                        "After",
                        "    6  action    Tell the support team",
                        "RELEASE.md: 3 steps, 1 gate, 1 duty, 0 documents, 1 action, 0 values, 0 with nothing to"
                                + " answer, 0 not read");
    }

    @Test
    void json_has_every_line_with_its_place_class_and_reason() throws IOException {
        Path guide = write("RELEASE.md", "## Testing\n- Unit tests\n- Version: 1.2.3\n");

        assertThat(run("guide", "import", guide.toString(), "--json")).isZero();

        JsonNode answer = JsonMapper.shared().readTree(out());
        JsonNode line = answer.path("lines").path(1);
        assertThat(line.path("line").asInt()).isEqualTo(2);
        assertThat(line.path("class").asString("")).isEqualTo("gate");
        assertThat(line.path("step").asBoolean()).isTrue();
        assertThat(line.path("answer").path("cover").asString("")).isEqualTo("handed-in");
        assertThat(line.path("reason").asString("")).isNotBlank();
        assertThat(answer.path("counts").path("value").asInt()).isEqualTo(1);
        assertThat(answer.path("decisions").isNull()).isTrue();
    }

    @Test
    void what_was_decided_is_kept_and_a_changed_guide_shows_the_difference() throws IOException {
        Path guide = write("RELEASE.md", "## Before\n- [ ] Verify that CI is green\n- [ ] Rest\n");
        Path kept = folder.resolve("kept.yaml");
        run("guide", "import", guide.toString(), "--json");
        String id = JsonMapper.shared()
                .readTree(out())
                .path("lines")
                .path(1)
                .path("id")
                .asString("");

        assertThat(run(
                        "guide",
                        "import",
                        guide.toString(),
                        "--decisions",
                        kept.toString(),
                        "--decide",
                        id + "=duty:QA",
                        "--save"))
                .isZero();
        assertThat(out()).contains("    2  duty      Verify that CI is green", "decided by a person", "kept in");

        write("RELEASE.md", "## Before\n- [ ] Verify that CI is green on main\n- [ ] Push the tag\n");
        assertThat(run("guide", "import", guide.toString(), "--decisions", kept.toString()))
                .isZero();
        assertThat(out())
                .contains("    2  duty      Verify that CI is green on main")
                .contains("changed   Verify that CI is green on main (was: Verify that CI is green), its decision is"
                        + " kept")
                .contains("new       Push the tag")
                .contains("gone      Rest");
        assertThat(Files.readString(kept))
                .as("nothing is written without --save")
                .contains("Rest");
    }

    @Test
    void a_file_that_cannot_be_a_guide_is_usage_on_one_line() throws IOException {
        Path binary = Files.write(folder.resolve("a.png"), new byte[] {(byte) 0x89, 'P', 'N', 'G', 0});
        Path huge = Files.write(folder.resolve("b.md"), new byte[1_000_001]);
        Path long_ = write("c.md", "x\n".repeat(5_001));

        assertThat(run("guide", "import", folder.resolve("none.md").toString())).isEqualTo(2);
        assertThat(err()).hasLineCount(1).contains("there is no file");
        assertThat(run("guide", "import", binary.toString())).isEqualTo(2);
        assertThat(err()).hasLineCount(1).contains("no text in UTF-8");
        assertThat(run("guide", "import", huge.toString())).isEqualTo(2);
        assertThat(err()).hasLineCount(1).contains("more than 1,000,000 bytes");
        assertThat(run("guide", "import", long_.toString())).isEqualTo(2);
        assertThat(err()).hasLineCount(1).contains("at most 5,000");
    }

    @Test
    void a_wrong_decision_is_usage_and_names_what_is_legal() throws IOException {
        Path guide = write("RELEASE.md", "- [ ] Push the tag\n");
        Path broken = write("broken.yaml", "lines: 3\n");

        assertThat(run("guide", "import", guide.toString(), "--decide", "nobody=duty"))
                .isEqualTo(2);
        assertThat(err()).contains("there is no line nobody");
        assertThat(run("guide", "import", guide.toString(), "--decide", "nothing"))
                .isEqualTo(2);
        assertThat(err()).contains("LINE=CLASS");
        assertThat(run("guide", "import", guide.toString(), "--decisions", broken.toString()))
                .isEqualTo(2);
        assertThat(err()).contains("broken.yaml").contains("lines");
    }

    @Test
    void the_shipped_guide_is_printed_and_can_be_imported() throws IOException {
        assertThat(run("guide", "default")).isZero();
        Path guide = write("RELEASE.md", out());

        assertThat(run("guide", "import", guide.toString())).isZero();
        assertThat(run("guide", "default", "--json")).isZero();
        assertThat(JsonMapper.shared().readTree(out())).hasSize(62);
    }

    @Test
    void every_gate_that_is_proposed_is_legal_in_a_policy() throws IOException {
        Path guide = write("RELEASE.md", """
            ## Checklist
            - [ ] Verify that the tag is signed
            - [ ] Verify the provenance of the artifacts
            - [ ] Verify the signatures of the binaries
            - [ ] Verify the checksums
            - [ ] Verify the licences of all parts
            - [ ] Verify that the vulnerability scan is clean
            - [ ] Verify the SBOM
            - [ ] Verify the coverage
            - [ ] Run the smoke tests
            - [ ] Run the benchmarks
            - [ ] Run the integration tests
            - [ ] Run the unit tests
            - [ ] Verify that no run was flaky
            - [ ] Run all tests
            - [ ] Verify that there are no merge conflicts
            - [ ] Verify the rollback
            - [ ] Verify that staging shares nothing with production
            - [ ] Verify the lint run
            - [ ] Verify the dashboards
            - [ ] Verify that no blocking bugs are open
            - [ ] Verify that CI is green
            - [ ] Verify that the version number matches
            - [ ] Verify that the image is available
            """);
        run("guide", "import", guide.toString(), "--json");

        StringBuilder gates = new StringBuilder();
        StringBuilder checks = new StringBuilder("build");
        int count = 0;
        for (JsonNode line : JsonMapper.shared().readTree(out()).path("lines")) {
            if (line.path("class").asString("").equals("gate")) {
                count++;
                add(line.path("answer").path("policy").asString(""), gates, checks);
            }
        }

        assertThat(count).isEqualTo(23);
        PolicyCheck.of(folder.resolve("slipway.yaml"), POLICY.replace("CHECKS", checks) + gates);
    }

    @Test
    void every_command_that_answers_a_line_of_the_shipped_guide_is_there() {
        List<String[]> commands = DefaultGuide.lines().stream()
                .flatMap(line -> COMMAND.matcher(line.answer()).results())
                .map(found -> (found.group(1) + " --help").split(" "))
                .toList();

        assertThat(commands)
                .isNotEmpty()
                .allSatisfy(command ->
                        assertThat(run(command)).as(String.join(" ", command)).isZero());
    }

    @Test
    void every_gate_of_the_shipped_guide_is_legal_in_a_policy() {
        StringBuilder gates = new StringBuilder();
        StringBuilder checks = new StringBuilder("build");
        DefaultGuide.lines().stream()
                .map(DefaultGuide.Line::policy)
                .filter(policy -> policy != null && policy.startsWith("gates:"))
                .forEach(policy -> add(policy, gates, checks));

        PolicyCheck check = PolicyCheck.of(folder.resolve("slipway.yaml"), POLICY.replace("CHECKS", checks) + gates);

        assertThat(check.policy().gates()).hasSizeGreaterThan(15);
    }

    @Test
    void every_duty_of_the_shipped_guide_is_legal_in_a_policy() {
        String duties = DefaultGuide.lines().stream()
                .map(DefaultGuide.Line::policy)
                .filter(policy -> policy != null && policy.startsWith("duties: ["))
                .map(policy -> "  - " + policy.replaceFirst("^duties: \\[", "").replaceFirst("]$", ""))
                .collect(java.util.stream.Collectors.joining("\n", "duties:\n", "\n"));

        String policy = POLICY.replace("CHECKS", "build").replace("gates:\n", duties.replace("ROLE", "devops"));

        assertThat(PolicyCheck.of(folder.resolve("slipway.yaml"), policy)
                        .policy()
                        .duties())
                .hasSize(6);
    }

    /** One gate in a list, with what a person fills in. */
    private static void add(String policy, StringBuilder gates, StringBuilder checks) {
        String gate = policy.replaceFirst("^gates: \\[", "").replaceFirst("]$", "");
        java.util.regex.Matcher check =
                java.util.regex.Pattern.compile("required-check:([\\w.-]+)").matcher(gate);
        if (check.find() && !check.group(1).equals("build")) {
            checks.append(", ").append(check.group(1));
        }
        gates.append("  - ")
                .append(gate.replace("[SSH_KEY]", "[\"" + SSH_KEY + "\"]")
                        .replace(
                                "[KEY]", "[\"-----BEGIN PUBLIC KEY-----\\n" + KEY + "\\n-----END PUBLIC KEY-----\\n\"]")
                        .replace("BUILDER", "https://example.test/builder")
                        .replace("LICENCE", "Apache-2.0")
                        .replace("METRIC", "requests_total"))
                .append('\n');
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private int run(String... arguments) {
        out.reset();
        err.reset();
        PrintStream said = new PrintStream(out, true, StandardCharsets.UTF_8);
        PrintStream complained = new PrintStream(err, true, StandardCharsets.UTF_8);
        Map<String, String> environment =
                Map.of("SLIPWAY_HOME", folder.resolve("home").toString());
        return Slipway.commandLine(new Shell(said, complained, false, 80, environment), Clock.systemUTC())
                .execute(arguments);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
