package dev.slipway.release.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.release.Disruption;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.contracts.release.ReportView;
import dev.slipway.contracts.release.ReportView.Candidate;
import dev.slipway.contracts.release.ReportView.CandidateKind;
import dev.slipway.contracts.release.ReportView.Stretch;
import dev.slipway.contracts.validation.Excess;
import dev.slipway.contracts.validation.Measured;
import dev.slipway.contracts.validation.Measured.Answered;
import dev.slipway.contracts.validation.Measured.Quantile;
import dev.slipway.release.paper.PaperMarkdown;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A report laid out for people. */
final class ReleaseReportTest {
    private static final Instant AT = Instant.parse("2026-01-05T10:00:00Z");

    @Test
    void what_was_measured_before_and_since_is_told_in_numbers() {
        Quantile some = new Quantile(20, 18, 22);
        Answered before = new Answered(10, AT, AT.plusSeconds(10), 500, 1, 5, some, some, some);
        Answered beside = new Answered(60, AT, AT.plusSeconds(60), 1_000, 2, 0, some, some, some);
        Answered canary = new Answered(60, AT, AT.plusSeconds(60), 2_000, 4, 0, some, some, some);
        Answered bake = new Answered(30, AT, AT.plusSeconds(30), 1_500, 0, 0, some, some, some);
        Answered held = new Answered(30, AT, AT.plusSeconds(30), 60, 0, 0, some, some, some);
        Measured measured = new Measured(before, beside, canary, 4, 95, bake, held);

        assertThat(MeasuredText.lines(measured, bake, "in the bake at 95 %", "1.1.0", "1.0.0"))
                .containsExactly(
                        "Before: 1.0.0 gave 500 answers in 10 s (50.0 a second): 0.20 % errors (1), 1.0 % refusals (5);"
                                + " p50 20 ms, p95 20 ms, p99 20 ms.",
                        "Beside it: 1.0.0 gave 1000 answers in 1 min (16.7 a second): 0.20 % errors (2), 0.0 % refusals"
                                + " (0); p50 20 ms, p95 20 ms, p99 20 ms.",
                        "Since: 1.1.0 gave 2000 answers in 1 min (33.3 a second): 0.20 % errors (4), 0.0 % refusals (0);"
                                + " p50 20 ms, p95 20 ms, p99 20 ms.",
                        "Last, in the bake at 95 %: 1.1.0 gave 1500 answers in 30 s (50.0 a second): 0.0 % errors (0),"
                                + " 0.0 % refusals (0); p50 20 ms, p95 20 ms, p99 20 ms.",
                        "Traffic: 50.0 a second before, 52.0 in the bake at 95 %, of both versions.");
    }

    /**
     * By hand, of what validation-service's MeasuringTest counts: 3 errors of 200 are 1.5 %, and 200 answers in 2 s are 100 a
     * second; 2 of 100 are 2 %, and 100 in 2 s are 50 a second. From 10 ms on latencies are told in whole milliseconds.
     */
    @Test
    void errors_before_and_since_are_shares_of_the_answers_that_were_counted() {
        Answered before = new Answered(
                2,
                AT,
                AT.plusSeconds(2),
                200,
                3,
                0,
                new Quantile(10.83, 10.83, 10.83),
                new Quantile(54.76, 54.76, 207.97),
                new Quantile(207.97, 207.97, 955.59));
        Answered canary = new Answered(
                2,
                AT.plusSeconds(2),
                AT.plusSeconds(4),
                100,
                2,
                0,
                new Quantile(10.83, 10.83, 54.76),
                new Quantile(207.97, 54.76, 955.59),
                new Quantile(955.59, 207.97, 955.59));
        Measured measured = new Measured(before, Answered.NOTHING, canary, 1, 10, canary, Answered.NOTHING);

        assertThat(MeasuredText.lines(measured, canary, "at 10 %", "1.1.0", "1.0.0"))
                .contains(
                        "Before: 1.0.0 gave 200 answers in 2 s (100.0 a second): 1.5 % errors (3), 0.0 % refusals (0);"
                                + " p50 11 ms, p95 55 ms, p99 208 ms.",
                        "Since: 1.1.0 gave 100 answers in 2 s (50.0 a second): 2.0 % errors (2), 0.0 % refusals (0);"
                                + " p50 11 ms, p95 208 ms, p99 956 ms.",
                        "Traffic: 100.0 a second before, 50.0 at 10 %, of both versions.");
    }

    @Test
    void a_report_has_every_section_and_says_where_there_is_nothing() {
        Disruption disruption = Disruption.of(
                "1.1.0",
                "1.0.0",
                44,
                List.of(new Excess(Excess.Metric.ERRORS, 13, 44, 0.1, AT, AT.plusSeconds(12))),
                false);

        assertThat(PaperMarkdown.of(ReportPaper.of(report(disruption)))).isEqualTo("""
            # hello 1.1.0: afterwards

            Release hello@1.1.0, ROLLED\\_BACK since 2026-01-05T10:00:00Z. Production ran 1.0.0 before.

            ## Before and Since

            Nothing is measured of it.

            ## Insights

            What differs by more than chance explains, once in 100 times, by itself.

            Nothing got worse or better beyond noise, as far as it was measured.

            ## Disruption

            - Users of 1.1.0 had 13 errors (of 44 answers, 0.1 by the share of 1.0.0) in 12 s, from 2026-01-05T10:00:00Z to 2026-01-05T10:00:12Z.

            ## Worth a Look

            - **people:** 1 min (60 % of its time) it waited

            ## Course

            - **STAGING, verifying:** 30 s from 2026-01-05T10:00:00Z, and goes on
            """);
        assertThat(PaperMarkdown.of(ReportPaper.of(report(null))))
                .contains("Production did not go back from it, and does not hold it.");
    }

    private static ReportView report(@Nullable Disruption disruption) {
        return new ReportView(
                new ReleaseId("hello@1.1.0"),
                "hello",
                "1.1.0",
                ReleasePhase.ROLLED_BACK,
                AT,
                "1.0.0",
                null,
                null,
                null,
                List.of(),
                "Nothing is measured of it.",
                disruption,
                List.of(new Stretch(ReleasePhase.STAGING, "verifying", AT, null, 30)),
                List.of(new Candidate(
                        CandidateKind.PEOPLE, "AWAITING_APPROVAL", 60, 60, "1 min (60 % of its time) it waited")));
    }
}
