package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cli.shell.Shell;
import dev.slipway.git.GitMissing;
import dev.slipway.testkit.git.TestRepository;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class MergeCommandsTest {
    @TempDir
    Path folder = Path.of("");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private TestRepository git = TestRepository.at(folder);

    @BeforeEach
    void a_repository_with_two_branches() {
        git = TestRepository.in(folder.resolve("shop"));
        git.commit("greeting.txt", "Hello\n");
        git.on("production").commit("greeting.txt", "Welcome\n");
    }

    private int check(String repository, String from, String... more) {
        List<String> arguments =
                new ArrayList<>(List.of("merge", "check", "--repository", repository, "--from", from, "--to", "main"));
        arguments.addAll(List.of(more));
        out.reset();
        err.reset();
        Shell shell = new Shell(printing(out), printing(err), false, 200, Map.of("SLIPWAY_HOME", folder + "/home"));
        return Slipway.commandLine(shell, Clock.systemUTC()).execute(arguments.toArray(String[]::new));
    }

    private static PrintStream printing(ByteArrayOutputStream to) {
        return new PrintStream(to, true, StandardCharsets.UTF_8);
    }

    private String said() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String complained() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void a_merge_that_would_work_is_told_with_its_tree() {
        assertThat(check(git.folder().toString(), "production")).isZero();

        git.on("main").git("merge", "-q", "--no-ff", "--no-edit", "production");
        assertThat(said()).contains("production merges into main; the tree is " + git.resolve("main^{tree}"));
        assertThat(check(git.url(), "production")).isZero();
        assertThat(said()).contains("main has all of production already");
    }

    @Test
    void one_that_would_not_is_told_with_reasons_and_commands() {
        git.on("main").commit("greeting.txt", "Good day\n");

        assertThat(check(git.url(), "production", "--json")).isEqualTo(1);

        JsonNode answer = JsonMapper.shared().readTree(said());
        assertThat(answer.path("merges").asBoolean()).isFalse();
        assertThat(answer.path("conflicts").path(0).path("type").asString()).isEqualTo("CONFLICT (contents)");
        assertThat(answer.path("conflicts").path(0).path("changes").path(1).asString())
                .startsWith("production by " + git.head("production").substring(0, 7));
        assertThat(answer.path("commands").path(1).asString()).isEqualTo("git switch production");
        assertThat(check(git.url(), "production")).isEqualTo(1);
        assertThat(said()).contains("does not merge into main", "resolve it:", "  git merge main");
    }

    @Test
    void a_missing_program_is_named_with_its_package() {
        PrintStream errors = printing(err);
        Shell shell = new Shell(printing(out), errors, false, 200, Map.of("SLIPWAY_HOME", folder + "/home"));

        int exit = Failures.tell(new GitMissing("there is none"), new CommandContext(shell, Clock.systemUTC()));

        assertThat(exit).isEqualTo(2);
        assertThat(complained()).contains("2.38 or newer", "Install the package git");
    }

    @Test
    void what_cannot_be_tried_says_why() {
        assertThat(check(git.url(), "nowhere")).isEqualTo(2);
        assertThat(complained()).contains("There is no branch nowhere");
        assertThat(check(folder.resolve("nothing").toString(), "production")).isEqualTo(2);
        assertThat(complained()).contains("There is no Git repository");
        assertThat(check("ssh://git@example.test/x", "production")).isEqualTo(2);
    }
}
