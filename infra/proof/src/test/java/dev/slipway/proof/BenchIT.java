package dev.slipway.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.policy.EvidenceKinds;
import dev.slipway.platform.Pace;
import dev.slipway.proof.SlipwayScript.Run;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The measuring itself, in short: every answer that it counts is right. And the overload, with a tenth of the crowd. */
@Tag("thorough")
class BenchIT {
    private static final Duration LIMIT = Duration.ofMinutes(4);

    /** How many times more came than was carried depends on who gets the processors; ten times as many always wait. */
    private static final double TIMES = 3;

    private static final double RECOVERED_SECONDS_MAX = 5;

    /** So that something is done by every piece of work; that it is right does not rest on how much. */
    private static final Duration EACH = Duration.ofMillis(300);

    private static final Duration OVERLOAD = Duration.ofSeconds(1);
    private static final double STRETCHED_TIMES_MAX = 8;

    private final SlipwayScript slipway = new SlipwayScript(Path.of("target", "bench-it"));

    private JsonNode bench(String... arguments) throws IOException, InterruptedException {
        Run run = slipway.run(Pace.patience(LIMIT), arguments);
        assertThat(run.exitCode()).as(run.text()).isZero();
        return JsonMapper.shared().readTree(run.text());
    }

    /** On a machine that is busy with other things it takes longer until anything is done. */
    private static String lasting(Duration quiet) {
        return Math.round(quiet.toMillis() * Math.min(Pace.now(), STRETCHED_TIMES_MAX)) + "ms";
    }

    @Test
    void at_ten_times_what_it_can_answers_stay_right_people_go_on_and_it_recovers()
            throws IOException, InterruptedException {
        JsonNode report = bench("bench", "overload", "--quick", "--seconds", lasting(OVERLOAD), "--json");

        assertThat(report.get("broken")).isEmpty();
        assertThat(report.get("timesItCan").asDouble()).isGreaterThanOrEqualTo(TIMES);
        assertThat(report.get("flood").get("users").get("refused").asLong()).isPositive();
        assertThat(report.get("flood").get("users").get("wrong").asLong()).isZero();
        assertThat(report.get("recoveredSeconds").asDouble()).isLessThanOrEqualTo(RECOVERED_SECONDS_MAX * Pace.now());
        assertThat(report.get("idleOpen").asInt()).isEqualTo(1_000);
        assertThat(report.get("slowOpen").asInt()).isEqualTo(100);
    }

    @Test
    void every_answer_that_is_measured_is_the_right_one() throws IOException, InterruptedException {
        JsonNode report = bench("bench", "traffic", "--quick", "--seconds", lasting(EACH), "--json");

        assertThat(report.get("rows"))
                .hasSize(10)
                .allSatisfy(row -> assertThat(row.get("measured"))
                        .hasSizeGreaterThanOrEqualTo(2)
                        .allSatisfy(measured -> {
                            assertThat(measured.get("wrong").asLong())
                                    .as("%s: %s", row.get("work"), measured)
                                    .isZero();
                            assertThat(measured.get("failed").asLong())
                                    .as("%s: %s", row.get("work"), measured)
                                    .isZero();
                            assertThat(measured.get("perSecond").asDouble()).isPositive();
                        }));
        assertThat(report.get("goals")).hasSize(7);
    }

    @Test
    void every_event_that_is_measured_is_taken_in() throws IOException, InterruptedException {
        JsonNode report = bench("bench", "events", "--quick", "--seconds", lasting(EACH), "--json");

        assertThat(report.get("failed").asLong()).as(report.toString()).isZero();
        assertThat(report.get("events").asDouble()).isPositive();
        assertThat(report.get("records").asDouble()).isPositive();
    }

    /** How fast a busy machine is proves nothing; that each is measured does. */
    @Test
    void a_report_of_every_kind_is_read_with_all_its_figures() throws IOException, InterruptedException {
        JsonNode cost = bench("bench", "evidence", "--quick", "--json");

        Set<String> kinds = new TreeSet<>();
        cost.get("readings").forEach(reading -> kinds.add(reading.get("kind").asString()));
        assertThat(kinds)
                .containsExactlyElementsOf(new TreeSet<>(EvidenceKinds.shipped().kinds()));
        assertThat(cost.get("readings")).allSatisfy(reading -> {
            for (String figure : Set.of("bytes", "allocated", "seconds", "bareSeconds", "firstSeconds")) {
                assertThat(reading.get(figure).asDouble())
                        .as("%s of %s", figure, reading.get("kind"))
                        .isPositive();
            }
        });
        assertThat(cost.get("gates").asDouble()).isPositive();
        assertThat(cost.get("verifying").get("records").asInt()).isEqualTo(100);
        assertThat(cost.get("verifying").get("seconds").asDouble()).isPositive();
        assertThat(cost.get("goals")).hasSize(cost.get("readings").size() + 2);
    }
}
