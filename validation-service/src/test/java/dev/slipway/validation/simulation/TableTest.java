package dev.slipway.validation.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.slipway.validation.judgement.AnswersToFind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.core.io.ClassPathResource;

/**
 * The published table is what the judge does: rows that are made in a moment are made again in every build, all of them with
 * {@code -Dslipway.judge.table=true}; {@code -Dslipway.judge.rewrite=true} writes it again.
 */
final class TableTest {
    private static final Path DOCUMENT = Path.of("..", "infra", "docs", "judge.md");
    private static final int RUNS = 300;
    private static final long SEED = 1;
    private static final Table TABLE = new Table(Scenes.RULES, Duration.ofMinutes(25), ShippedBounds.BOUNDS);

    @Test
    void the_published_table_is_what_the_judge_does() throws IOException {
        boolean rewrite = Boolean.getBoolean("slipway.judge.rewrite");
        boolean all = rewrite || Boolean.getBoolean("slipway.judge.table");
        List<String> published = published();
        List<String> made = new ArrayList<>(Table.head());
        for (Table.Row row : TABLE.rows()) {
            boolean make = all || row.quick();
            made.add(make ? TABLE.line(row, RUNS, SEED) : published.get(made.size()));
        }
        if (rewrite) {
            String text = Files.readString(DOCUMENT);
            int from = text.indexOf(Table.head().getFirst());
            int to = text.indexOf("\n\n", from);
            Files.writeString(DOCUMENT, text.substring(0, from) + String.join("\n", made) + text.substring(to));
            published = published();
        }

        assertThat(published).isEqualTo(made);
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
