package dev.slipway.validation.evidence.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.Gate.Threshold;
import dev.slipway.contracts.policy.Stage;
import dev.slipway.validation.evidence.EvidenceReader;
import dev.slipway.validation.evidence.EvidenceReaders;
import dev.slipway.validation.evidence.Fact;
import dev.slipway.validation.evidence.Facts;
import dev.slipway.validation.evidence.JUnitReader;
import dev.slipway.validation.rule.Rules;
import dev.slipway.validation.rule.Ruling;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What no report of coverage tells. */
final class CoverageSilenceTest {
    private static final EvidenceReaders READERS = EvidenceReaders.shipped(new JUnitReader.Limits(32, 10_000));
    private static final Gate GATE = new Gate(
            "coverage",
            "",
            Stage.PRE_RELEASE,
            "go-cover",
            null,
            List.of(new Threshold("run.exit", "0"), new Threshold("coverage.statements", ">= 80%")),
            null,
            null,
            List.of(),
            Gate.WITHIN_DEFAULT);

    private static Facts read(String kind, String report) throws Exception {
        return READERS.of(kind)
                .orElseThrow()
                .read(report.getBytes(StandardCharsets.UTF_8), "report")
                .facts();
    }

    private static Facts ended(Facts facts, int status) {
        return facts.and(new Facts(List.of(new Fact("run.exit", BigDecimal.valueOf(status), Fact.Unit.STATUS))));
    }

    /** go test ends with 1 then, and leaves the package out of the profile. */
    @Test
    void go_covers_more_where_a_package_does_not_compile_and_the_exit_status_alone_tells() throws Exception {
        String tested = "mode: set\nm/good/a.go:3.13,5.2 9 1\nm/good/a.go:7.13,9.2 1 0\n";
        String untested = "m/bad/b.go:3.13,5.2 10 0\n";

        Facts whole = read("go-cover", tested + untested);
        Facts risen = read("go-cover", tested);

        assertThat(whole.toString()).startsWith("coverage.statements 45%");
        assertThat(risen.toString()).startsWith("coverage.statements 90%");
        assertThat(Rules.judge(GATE, ended(whole, 0))).isInstanceOf(Ruling.Breaks.class);
        assertThat(Rules.judge(GATE, ended(risen, 1))).isInstanceOf(Ruling.Breaks.class);
        assertThat(Rules.judge(GATE, risen)).isInstanceOf(Ruling.Unknown.class);
        assertThat(Rules.judge(GATE, ended(risen, 0))).isInstanceOf(Ruling.Holds.class);
    }

    /** {@code coverage xml -i} where no source is found: a rate of 1 over no line at all. */
    @Test
    void a_rate_over_no_line_is_said_by_coverage_py_and_is_no_fact() throws Exception {
        assertThat(read("cobertura", """
                        <?xml version="1.0" ?>
                        <coverage version="7.13.0" timestamp="1" lines-valid="0" lines-covered="0" line-rate="1" branches-covered="0" branches-valid="0" branch-rate="0" complexity="0">
                        <sources><source>/x</source></sources><packages/></coverage>
                        """).list()).isEmpty();
    }

    /** Neither format has an end: what is cut off behind a record, or a line, is read as whole and is another share. */
    @ParameterizedTest
    @CsvSource({"lcov, coverage.lines, 90", "go-cover, coverage.statements, 90"})
    void what_is_cut_off_behind_a_record_is_read_as_whole_and_the_exit_status_alone_tells(
            String kind, String fact, int cut) throws Exception {
        String whole =
                kind.equals("lcov") ? lcov("good.c", 9, 1) + lcov("bad.c", 0, 10) : go("good", 9, 1) + go2("bad", 10);
        String shorter = kind.equals("lcov") ? lcov("good.c", 9, 1) : go("good", 9, 1);
        EvidenceReader reader = READERS.of(kind).orElseThrow();
        byte[] bytes = shorter.getBytes(StandardCharsets.UTF_8);

        assertThat(whole).startsWith(shorter);
        assertThat(read(kind, whole).toString()).startsWith(fact + " 45%");
        assertThat(read(kind, shorter).toString()).startsWith(fact + " " + cut + "%");
        assertThat(reader.isWhole(bytes)).isTrue();
        assertThat(reader.read(bytes, "report").unseen()).contains("cut off behind a ", "the format has no end");
        Gate gate = new Gate(
                "coverage",
                "",
                Stage.PRE_RELEASE,
                kind,
                null,
                List.of(new Threshold("run.exit", "0"), new Threshold(fact, ">= 80%")),
                null,
                null,
                List.of(),
                Gate.WITHIN_DEFAULT);
        assertThat(Rules.judge(gate, read(kind, shorter))).isInstanceOf(Ruling.Unknown.class);
        assertThat(Rules.judge(gate, ended(read(kind, shorter), 137))).isInstanceOf(Ruling.Breaks.class);
        assertThat(Rules.judge(gate, ended(read(kind, shorter), 0))).isInstanceOf(Ruling.Holds.class);
    }

    /** Anywhere else a cut is seen. */
    @ParameterizedTest
    @ValueSource(strings = {"lcov", "go-cover"})
    void what_is_cut_off_within_a_record_is_refused(String kind) {
        String whole = kind.equals("lcov") ? lcov("a.c", 2, 1) + lcov("b.c", 1, 1) : go("a", 2, 1) + go2("b", 3);
        String end = kind.equals("lcov") ? "end_of_record" : "";
        EvidenceReader reader = READERS.of(kind).orElseThrow();

        for (int at = 1; at < whole.length(); at++) {
            String cut = whole.substring(0, at);
            boolean behind = kind.equals("lcov") ? cut.endsWith(end) || cut.endsWith(end + "\n") : cut.endsWith("\n");
            byte[] bytes = cut.getBytes(StandardCharsets.UTF_8);
            assertThat(isRead(reader, bytes)).as(cut).isEqualTo(behind);
        }
    }

    private static boolean isRead(EvidenceReader reader, byte[] bytes) {
        try {
            reader.read(bytes, "report");
            return true;
        } catch (EvidenceReader.UnreadableEvidence refused) {
            return false;
        }
    }

    private static String lcov(String file, int ran, int missed) {
        StringBuilder record = new StringBuilder("SF:" + file + "\n");
        for (int line = 1; line <= ran + missed; line++) {
            record.append("DA:%d,%d\n".formatted(line, line <= ran ? 1 : 0));
        }
        return record + "end_of_record\n";
    }

    private static String go(String name, int ran, int missed) {
        return "mode: set\nm/%s.go:3.13,5.2 %d 1\nm/%s.go:7.13,9.2 %d 0\n".formatted(name, ran, name, missed);
    }

    private static String go2(String name, int missed) {
        return "m/%s.go:3.13,5.2 %d 0\n".formatted(name, missed);
    }
}
