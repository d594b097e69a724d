package dev.slipway.validation.evidence.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.Gate.Threshold;
import dev.slipway.contracts.policy.Stage;
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
}
