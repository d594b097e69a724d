package dev.slipway.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.ApplicationName;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.QuestionKey;
import dev.slipway.contracts.Sha;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.Gate.Threshold;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.policy.Stage;
import dev.slipway.contracts.policy.TrackerRule;
import dev.slipway.contracts.validation.Assess;
import dev.slipway.contracts.validation.GateVerdict.Verdict;
import dev.slipway.validation.assessment.Comparison;
import dev.slipway.validation.evidence.EvidenceBytes;
import dev.slipway.validation.evidence.EvidenceReaders;
import dev.slipway.validation.evidence.JUnitReader;
import dev.slipway.validation.evidence.tracker.TrackedIssues;
import dev.slipway.validation.revision.RevisionMessages.SuiteFacts;
import dev.slipway.validation.verdicts.ChainedVerdicts;
import dev.slipway.validation.verdicts.Explaining;
import dev.slipway.validation.verdicts.Explanation;
import dev.slipway.validation.verdicts.Verification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** An export of a tracker that was handed in is counted by what the gate says counts, and so it is gone over again. */
final class CountedIssuesTest {
    private static final Sha SHA = new Sha("a".repeat(40));
    private static final Path SAMPLES = Path.of("src", "test", "resources", "reports", "every");

    private final Map<Digest, byte[]> kept = new HashMap<>();
    private final EvidenceBytes shelf = new EvidenceBytes() {
        @Override
        public void keep(Digest digest, byte[] report, String revision) {
            kept.put(digest, report);
        }

        @Override
        public void use(Collection<Digest> digests, Use by) {
            // everything stays
        }

        @Override
        public Optional<byte[]> find(Digest digest) {
            return Optional.ofNullable(kept.get(digest));
        }
    };
    private final EvidenceReaders readers = EvidenceReaders.shipped(new JUnitReader.Limits(32, 10_000));
    private final CountedIssues counted = new CountedIssues(new TrackedIssues(readers, shelf));

    private static Gate gate(String suite, Threshold rule) {
        return Gate.of(
                "bugs",
                "",
                Stage.PRE_RELEASE,
                suite,
                TrackerRule.ofExports(
                        "1.4.0", List.of("bug"), List.of("highest", "severity/high"), List.of("backport/1.4")),
                List.of(rule),
                Duration.ofMinutes(30));
    }

    private Digest handedIn(String file) throws IOException {
        byte[] bytes = Files.readAllBytes(SAMPLES.resolve(file));
        kept.put(Digest.of(bytes), bytes);
        return Digest.of(bytes);
    }

    private Map<Integer, Comparison> told(Gate gate, Digest digest) throws Exception {
        SuiteFacts suite = new SuiteFacts(
                "tracker",
                gate.suite(),
                readers.of("tracker")
                        .orElseThrow()
                        .read(Objects.requireNonNull(kept.get(digest)), "x")
                        .facts(),
                List.of(digest),
                null);
        return counted.of(question(gate), List.of(suite));
    }

    private static Assess question(Gate gate) {
        return new Assess(
                QuestionKey.parse("hello@1.4.0/assess-pre-release/1"),
                new ApplicationName("hello"),
                SHA,
                List.of(),
                Stage.PRE_RELEASE,
                List.of(gate),
                new Policy.Source("file:/repository", "production", "main"),
                null,
                Instant.parse("2026-01-05T10:00:00Z"));
    }

    private static Comparison first(Map<Integer, Comparison> all) {
        return Objects.requireNonNull(all.get(0));
    }

    @Test
    void an_export_of_jira_and_a_list_of_github_are_counted_by_the_gate() throws Exception {
        Gate high = gate("jira", new Threshold(TrackerRule.HIGH, "0"));
        Comparison jira = first(told(high, handedIn("tracker.csv")));
        assertThat(jira.facts().toString())
                .contains("tracker.open 2", "tracker.open.high 1", "tracker.closed 0")
                .doesNotContain(TrackerRule.UNMERGED);
        assertThat(jira.notes())
                .containsExactly(
                        "No pull or merge request was handed in, so nobody can say which of them are not merged",
                        "Open of high severity: SHOP-1 Cart, when full, forgets");

        Comparison github =
                first(told(gate("github", new Threshold(TrackerRule.UNMERGED, "0")), handedIn("tracker.json")));
        assertThat(github.facts().toString())
                .contains("tracker.open 1", "tracker.open.high 1", "tracker.unmerged.backports 1");
    }

    @Test
    void what_is_gone_is_no_number() throws Exception {
        Gate gate = gate("jira", new Threshold(TrackerRule.HIGH, "0"));
        Digest digest = handedIn("tracker.csv");
        Map<Integer, Comparison> before = told(gate, digest);
        assertThat(before).containsOnlyKeys(0);

        SuiteFacts suite = new SuiteFacts("tracker", "jira", first(before).facts(), List.of(digest), null);
        kept.clear();
        Comparison gone = first(counted.of(question(gate), List.of(suite)));
        assertThat(gone.facts().list()).isEmpty();
        assertThat(gone.why()).contains("is gone or changed", "Hand them in again");
    }

    @Test
    void a_verdict_over_it_is_found_again_and_explained_with_the_issues() throws Exception {
        Gate gate = gate("jira", new Threshold(TrackerRule.HIGH, "0"));
        Digest digest = handedIn("tracker.csv");

        Verification verification = new Verification(readers, shelf);
        assertThat(verification.faultsApart(List.of(ChainedVerdicts.first(
                        new ApplicationName("hello"), SHA, gate, List.of(digest), Verdict.FAILED))))
                .isEmpty();
        assertThat(verification.faultsApart(List.of(ChainedVerdicts.first(
                        new ApplicationName("hello"), SHA, gate, List.of(digest), Verdict.PASSED))))
                .singleElement()
                .asString()
                .contains("the rule says FAILED now, said PASSED then");

        Explanation told = new Explaining(readers, shelf)
                .of(new Explaining.Asked(
                        "hello@1.4.0",
                        "q",
                        SHA,
                        gate,
                        Verdict.FAILED,
                        "why",
                        "",
                        null,
                        List.of(digest),
                        List.of(),
                        List.of(),
                        List.of()));
        assertThat(told.sources()).singleElement().satisfies(source -> {
            assertThat(source.dialect()).isEqualTo("Jira issues");
            assertThat(source.places())
                    .startsWith(
                            "high SHOP-1 Cart, when full, forgets (Bug, Highest, payment)",
                            "open SHOP-2 It says \"error\" and nothing else (Bug, Low)");
        });
        assertThat(told.facts()).extracting(Explanation.Said::name).contains(TrackerRule.HIGH, "tracker.rows");
        assertThat(told.parts())
                .singleElement()
                .satisfies(part -> assertThat(part.holds()).isFalse());
    }
}
