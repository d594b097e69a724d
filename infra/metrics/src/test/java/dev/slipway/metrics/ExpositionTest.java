package dev.slipway.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.metrics.Exposition.Format;
import dev.slipway.metrics.Exposition.Sample;
import dev.slipway.metrics.Exposition.Unreadable;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpositionTest {
    private static final Set<String> ALL = Set.of("a", "b", "jobs_total", "queue_depth", "odd:name_2");

    private static List<Sample> read(String text, Format format) throws Unreadable {
        return Exposition.read(text, format, ALL);
    }

    @Test
    void prometheus_text_is_read_with_its_comments_labels_timestamps_and_blanks() throws Unreadable {
        String text = """
                # HELP jobs_total Jobs, "quoted" and \\ with a {brace}
                # TYPE jobs_total counter
                jobs_total{queue="mail",note="a \\"b\\" \\\\ c\\nd, e} f",} 12 1700000000000
                jobs_total{queue = "print"}\t1.5e3

                # just a word
                  queue_depth -3
                odd:name_2{} +Inf -5
                other_metric{queue="mail"} 99
                """;

        assertThat(read(text, Format.PROMETHEUS))
                .containsExactly(
                        new Sample(
                                "jobs_total",
                                Map.of("queue", "mail", "note", "a \"b\" \\ c\nd, e} f"),
                                12,
                                Instant.ofEpochMilli(1_700_000_000_000L)),
                        new Sample("jobs_total", Map.of("queue", "print"), 1500),
                        new Sample("queue_depth", Map.of(), -3),
                        new Sample("odd:name_2", Map.of(), Double.POSITIVE_INFINITY, Instant.ofEpochMilli(-5)));
    }

    @Test
    void open_metrics_is_read_with_its_exemplars_up_to_its_end() throws Unreadable {
        String text = """
                # TYPE jobs counter
                # UNIT queue_depth jobs
                jobs_total{queue="mail"} 12.0 1700000000.123 # {trace_id="KOO5S4vxi0o"} 0.67 1700000000.1
                jobs_total{queue="print"} 1 # {} 1
                queue_depth NaN
                # EOF
                """;

        assertThat(read(text, Format.OPEN_METRICS))
                .containsExactly(
                        new Sample("jobs_total", Map.of("queue", "mail"), 12, Instant.ofEpochMilli(1_700_000_000_123L)),
                        new Sample("jobs_total", Map.of("queue", "print"), 1),
                        new Sample("queue_depth", Map.of(), Double.NaN));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            0        | 0
            -0       | -0.0
            1.       | 1
            .5       | 0.5
            1e-3     | 0.001
            +7       | 7
            inf      | Infinity
            -Inf     | -Infinity
            Infinity | Infinity
            nan      | NaN
            """)
    void every_way_to_write_a_number_is_read(String written, double value) throws Unreadable {
        assertThat(read("a " + written, Format.PROMETHEUS)).containsExactly(new Sample("a", Map.of(), value));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            a                    | has a value that is no number
            a 1d                 | has a value that is no number
            a 0x10               | has a value that is no number
            a 1_000              | has a value that is no number
            a 1 2.5              | has a timestamp that is no whole number
            a 1 2 3              | goes on after its value
            a 1 # {} 1           | goes on after its value
            2a 1                 | has no metric's name
            <html>               | has no metric's name
            a-b 1                | has a value that is no number
            a{b="c" 1            | has '1' where ',' belongs
            a{b="c               | ends within a label's value
            a{b="c"              | has its end where ',' belongs
            a{b='c'} 1           | has ''' where '"' belongs
            a{b="\\x"} 1         | has a backslash before something that needs none
            a{"b"="c"} 1         | has no label's name
            {"a"} 1              | has no metric's name
            a{b:c="d"} 1         | has a colon in a label's name
            a{b="c",b="d"} 1     | has the label b for the second time
            a{b="c"d="e"} 1      | has 'd' where ',' belongs
            """)
    void what_breaks_the_format_is_refused_with_its_line(String line, String why) {
        assertThatThrownBy(() -> read("b 1\n" + line.replace("\\\\", "\\") + "\n", Format.PROMETHEUS))
                .isInstanceOf(Unreadable.class)
                .hasMessageStartingWith("line 2 ")
                .hasMessageContaining(why);
    }

    @Test
    void a_series_that_stands_twice_says_two_things_and_so_nothing() {
        assertThatThrownBy(() -> read("a{x=\"1\",y=\"2\"} 1\na{y=\"2\",x=\"1\"} 2\n", Format.PROMETHEUS))
                .hasMessage("line 2 has a series of a for the second time");
    }

    @Test
    void an_open_metrics_text_that_was_cut_off_or_goes_on_is_refused() {
        assertThatThrownBy(() -> read("a 1\n", Format.OPEN_METRICS))
                .hasMessage("line 1 is the last one and is not # EOF: the text was cut off");
        assertThatThrownBy(() -> read("a 1\n# EOF\nb 1\n", Format.OPEN_METRICS))
                .hasMessage("line 3 stands after # EOF");
        assertThatThrownBy(() -> read("a 1\n\n# EOF\n", Format.OPEN_METRICS)).hasMessageStartingWith("line 2 has no");
    }

    /** Written by prometheus_client 0.26.0, prom-client 15 and client_golang 1.20.5, of the same metrics. */
    @ParameterizedTest
    @ValueSource(
            strings = {"python.txt", "python.openmetrics", "node.txt", "node.openmetrics", "go.txt", "go.openmetrics"})
    void what_the_libraries_of_three_languages_write_is_read_alike(String file) throws Exception {
        String text = new String(
                Objects.requireNonNull(getClass().getResourceAsStream("/exposition/" + file))
                        .readAllBytes(),
                StandardCharsets.UTF_8);
        Format format = file.endsWith(".txt") ? Format.PROMETHEUS : Format.OPEN_METRICS;
        Set<String> names = Set.of("jobs_total", "queue_depth", "took_seconds_sum", "took_seconds_count");

        assertThat(Exposition.read(text, format, names))
                .containsExactlyInAnyOrder(
                        new Sample("jobs_total", Map.of("queue", "mail\"\\\n"), 3),
                        new Sample("queue_depth", Map.of(), Double.NaN),
                        new Sample("took_seconds_sum", Map.of(), 0.5),
                        new Sample("took_seconds_count", Map.of(), 1));
    }

    @Test
    void lines_and_series_are_bounded() {
        String wide = "a{b=\"" + "x".repeat(70_000) + "\"} 1\n";
        assertThatThrownBy(() -> read(wide, Format.PROMETHEUS)).hasMessageContaining("longer than 65536 characters");

        StringBuilder many = new StringBuilder();
        for (int i = 0; i <= 10_000; i++) {
            many.append("a{b=\"").append(i).append("\"} 1\n");
        }
        assertThatThrownBy(() -> read(many.toString(), Format.PROMETHEUS))
                .hasMessageStartingWith("line 10001 has one series more than the 10000");
    }
}
