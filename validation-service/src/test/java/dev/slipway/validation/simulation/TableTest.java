package dev.slipway.validation.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.slipway.validation.judgement.AnswersToFind;
import dev.slipway.validation.simulation.Outcome.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.core.io.ClassPathResource;

/**
 * The published table is what the judge does. Rows that are made in a moment are made again in every build and must be the
 * same to the last letter. Of the others, whose runs are long, the build makes the first few of the very runs that were
 * published: no more of them may be wrong or too late than of all, and medians and ninth tenths must lie where those of so few
 * are by chance. {@code -Dslipway.judge.table=true} makes every row whole; {@code -Dslipway.judge.rewrite=true} writes them.
 */
@Tag("thorough")
final class TableTest {
    private static final Path DOCUMENT = Path.of("..", "infra", "docs", "judge.md");
    private static final int RUNS = 300;
    private static final long SEED = 1;
    private static final double DEVIATIONS = 3;
    private static final Pattern FOUND = Pattern.compile("(\\d+) of (\\d+)(?:, (\\d+) before it began)?(?:, wrongly)?");
    private static final Table TABLE = new Table(UsualRollout.RULES, UsualRollout.HELD, ShippedBounds.BOUNDS);

    @Test
    void the_published_table_is_what_the_judge_does() throws IOException {
        boolean rewrite = Boolean.getBoolean("slipway.judge.rewrite");
        boolean whole = rewrite || Boolean.getBoolean("slipway.judge.table");
        List<Outcome> made = TABLE.rows().stream()
                .map(row -> TABLE.outcome(row, whole ? RUNS : runsOfABuild(row), SEED))
                .toList();
        if (rewrite) {
            write(made);
        }

        List<String> published = published();
        List<String> head = Table.head();
        assertThat(published).hasSize(head.size() + made.size()).startsWith(head.toArray(String[]::new));
        for (int i = 0; i < made.size(); i++) {
            Table.Row row = TABLE.rows().get(i);
            String line = published.get(head.size() + i);
            Outcome outcome = made.get(i);
            if (outcome.runs().size() == RUNS) {
                assertThat(line).isEqualTo(Table.line(row, outcome));
            } else {
                assertThat(cells(line).subList(0, 3))
                        .isEqualTo(cells(Table.line(row, outcome)).subList(0, 3));
                agrees(line, row, outcome);
            }
        }
    }

    /** As many as take some seconds for a row: all of those whose runs are over in a moment. */
    private static int runsOfABuild(Table.Row row) {
        Scenario scenario = row.scenario();
        long begins = scenario.begins().toSeconds();
        if (row.none()) {
            return 8;
        }
        if (begins > 0) {
            return begins > 600 ? 15 : begins > 60 ? 40 : 100;
        }
        boolean large = scenario.canary() >= 0.05 || scenario.latencyTimes() >= 1.5;
        boolean longMeasured = scenario.measured().toSeconds() > 10;
        return large && !longMeasured ? RUNS : 100;
    }

    /** Whether some runs may be the first of those that a line tells of. */
    private static void agrees(String line, Table.Row row, Outcome few) {
        List<String> cells = cells(line);
        Matcher found = FOUND.matcher(cells.get(3));
        assertThat(found.matches()).as(line).isTrue();
        long before = found.group(3) == null ? 0 : Long.parseLong(found.group(3));
        assertThat(found.group(2)).as(line).isEqualTo(Integer.toString(RUNS));
        if (row.none()) {
            assertThat(few.found()).as(line).isLessThanOrEqualTo(Long.parseLong(found.group(1)));
            return;
        }
        long missed = RUNS - before - Long.parseLong(found.group(1));
        List<Run> saw = few.runs().stream().filter(run -> run.seconds() > 0).toList();
        assertThat(few.foundBefore()).as(line).isLessThanOrEqualTo(before);
        assertThat(saw.size() - few.found()).as(line).isLessThanOrEqualTo(missed);
        double[] seconds = saw.stream().mapToDouble(Run::seconds).toArray();
        double[] hurt = saw.stream().mapToDouble(run -> Math.max(0, run.hurt())).toArray();
        assertQuantile(line, seconds, 0.5, Double.parseDouble(cells.get(4)), 0);
        assertQuantile(line, seconds, 0.9, Double.parseDouble(cells.get(5)), 0);
        assertQuantile(line, hurt, 0.5, Double.parseDouble(cells.get(6)), 0.5);
    }

    /**
     * Whether a value may be that quantile of all of which some are known: as many of these lie below it as of a sample without
     * return, within three deviations.
     *
     * @param rounded by how much at most
     */
    private static void assertQuantile(String line, double[] some, double quantile, double value, double rounded) {
        double noise =
                DEVIATIONS * Math.sqrt(some.length * quantile * (1 - quantile) * (RUNS - some.length) / (RUNS - 1.0));
        double expected = quantile * some.length;
        long below = Arrays.stream(some).filter(each -> each < value - rounded).count();
        long upTo = Arrays.stream(some).filter(each -> each <= value + rounded).count();

        assertThat((double) below)
                .as("below %s, of %s: %s", value, Arrays.toString(some), line)
                .isLessThanOrEqualTo(expected + noise);
        assertThat((double) upTo)
                .as("at most %s, of %s: %s", value, Arrays.toString(some), line)
                .isGreaterThanOrEqualTo(expected - noise);
    }

    /** ALGORITHMS for one metric with all of alpha; here it has a part of it and pays for twice the time, and is a little later. */
    @ParameterizedTest
    @CsvSource({
        "0.5 % to 5 %,  5,    0, 18, 41",
        "0.5 % to 5 %, 10,    0, 12, 25",
        "0.5 % to 5 %, 10,   60, 20, 34",
        "0.5 % to 5 %, 10,  300, 21, 33",
        "0.5 % to 5 %, 50, 1200, 11, 17",
        "0.5 % to 5 %, 95, 1200, 53, 75",
        "0.5 % to 30 %, 10, 300,  3,  4",
    })
    void published_figures_are_about_those_of_one_metric_with_all_of_alpha(
            String errors, int share, int begins, int median, int p90) throws IOException {
        List<String> cells = published().stream()
                .filter(line -> line.startsWith("| errors %s | %d %% | %d s |".formatted(errors, share, begins)))
                .findFirst()
                .map(TableTest::cells)
                .orElseThrow();

        assertThat(Integer.parseInt(cells.get(4))).isBetween(median * 3 / 4, median * 3 / 2 + 1);
        assertThat(Integer.parseInt(cells.get(5))).isBetween(p90 * 3 / 4, p90 * 3 / 2 + 1);
    }

    @Test
    void figures_that_are_others_are_seen_by_few_runs() {
        String line = "| errors 0.5 % to 5 % | 10 % | 300 s | 300 of 300 | 22 | 33 | 10 |";
        Table.Row row = TABLE.rows().get(4);

        agrees(line, row, few(40, 22, 10));
        assertThatThrownBy(() -> agrees(line, row, few(40, 33, 10))).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> agrees(line, row, few(40, 15, 10))).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> agrees(line, row, few(40, 22, 25))).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> agrees(line.replace("300 of 300", "299 of 300"), row, few(40, Run.NEVER, 10)))
                .isInstanceOf(AssertionError.class);
    }

    /** Times around that median, from a third below it to a half above it. */
    private static Outcome few(int runs, int median, double hurt) {
        List<Run> all = new ArrayList<>();
        for (int i = 0; i < runs; i++) {
            boolean never = median == Run.NEVER;
            all.add(new Run(never ? median : (int) Math.round(median * (0.67 + 0.85 * i / runs)), hurt));
        }
        return new Outcome(Duration.ofMinutes(10), all);
    }

    private static List<String> cells(String line) {
        return Arrays.stream(line.split("\\|")).skip(1).map(String::strip).toList();
    }

    private static void write(List<Outcome> made) throws IOException {
        List<String> lines = new ArrayList<>(Table.head());
        for (int i = 0; i < made.size(); i++) {
            lines.add(Table.line(TABLE.rows().get(i), made.get(i)));
        }
        String text = Files.readString(DOCUMENT);
        int from = text.indexOf(Table.head().getFirst());
        int to = text.indexOf("\n\n", from);
        Files.writeString(DOCUMENT, text.substring(0, from) + String.join("\n", lines) + text.substring(to));
    }

    private static List<String> published() throws IOException {
        List<String> lines = Files.readAllLines(DOCUMENT);
        int from = lines.indexOf(Table.head().getFirst());
        int to = from;
        while (to < lines.size() && lines.get(to).startsWith("|")) {
            to++;
        }
        return lines.subList(from, to);
    }

    @Test
    void the_bounds_without_the_service_are_those_of_the_service() {
        YamlPropertiesFactoryBean yaml = new YamlPropertiesFactoryBean();
        yaml.setResources(new ClassPathResource("application.yml"));
        Properties shipped = java.util.Objects.requireNonNull(yaml.getObject());

        assertThat(ShippedBounds.BOUNDS.memory()).isEqualTo(shipped.get("slipway.validation.judgement.memory"));
        assertThat(ShippedBounds.BOUNDS.statusEvery()).isEqualTo(duration(shipped, "status-every"));
        assertThat(ShippedBounds.BOUNDS.heardEvery()).isEqualTo(duration(shipped, "heard-every"));
        assertThat(ShippedBounds.BOUNDS.abandonAfter()).isEqualTo(duration(shipped, "abandon-after"));
        assertThat(ShippedBounds.BOUNDS.window()).isEqualTo(duration(shipped, "guardrail-window"));
        assertThat(ShippedBounds.BOUNDS.secondWithin()).isEqualTo(duration(shipped, "second-within"));
    }

    private static Duration duration(Properties shipped, String name) {
        return DurationStyle.detectAndParse(shipped.getProperty("slipway.validation.judgement." + name));
    }

    @Test
    void the_answers_that_it_takes_are_about_those_of_the_simulation() {
        for (int share : new int[] {5, 10, 50}) {
            double expected = AnswersToFind.expected(0.01, 0.005, 0.05, share) / 100;
            Outcome outcome = Scenes.scene().errors(0.005, 0.05).share(share).judged(200);

            assertThat((double) outcome.secondsAt(0.5).orElseThrow())
                    .as("half of all, %d %% share", share)
                    .isCloseTo(expected, within(expected * 0.25 + 1));
            assertThat((double) outcome.secondsAt(0.9).orElseThrow())
                    .as("nine of ten, %d %% share", share)
                    .isLessThanOrEqualTo(expected * AnswersToFind.NINE_OF_TEN * 1.25 + 1);
        }
    }
}
