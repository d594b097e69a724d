package dev.slipway.validation.verdicts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.ApplicationName;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.Sha;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.Gate.Threshold;
import dev.slipway.contracts.policy.Stage;
import dev.slipway.contracts.validation.GateVerdict.Verdict;
import dev.slipway.validation.evidence.EvidenceBytes;
import dev.slipway.validation.evidence.EvidenceReaders;
import dev.slipway.validation.evidence.JUnitReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A soak that ended too early fails, whatever else nobody can know; verdicts from when that was waited for stay as they were. */
final class SoakReplayedTest {
    /** An hour, by a summary that says no p99. */
    private static final byte[] SHORT = """
        {"root_group":{"name":""},"state":{"testRunDurationMs":3600000},
         "metrics":{
          "http_reqs":{"type":"counter","contains":"default","values":{"count":180000,"rate":50.0}},
          "http_req_failed":{"type":"rate","contains":"default","values":{"rate":0.0,"passes":0,"fails":180000}},
          "http_req_duration":{"type":"trend","contains":"time",
           "values":{"avg":88.4,"min":4.1,"med":71.2,"max":1904.6,"p(90)":162.9,"p(95)":214.7}}}}
        """.getBytes(StandardCharsets.UTF_8);

    private static final Threshold LASTS = new Threshold("load.seconds", ">= 7200");
    private static final Threshold UNSAID = new Threshold("load.p99", "< 1");

    private final Verification verification =
            new Verification(EvidenceReaders.shipped(new JUnitReader.Limits(32, 100_000)), new EvidenceBytes() {
                @Override
                public void keep(Digest digest, byte[] report, String revision) {
                    // it is there
                }

                @Override
                public void use(Collection<Digest> digests, Use by) {
                    // everything stays
                }

                @Override
                public Optional<byte[]> find(Digest digest) {
                    return Optional.of(SHORT);
                }
            });

    private List<String> faults(Verdict verdict, Threshold... rule) {
        Gate gate = new Gate(
                "soak",
                "",
                Stage.PRE_RELEASE,
                "k6",
                "soak",
                List.of(rule),
                null,
                null,
                List.of(),
                Duration.ofMinutes(1));
        return verification.faults(List.of(ChainedVerdicts.first(
                new ApplicationName("hello"), new Sha("a".repeat(40)), gate, List.of(Digest.of(SHORT)), verdict)));
    }

    @Test
    void what_went_on_for_too_short_a_time_was_inconclusive_once_where_something_could_not_be_known() {
        assertThat(faults(Verdict.FAILED, LASTS, UNSAID)).isEmpty();
        assertThat(faults(Verdict.INCONCLUSIVE, LASTS, UNSAID)).isEmpty();
        assertThat(faults(Verdict.PASSED, LASTS, UNSAID))
                .containsExactly("record 1: the rule says FAILED now, said PASSED then");
    }

    @Test
    void a_rule_that_does_not_ask_how_long_it_went_on_says_what_it_said() {
        assertThat(faults(Verdict.INCONCLUSIVE, UNSAID)).isEmpty();
        assertThat(faults(Verdict.INCONCLUSIVE, UNSAID, new Threshold("load.p95", "< 0.1")))
                .containsExactly("record 1: the rule says FAILED now, said INCONCLUSIVE then");
    }
}
