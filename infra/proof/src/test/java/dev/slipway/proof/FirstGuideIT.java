package dev.slipway.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.platform.Pace;
import dev.slipway.proof.SlipwayScript.Run;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The commands of {@code infra/docs/first-guide.md} on the whole stack: the guide that this project began with becomes the
 * demo's policy, under which a good release ships with no line open, and a bad one is taken back. Own home folder, free ports.
 */
@Tag("thorough")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FirstGuideIT {
    private static final Path FIRST =
            Path.of(System.getProperty("slipway.guides", "../../../shared/vectors/guides"), "first-guide.md");
    private static final Duration DEMO_MAX = Pace.patience(Duration.ofMinutes(10));
    private static final Duration COMMAND_MAX = Pace.patience(Duration.ofMinutes(1));

    private final Path folder = Path.of("target", "first-guide-it").toAbsolutePath();
    private final SlipwayScript slipway = new SlipwayScript(folder.resolve("home"));

    @BeforeAll
    void nothing_is_there() throws Exception {
        assumeTrue(
                Files.isRegularFile(FIRST),
                "skipped: no guide at " + FIRST.toAbsolutePath().normalize());
        Files.createDirectories(folder);
        assertThat(slipway.run(COMMAND_MAX.multipliedBy(2), "down", "--wipe", "--yes")
                        .exitCode())
                .isZero();
    }

    @Test
    void the_first_guide_is_imported_and_a_release_ships_without_a_line_open() throws Exception {
        Path policy = Files.writeString(
                folder.resolve("hello.yaml"), ok("demo", "--print").text());
        ok("guide", "import", FIRST.toAbsolutePath().toString(), "--policy", policy.toString(), "--accept");

        Run demo = slipway.run(DEMO_MAX, "demo", "--json", "--port", "0", "--policy", policy.toString());

        assertThat(demo.exitCode()).as(demo.text()).isZero();
        Run shown = ok("guide", "show", "hello", "--release", "hello@1.0.0", "--strict");
        assertThat(shown.lastLine()).contains("62 lines apply", " 0 open");
        JsonNode lines = JsonMapper.shared()
                .readTree(ok("guide", "show", "hello", "--release", "hello@1.0.0", "--json")
                        .text())
                .path("lines");
        assertThat(lines.valueStream().map(line -> line.path("state").asString("")))
                .contains("PASSED", "VALUE", "NOTHING")
                .doesNotContain("UNANSWERED", "OPEN", "DUE", "FAILED", "INCONCLUSIVE", "WAIVED", "UNKNOWN");
    }

    private Run ok(String... command) throws Exception {
        Run run = slipway.run(COMMAND_MAX, command);
        assertThat(run.exitCode()).as(run.text()).isZero();
        return run;
    }

    @AfterAll
    void nothing_is_left_running() throws Exception {
        Run down = slipway.run(COMMAND_MAX, "down", "--yes");
        assertThat(down.exitCode()).as(down.text()).isZero();
    }
}
