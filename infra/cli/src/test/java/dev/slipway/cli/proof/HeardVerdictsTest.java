package dev.slipway.cli.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.chain.Link;
import dev.slipway.chain.Proof;
import dev.slipway.contracts.ApplicationName;
import dev.slipway.contracts.Artifact;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.QuestionKey;
import dev.slipway.contracts.Sha;
import dev.slipway.contracts.WireJson;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.Stage;
import dev.slipway.contracts.validation.GateVerdict.Verdict;
import dev.slipway.validation.evidence.Comparing;
import dev.slipway.validation.verdicts.Chain;
import dev.slipway.validation.verdicts.VerdictDraft;
import dev.slipway.validation.verdicts.VerdictRecord;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a release heard of its gates is what the verdicts say that it names for it, and no other verdict will do. */
final class HeardVerdictsTest {
    private static final Instant AT = Instant.parse("2026-01-05T10:00:00Z");
    private static final Sha COMMIT = new Sha("a".repeat(40));
    private static final QuestionKey QUESTION = QuestionKey.parse("hello@1.1.0/assess-pre-release/1");
    private static final Artifact JAR = new Artifact(URI.create("file:/a.jar"), new Digest("sha256:" + "b".repeat(64)));
    private static final Artifact OTHER =
            new Artifact(URI.create("file:/b.jar"), new Digest("sha256:" + "c".repeat(64)));
    private static final Gate GATE = gate("unit-tests", "0");

    private final List<Link> records = new ArrayList<>();

    private static Gate gate(String id, String failed) {
        return new Gate(
                id,
                "",
                Stage.PRE_RELEASE,
                "junit",
                null,
                List.of(new Gate.Threshold("tests.failed", failed)),
                null,
                null,
                List.of(),
                Duration.ofMinutes(30));
    }

    private static VerdictRecord verdict(
            Gate gate, String question, Sha sha, Verdict verdict, List<Artifact> artifacts) {
        VerdictDraft draft = new VerdictDraft(
                new ApplicationName("hello"),
                sha,
                question,
                gate,
                List.of(),
                "",
                verdict,
                "",
                AT,
                List.of(),
                artifacts,
                null,
                List.of(),
                Comparing.BY_MESSAGE,
                null,
                List.of(),
                0);
        Chain core = new Chain(10);
        return Objects.requireNonNull(
                core.decide(core.initial("hello"), draft, AT).state().last());
    }

    private static VerdictRecord passed(Gate gate) {
        return verdict(gate, QUESTION.toString(), COMMIT, Verdict.PASSED, List.of());
    }

    private void begin(Gate... gates) {
        ObjectNode record = WireJson.mapper().createObjectNode();
        ObjectNode launch = record.putObject("set").putObject("launch");
        ObjectNode proposal = launch.putObject("proposal").put("sha", COMMIT.value());
        proposal.putArray("artifacts").addObject().put("digest", JAR.digest().value());
        ArrayNode policy = launch.putObject("policy").putArray("gates");
        for (Gate gate : gates) {
            policy.add(WireJson.mapper().<ObjectNode>valueToTree(gate));
        }
        records.add(new Link(record, null));
    }

    private void heard(String gate, Verdict verdict, String record) {
        ObjectNode entry = WireJson.mapper().createObjectNode();
        ObjectNode assessment = entry.putObject("set").putArray("assessments").addObject();
        assessment.set("question", WireJson.mapper().valueToTree(QUESTION));
        assessment
                .putArray("gates")
                .addObject()
                .put("gate", gate)
                .put("verdict", verdict.name())
                .put("complete", true)
                .put("record", record);
        records.add(new Link(entry, null));
    }

    private List<String> faults(VerdictRecord... verdicts) {
        Proof proof = new Proof("release-service/release/hello@1.1.0", records, null, List.of(), null);
        return HeardVerdicts.of(new Bundle(proof, List.of(verdicts), List.of(), List.of(), null))
                .faults();
    }

    /** The release heard that the tests passed, by this verdict. */
    private List<String> passedBy(VerdictRecord verdict) {
        begin(GATE);
        heard("unit-tests", Verdict.PASSED, verdict.hash());
        heard("unit-tests", Verdict.PASSED, verdict.hash());
        return faults(verdict);
    }

    @Test
    void what_was_heard_and_is_in_the_chain_agrees() {
        assertThat(passedBy(passed(GATE))).isEmpty();
    }

    @Test
    void a_verdict_that_is_not_in_the_chain_is_named_once() {
        begin(GATE);
        heard("unit-tests", Verdict.PASSED, "f".repeat(64));
        heard("unit-tests", Verdict.PASSED, "f".repeat(64));

        assertThat(faults())
                .containsExactly("verdict %s of gate unit-tests was heard by the release and is not in the chain"
                        .formatted("f".repeat(64)));
    }

    @Test
    void a_pass_for_which_a_failure_is_named_is_a_fault() {
        VerdictRecord failed = verdict(GATE, QUESTION.toString(), COMMIT, Verdict.FAILED, List.of());

        assertThat(passedBy(failed))
                .containsExactly(
                        "verdict %s was heard as PASSED of gate unit-tests in %s, and is FAILED of gate unit-tests in %s"
                                .formatted(failed.hash(), QUESTION, QUESTION));
    }

    @Test
    void the_pass_of_another_gate_or_of_another_question_is_a_fault() {
        VerdictRecord lint = passed(gate("lint", "0"));
        assertThat(passedBy(lint))
                .containsExactly(
                        "verdict %s was heard as PASSED of gate unit-tests in %s, and is PASSED of gate lint in %s"
                                .formatted(lint.hash(), QUESTION, QUESTION));

        records.clear();
        VerdictRecord earlier = verdict(GATE, "hello@1.0.0/assess-pre-release/1", COMMIT, Verdict.PASSED, List.of());
        assertThat(passedBy(earlier))
                .singleElement()
                .asString()
                .endsWith("and is PASSED of gate unit-tests in hello@1.0.0/assess-pre-release/1");
    }

    @Test
    void a_pass_about_another_commit_or_other_artifacts_is_a_fault() {
        Sha other = new Sha("9".repeat(40));
        assertThat(passedBy(verdict(GATE, QUESTION.toString(), other, Verdict.PASSED, List.of())))
                .singleElement()
                .asString()
                .endsWith("of gate unit-tests is about commit %s, and %s is released".formatted(other, COMMIT));

        records.clear();
        assertThat(passedBy(verdict(GATE, QUESTION.toString(), COMMIT, Verdict.PASSED, List.of(JAR))))
                .isEmpty();
        records.clear();
        assertThat(passedBy(verdict(GATE, QUESTION.toString(), COMMIT, Verdict.PASSED, List.of(OTHER))))
                .singleElement()
                .asString()
                .endsWith("is about other artifacts than those that are released");
    }

    @Test
    void a_pass_by_another_rule_than_the_policys_is_a_fault() {
        VerdictRecord lax = passed(gate("unit-tests", "<= 99"));

        assertThat(passedBy(lax))
                .containsExactly(
                        "verdict %s of gate unit-tests goes by another rule than the policy's".formatted(lax.hash()));
    }

    @Test
    void what_is_filled_in_before_a_gate_is_asked_is_no_other_rule() {
        Gate policy = smoke("/version/{version}");
        VerdictRecord asked = passed(smoke("/version/1.1.0"));
        begin(policy);
        heard("smoke", Verdict.PASSED, asked.hash());

        assertThat(faults(asked)).isEmpty();
    }

    private static Gate smoke(String path) {
        return new Gate(
                "smoke",
                "",
                Stage.STAGING,
                null,
                null,
                List.of(),
                null,
                null,
                List.of(new Gate.HttpProbe(path, 200, null, List.of())),
                Duration.ofMinutes(1));
    }

    @Test
    void a_pass_that_names_no_verdict_is_a_fault_and_what_still_waits_is_none() {
        begin(GATE);
        heard("unit-tests", Verdict.PASSED, "");
        heard("lint", Verdict.INCONCLUSIVE, "");

        assertThat(faults())
                .containsExactly("gate unit-tests was heard to have passed in %s, and no verdict is named for that"
                        .formatted(QUESTION));
    }
}
