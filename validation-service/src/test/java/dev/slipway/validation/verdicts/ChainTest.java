package dev.slipway.validation.verdicts;

import static dev.slipway.testkit.CoreScenario.givenNew;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.chain.CanonicalJson;
import dev.slipway.contracts.ApplicationName;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.Sha;
import dev.slipway.contracts.policy.Arrival;
import dev.slipway.contracts.policy.Drift;
import dev.slipway.contracts.policy.FilesRule;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.Gate.HttpProbe;
import dev.slipway.contracts.policy.Gate.Threshold;
import dev.slipway.contracts.policy.Isolation;
import dev.slipway.contracts.policy.Isolation.Given;
import dev.slipway.contracts.policy.Isolation.Kind;
import dev.slipway.contracts.policy.Stage;
import dev.slipway.contracts.validation.GateVerdict.Verdict;
import dev.slipway.messaging.MessagingJson;
import dev.slipway.testkit.CoreScenario;
import dev.slipway.testkit.ListedPairs;
import dev.slipway.validation.evidence.Comparing;
import dev.slipway.validation.evidence.EvidenceBytes;
import dev.slipway.validation.evidence.EvidenceReaders;
import dev.slipway.validation.evidence.JUnitReader;
import dev.slipway.validation.rule.QueryRuleTest;
import dev.slipway.validation.rule.Reading;
import dev.slipway.validation.rule.WatchRuleTest;
import dev.slipway.validation.rule.Watched;
import dev.slipway.validation.verdicts.VerdictMessages.VerdictRecorded;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

final class ChainTest {
    private static final Instant NOW = Instant.parse("2026-01-05T10:00:00Z");
    private static final Duration WITHIN = Duration.ofMinutes(30);
    private static final byte[] GOOD = report(0);
    private static final byte[] BAD = report(1);

    private final Map<Digest, byte[]> kept = new HashMap<>();
    private final Verification verification = new Verification(
            new EvidenceReaders(List.of(new JUnitReader(new JUnitReader.Limits(32, 1_000)))), new EvidenceBytes() {
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
            });

    @Test
    void each_record_follows_from_the_one_before_it() {
        List<VerdictRecord> records = records(draft("a", GOOD, Verdict.PASSED), draft("b", BAD, Verdict.FAILED));

        assertThat(records).extracting(VerdictRecord::number).containsExactly(1L, 2L);
        assertThat(records.get(0).previous()).isNull();
        assertThat(records.get(1).previous()).isEqualTo(records.get(0).hash());
        assertThat(verification.faults(records)).isEmpty();
    }

    @Test
    void a_verdict_that_is_sent_again_has_its_hash_told_again_and_no_second_record() {
        Chain core = new Chain(10);
        VerdictDraft draft = draft("a", GOOD, Verdict.PASSED);
        CoreScenario<ChainState, VerdictDraft> scenario =
                givenNew(core, "hello").when(draft, NOW);
        ChainState once = scenario.state();
        Object told = scenario.messages().getFirst().body();

        scenario.when(draft, NOW.plusSeconds(5)).state(once);

        assertThat(scenario.messages().getFirst().body()).isEqualTo(told);
        assertThat(told)
                .isEqualTo(new VerdictRecorded(
                        "a", Objects.requireNonNull(once.last()).hash()));
    }

    @Test
    void a_changed_verdict_is_noticed() {
        List<VerdictRecord> records = records(draft("a", BAD, Verdict.FAILED), draft("b", GOOD, Verdict.PASSED));
        VerdictRecord first = records.getFirst();
        VerdictDraft mended = draft("a", BAD, Verdict.PASSED);
        records.set(0, new VerdictRecord(1, mended, first.ruleVersion(), first.previous(), first.hash(), first.form()));

        assertThat(verification.faults(records)).containsExactly("record 1: it does not say what its hash was made of");
    }

    @Test
    void environments_are_compared_again_by_what_was_told_of_them() {
        Isolation apart = new Isolation(
                List.of(new Given("env.DB", Kind.ADDRESS, "a:1")), List.of(new Given("env.DB", Kind.ADDRESS, "b:1")));
        Isolation shared = new Isolation(apart.staging(), apart.staging());

        assertThat(verification.faults(records(compared(apart, Verdict.PASSED), compared(shared, Verdict.FAILED))))
                .isEmpty();
        assertThat(verification.faults(records(compared(shared, Verdict.PASSED))))
                .containsExactly("record 1: the rule says FAILED now, said PASSED then");
    }

    private static VerdictDraft compared(@Nullable Isolation isolation, Verdict verdict) {
        Gate gate = new Gate(
                "isolated-" + verdict,
                "",
                Stage.STAGING,
                null,
                null,
                List.of(),
                null,
                Gate.ISOLATED,
                List.of(),
                Duration.ofMinutes(30));
        return new VerdictDraft(
                new ApplicationName("hello"),
                new Sha("a".repeat(40)),
                "hello@1.0.0/assess-staging/1",
                gate,
                List.of(),
                "",
                verdict,
                "",
                NOW,
                List.of(),
                List.of(),
                isolation,
                List.of(),
                0,
                null,
                List.of(),
                0);
    }

    @Test
    void what_is_otherwise_than_before_is_judged_again_by_what_was_told_of_it() {
        Drift known = new Drift(
                new ReleaseId("hello@0.9.0"), List.of(), List.of(new Drift.Secret("db", "aaa", "bbb")), List.of());
        Drift unread = new Drift(null, List.of(), List.of(new Drift.Secret("db", "aaa", null)), List.of());

        assertThat(verification.faults(records(
                        drifted(Gate.SETTINGS, known, Verdict.PASSED),
                        drifted(Gate.SETTINGS_ASK, known, Verdict.FAILED))))
                .isEmpty();
        assertThat(verification.faults(records(drifted(Gate.SETTINGS, unread, Verdict.PASSED))))
                .containsExactly("record 1: the rule says INCONCLUSIVE now, said PASSED then");
        assertThat(verification.faults(records(drifted(Gate.SETTINGS, null, Verdict.PASSED))))
                .containsExactly("record 1: it says PASSED, and names nothing that its rule was applied to");
    }

    @Test
    void what_a_gate_does_not_look_at_proves_nothing_of_it() {
        Drift nothing = new Drift(new ReleaseId("hello@0.9.0"), List.of(), List.of(), List.of());

        assertThat(verification.faults(records(drifted("build", nothing, Verdict.PASSED))))
                .containsExactly("record 1: it names what its gate does not look at");
        assertThat(verification.faults(records(drifted(Gate.ISOLATED, nothing, Verdict.PASSED))))
                .containsExactly("record 1: it says PASSED, and names nothing that its rule was applied to");
    }

    private static VerdictDraft drifted(String check, @Nullable Drift drift, Verdict verdict) {
        VerdictDraft plain = compared(new Isolation(List.of(), List.of()), verdict);
        return new VerdictDraft(
                plain.application(),
                plain.sha(),
                plain.question(),
                new Gate(
                        "settings-" + verdict,
                        "",
                        Stage.STAGING,
                        null,
                        null,
                        List.of(),
                        null,
                        check,
                        List.of(),
                        Duration.ofMinutes(30)),
                List.of(),
                "",
                verdict,
                "",
                NOW,
                List.of(),
                List.of(),
                null,
                List.of(),
                Comparing.BY_MESSAGE,
                drift,
                List.of(),
                0);
    }

    @Test
    void what_servers_of_metrics_have_answered_is_judged_again() {
        Reading fresh = Reading.of(1, NOW, NOW);
        Reading old = Reading.of(1, NOW.minusSeconds(301), NOW);

        assertThat(verification.faults(records(read(List.of(fresh, fresh), Verdict.PASSED))))
                .isEmpty();
        assertThat(verification.faults(records(read(List.of(old, fresh), Verdict.PASSED))))
                .containsExactly("record 1: the rule says INCONCLUSIVE now, said PASSED then");
    }

    private static VerdictDraft read(List<Reading> readings, Verdict verdict) {
        return new VerdictDraft(
                new ApplicationName("hello"),
                new Sha("a".repeat(40)),
                "hello@1.0.0/assess-staging/1",
                QueryRuleTest.gate(),
                List.of(),
                "",
                verdict,
                "",
                NOW,
                List.of(),
                List.of(),
                null,
                readings,
                0,
                null,
                List.of(),
                0);
    }

    /** A gate over what is kept, and what a pass of it names. */
    private Map<String, VerdictDraft> bare(Verdict verdict) {
        return Map.of(
                "evidence", without(draft("e", GOOD, verdict)),
                "servers of metrics", read(List.of(), verdict),
                "environments", compared(null, verdict),
                "files",
                        bare(
                                Gate.of("f", "", Stage.STAGING, FilesRule.ofLinks(List.of("*.md")), List.of(), WITHIN),
                                verdict));
    }

    @Test
    void a_pass_that_names_nothing_to_apply_its_rule_to_is_noticed() {
        bare(Verdict.PASSED)
                .forEach((name, draft) -> assertThat(verification.faults(records(draft)))
                        .as(name)
                        .containsExactly("record 1: it says PASSED, and names nothing that its rule was applied to"));
        bare(Verdict.INCONCLUSIVE).forEach((name, draft) -> {
            assertThat(verification.faults(records(draft))).as(name).isEmpty();
            assertThat(NotAgain.why(draft, List.of())).as(name).isEmpty();
        });
        bare(Verdict.FAILED).forEach((name, draft) -> {
            assertThat(verification.faults(records(draft))).as(name).isEmpty();
            assertThat(NotAgain.why(draft, List.of()))
                    .as(name)
                    .contains("it names nothing that its rule was applied to");
        });
    }

    @Test
    void what_nobody_can_ask_again_is_told_with_its_reason() {
        Map<Gate, String> reasons = Map.of(
                gate(null, List.of(new HttpProbe("/", 200, null, List.of()))), "nobody can ask the version again",
                gate("merge", List.of()), "nobody can try again to merge",
                gate("required-check:build", List.of()), "nobody can ask again what others said",
                Gate.of(
                                "arrived",
                                "",
                                new Arrival(
                                        "https://docs.example.test/", null, null, null, 200, null, null, null, WITHIN),
                                WITHIN),
                        "nobody can look again for what was published",
                WatchRuleTest.gate(), "what its program told is not kept");
        reasons.forEach((gate, why) -> {
            VerdictDraft draft = bare(gate, Verdict.PASSED);
            assertThat(verification.faults(records(draft))).as(why).isEmpty();
            assertThat(NotAgain.why(draft, List.of()).orElseThrow()).startsWith(why);
        });
        VerdictDraft over = draft("a", GOOD, Verdict.PASSED);
        assertThat(NotAgain.why(over, List.of())).isEmpty();
        assertThat(NotAgain.why(over, over.inputs())).contains("a report that it rests on went by retention");
    }

    @Test
    void what_a_program_told_of_its_metrics_is_judged_again() {
        assertThat(verification.faults(records(watched(WatchRuleTest.watched(11, 3), Verdict.PASSED))))
                .isEmpty();
        assertThat(verification.faults(records(watched(WatchRuleTest.watched(5, 9), Verdict.FAILED))))
                .isEmpty();
        VerdictDraft madeUp = watched(WatchRuleTest.watched(5, 9), Verdict.PASSED);
        assertThat(verification.faults(records(madeUp)))
                .containsExactly("record 1: the rule says FAILED now, said PASSED then");
        assertThat(NotAgain.why(madeUp, List.of())).isEmpty();

        kept.clear();
        assertThat(verification.faults(records(madeUp)))
                .singleElement()
                .asString()
                .endsWith("is gone or changed");
    }

    private VerdictDraft watched(Watched looks, Verdict verdict) {
        byte[] bytes = looks.bytes();
        kept.put(Digest.of(bytes), bytes);
        return with(bare(WatchRuleTest.gate(), verdict), List.of(Digest.of(bytes)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tests.passed >= 1",
                "tests['total'] >= 1",
                "tests.all(name, name == 'failed' || tests[name] > 0)",
                "size(tests) > 90"
            })
    void a_run_without_tests_that_an_expression_failed_then_is_no_fault(String cel) {
        byte[] none = "<testsuite name='s' tests='0' failures='0'/>".getBytes(StandardCharsets.UTF_8);
        kept.put(Digest.of(none), none);
        Gate gate = new Gate("cel", "", Stage.PRE_RELEASE, "junit", null, List.of(), cel, null, List.of(), WITHIN);
        for (Verdict verdict : List.of(Verdict.FAILED, Verdict.INCONCLUSIVE)) {
            assertThat(verification.faults(records(with(bare(gate, verdict), List.of(Digest.of(none))))))
                    .isEmpty();
        }
        assertThat(verification.faults(records(with(bare(gate, Verdict.PASSED), List.of(Digest.of(none))))))
                .containsExactly("record 1: the rule says INCONCLUSIVE now, said PASSED then");
    }

    private static Gate gate(@Nullable String check, List<HttpProbe> http) {
        return new Gate("g", "", Stage.STAGING, null, null, List.of(), null, check, http, WITHIN);
    }

    private static VerdictDraft bare(Gate gate, Verdict verdict) {
        return new VerdictDraft(
                new ApplicationName("hello"),
                new Sha("a".repeat(40)),
                "hello@1.0.0/assess-staging/1",
                gate,
                List.of(),
                "",
                verdict,
                "",
                NOW);
    }

    private static VerdictDraft without(VerdictDraft draft) {
        return with(draft, List.of());
    }

    private static VerdictDraft with(VerdictDraft draft, List<Digest> inputs) {
        return new VerdictDraft(
                draft.application(), draft.sha(), draft.question(), draft.gate(), inputs, "", draft.verdict(), "", NOW);
    }

    @Test
    void a_missing_record_is_noticed() {
        List<VerdictRecord> records = records(
                draft("a", GOOD, Verdict.PASSED), draft("b", GOOD, Verdict.PASSED), draft("c", GOOD, Verdict.PASSED));
        records.remove(1);

        assertThat(verification.faults(records)).containsExactly("record 3: a record before it is missing");
    }

    @Test
    void a_record_written_anew_breaks_the_one_after_it() {
        List<VerdictRecord> records = records(draft("a", BAD, Verdict.FAILED), draft("b", GOOD, Verdict.PASSED));
        records.set(0, VerdictRecord.after(1, null, draft("a", GOOD, Verdict.PASSED)));

        assertThat(verification.faults(records))
                .containsExactly("record 2: it does not follow from the record before it");
    }

    @Test
    void a_verdict_that_its_rule_does_not_give_is_noticed() {
        assertThat(verification.faults(records(draft("a", BAD, Verdict.PASSED))))
                .containsExactly("record 1: the rule says FAILED now, said PASSED then");
    }

    @Test
    void of_some_verdicts_the_rules_are_applied_again_and_the_whole_chain_is_gone_over() {
        List<VerdictRecord> records = records(draft("a", BAD, Verdict.PASSED), draft("b", GOOD, Verdict.PASSED));

        assertThat(verification.check(records, record -> record.number() == 2).faults())
                .isEmpty();
        assertThat(verification
                        .check(records, record -> record.isOf("hello@1.0.0"))
                        .faults())
                .containsExactly("record 1: the rule says FAILED now, said PASSED then");
        assertThat(verification
                        .check(records, record -> record.isOf("hello@1.0"))
                        .faults())
                .isEmpty();
        records.removeFirst();
        assertThat(verification.check(records, _ -> false).faults())
                .containsExactly("record 2: a record before it is missing");
    }

    @Test
    void verdicts_that_were_taken_out_of_their_chain_are_checked_alone() {
        List<VerdictRecord> records = records(draft("a", BAD, Verdict.PASSED), draft("b", GOOD, Verdict.PASSED));

        assertThat(verification.faultsApart(records.subList(1, 2))).isEmpty();
        assertThat(verification.faultsApart(records))
                .containsExactly("verdict 1 (a): the rule says FAILED now, said PASSED then");
    }

    @Test
    void a_report_that_is_gone_or_changed_is_noticed() {
        List<VerdictRecord> records = records(draft("a", GOOD, Verdict.PASSED));
        kept.put(Digest.of(GOOD), BAD);
        assertThat(verification.faults(records)).singleElement().asString().endsWith("is gone or changed");

        kept.clear();
        assertThat(verification.faults(records)).singleElement().asString().endsWith("is gone or changed");
    }

    @Test
    void a_record_is_intact_after_it_was_stored() {
        VerdictRecord record = records(draft("a", GOOD, Verdict.PASSED)).getFirst();
        String json = MessagingJson.mapper().writeValueAsString(record);

        assertThat(MessagingJson.mapper().readValue(json, VerdictRecord.class).intact())
                .isTrue();
    }

    @Test
    void a_new_record_is_hashed_over_the_form_of_rfc_8785_as_anybody_can_make_it() {
        VerdictRecord record = records(draft("a", GOOD, Verdict.PASSED)).getFirst();
        ObjectNode all = MessagingJson.mapper().valueToTree(record);
        assertThat(all.path("form").asInt()).isEqualTo(1);
        all.remove("hash");

        assertThat(record.hash()).isEqualTo(CanonicalJson.sha256(all));
        assertThat(record.ruleVersion())
                .isEqualTo(CanonicalJson.sha256(all.path("verdict").path("gate")));
    }

    @Test
    void records_from_before_that_stay_verifiable_and_new_ones_follow_them() throws IOException {
        List<VerdictRecord> before = before();
        kept.put(Digest.of(GOOD), GOOD);
        assertThat(verification.faults(before)).isEmpty();
        assertThat(MessagingJson.mapper()
                        .<ObjectNode>valueToTree(before.getFirst())
                        .has("form"))
                .isFalse();

        VerdictRecord last = before.getLast();
        List<VerdictRecord> all = new ArrayList<>(before);
        all.add(VerdictRecord.after(last.number() + 1, last.hash(), draft("c", GOOD, Verdict.PASSED)));
        assertThat(verification.faults(all)).isEmpty();

        VerdictDraft other = draft("a", BAD, Verdict.PASSED);
        all.set(
                0,
                new VerdictRecord(
                        1,
                        other,
                        before.getFirst().ruleVersion(),
                        null,
                        before.getFirst().hash(),
                        0));
        assertThat(verification.faults(all)).containsExactly("record 1: it does not say what its hash was made of");
    }

    @Test
    void a_record_that_names_another_form_than_its_own_is_noticed() throws IOException {
        List<VerdictRecord> all = new ArrayList<>(before());
        all.addAll(records(draft("a", GOOD, Verdict.PASSED)));

        for (VerdictRecord record : all) {
            for (int form = 0; form < 4; form++) {
                assertThat(new VerdictRecord(
                                        record.number(),
                                        record.verdict(),
                                        record.ruleVersion(),
                                        record.previous(),
                                        record.hash(),
                                        form)
                                .intact())
                        .isEqualTo(form == record.form());
            }
        }
    }

    private static List<VerdictRecord> before() throws IOException {
        try (InputStream stored = ChainTest.class.getResourceAsStream("/verdicts/before-rfc-8785.json")) {
            return List.of(MessagingJson.mapper().readValue(stored, VerdictRecord[].class));
        }
    }

    @Test
    void the_class_doc_lists_every_pair() {
        Chain core = new Chain(10);
        VerdictDraft known = draft("a", GOOD, Verdict.PASSED);
        ListedPairs.of(core)
                .state("EMPTY", core.initial("hello"))
                .state("BEGUN", givenNew(core, "hello").when(known, NOW).state())
                .input("VerdictDraft new", draft("b", BAD, Verdict.FAILED), NOW)
                .input("VerdictDraft again", known, NOW)
                .check(ChainState.class, VerdictDraft.class);
    }

    private List<VerdictRecord> records(VerdictDraft... drafts) {
        Chain core = new Chain(10);
        CoreScenario<ChainState, VerdictDraft> scenario = givenNew(core, "hello");
        List<VerdictRecord> records = new ArrayList<>();
        for (VerdictDraft draft : drafts) {
            records.add(Objects.requireNonNull(scenario.when(draft, NOW).state().last()));
        }
        return records;
    }

    private VerdictDraft draft(String gate, byte[] report, Verdict verdict) {
        Digest digest = Digest.of(report);
        kept.put(digest, report);
        Gate rule = new Gate(
                gate,
                "",
                Stage.PRE_RELEASE,
                "junit",
                null,
                List.of(new Threshold("tests.failed", "0")),
                null,
                null,
                List.of(),
                Duration.ofMinutes(30));
        return new VerdictDraft(
                new ApplicationName("hello"),
                new Sha("a".repeat(40)),
                "hello@1.0.0/assess-pre-release/1",
                rule,
                List.of(digest),
                "",
                verdict,
                "",
                NOW);
    }

    private static byte[] report(int failures) {
        return "<testsuite name='s' tests='1' failures='%d'><testcase name='a'/></testsuite>"
                .formatted(failures)
                .getBytes(StandardCharsets.UTF_8);
    }
}
