package dev.slipway.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.platform.Pace;
import dev.slipway.proof.SlipwayScript.Run;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every process killed at every moment of the demo, and one of each where there are two. It takes half an hour and writes its
 * table to {@code target/kills.md}; {@link DemoIT} kills each process once in every build.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@EnabledIfSystemProperty(
        named = "slipway.kills",
        matches = ".+",
        disabledReason = "run it with -Dslipway.kills=all, or the names of scenarios, comma separated")
@Tag("thorough")
class KillIT {
    private static final Duration DEMO_MAX = Pace.patience(Duration.ofMinutes(8));
    private static final Duration COMMAND_MAX = Pace.patience(Duration.ofMinutes(2));

    private final Path home = Path.of("target", "kill-it", "home").toAbsolutePath();
    private final SlipwayScript slipway = new SlipwayScript(home);
    private final List<String> table = new ArrayList<>(List.of(KillRun.HEAD));

    static Stream<KillScenario> scenarios() {
        String wanted = System.getProperty("slipway.kills", "");
        List<String> names = List.of(wanted.split(","));
        return KillScenario.all().filter(scenario -> wanted.equals("all") || names.contains(scenario.name()));
    }

    @BeforeAll
    void a_first_release_is_in_production() throws Exception {
        Run wiped = slipway.run(COMMAND_MAX, "down", "--wipe", "--yes");
        assertThat(wiped.exitCode()).as(wiped.text()).isZero();
        Run first = slipway.run(DEMO_MAX, "demo", "--json", "--port", "0");
        assertThat(first.exitCode()).as(first.text()).isZero();
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void the_outcome_is_the_same(KillScenario scenario) throws Exception {
        try {
            new KillRun(home, slipway).of(scenario, table);
        } finally {
            Files.write(home.resolveSibling("kills.md"), table);
        }
    }

    @AfterAll
    void the_table_is_printed_and_nothing_is_left_running() throws Exception {
        Run down = slipway.run(COMMAND_MAX, "down", "--yes");
        table.forEach(System.out::println);
        assertThat(down.exitCode()).as(down.text()).isZero();
    }
}
