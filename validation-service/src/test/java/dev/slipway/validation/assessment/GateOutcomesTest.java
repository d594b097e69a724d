package dev.slipway.validation.assessment;

import static dev.slipway.testkit.CoreScenario.givenNew;
import static dev.slipway.validation.assessment.Asking.CORE;
import static dev.slipway.validation.assessment.Asking.DEADLINE;
import static dev.slipway.validation.assessment.Asking.ID;
import static dev.slipway.validation.assessment.Asking.NOW;
import static dev.slipway.validation.assessment.Asking.check;
import static dev.slipway.validation.assessment.Asking.checks;
import static dev.slipway.validation.assessment.Asking.closed;
import static dev.slipway.validation.assessment.Asking.gate;
import static dev.slipway.validation.assessment.Asking.merge;
import static dev.slipway.validation.assessment.Asking.question;
import static dev.slipway.validation.assessment.Asking.seen;
import static dev.slipway.validation.assessment.Asking.smoke;
import static dev.slipway.validation.assessment.Asking.suite;
import static dev.slipway.validation.assessment.Asking.tests;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.policy.Arrival;
import dev.slipway.contracts.policy.Drift;
import dev.slipway.contracts.policy.FilesRule;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.Gate.Threshold;
import dev.slipway.contracts.policy.Isolation;
import dev.slipway.contracts.policy.Isolation.Given;
import dev.slipway.contracts.policy.Isolation.Kind;
import dev.slipway.contracts.policy.MetricRule;
import dev.slipway.contracts.policy.SignedBy;
import dev.slipway.contracts.policy.Stage;
import dev.slipway.contracts.policy.TrustedKey;
import dev.slipway.contracts.validation.Assess;
import dev.slipway.contracts.validation.GateVerdict.Verdict;
import dev.slipway.messaging.Effect;
import dev.slipway.messaging.Effect.StartTask;
import dev.slipway.messaging.Message;
import dev.slipway.testkit.CoreScenario;
import dev.slipway.validation.assessment.AssessmentInput.Asked;
import dev.slipway.validation.assessment.AssessmentInput.DeadlineCame;
import dev.slipway.validation.assessment.AssessmentInput.FilesRead;
import dev.slipway.validation.assessment.AssessmentInput.MergeTried;
import dev.slipway.validation.assessment.AssessmentInput.Probed;
import dev.slipway.validation.assessment.AssessmentInput.RevisionSeen;
import dev.slipway.validation.assessment.AssessmentInput.VerdictRecorded;
import dev.slipway.validation.assessment.AssessmentState.Closed;
import dev.slipway.validation.evidence.Fact;
import dev.slipway.validation.evidence.Facts;
import dev.slipway.validation.revision.RevisionMessages.SuiteFacts;
import dev.slipway.validation.rule.QueryRuleTest;
import dev.slipway.validation.rule.Reading;
import dev.slipway.validation.verdicts.VerdictDraft;
import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every kind of gate through everything that may come for it, and what it says then at the latest at its deadline. The
 * fourth outcome, waived, is made of the second and third by the release ({@code WaiversTest} there).
 */
final class GateOutcomesTest {
    private static final URI RUNS = URI.create("http://127.0.0.1:1/");

    /**
     * What comes for a gate, and what it says in the end.
     *
     * @param late what comes once the verdict is recorded: it changes nothing
     */
    record Row(
            String name,
            Gate gate,
            @Nullable URI address,
            Verdict verdict,
            String cause,
            List<AssessmentInput> inputs,
            List<AssessmentInput> late) {
        Row late(AssessmentInput... more) {
            return new Row(name, gate, address, verdict, cause, inputs, List.of(more));
        }

        @Override
        public String toString() {
            return gate.id() + ", " + name + ": " + verdict;
        }
    }

    static Row row(String name, Gate gate, Verdict verdict, String cause, AssessmentInput... inputs) {
        return new Row(name, gate, RUNS, verdict, cause, List.of(inputs), List.of());
    }

    private static Gate cel(String expression) {
        return new Gate(
                "cel", "", Stage.PRE_RELEASE, "junit", "unit", List.of(), expression, null, List.of(), Asking.WITHIN);
    }

    private static SuiteFacts unparsable() {
        SuiteFacts read = suite(2, 0);
        return new SuiteFacts(read.kind(), read.suite(), read.facts(), read.digests(), "line 3, column 7: not XML");
    }

    private static Probed probed(ProbeAnswer answer) {
        return new Probed(0, List.of(answer));
    }

    private static Stream<Row> rows() {
        return Stream.of(
                        evidence(),
                        rules(),
                        RuleRows.all(),
                        requiredChecks(),
                        merges(),
                        http(),
                        metrics(),
                        tags(),
                        arrivals(),
                        isolations(),
                        drifts(),
                        queries(),
                        files(),
                        TrackerRows.trackers(),
                        TrackerRows.allChecks(),
                        nothing())
                .flatMap(List::stream);
    }

    private static List<Row> evidence() {
        RevisionSeen good = seen(1, suite(2, 0));
        RevisionSeen elsewhere = new RevisionSeen("hello@" + "b".repeat(40), 9, List.of(suite(2, 0)), List.of());
        SuiteFacts other = new SuiteFacts(
                "junit", "other", suite(2, 0).facts(), suite(2, 0).digests(), null);
        return List.of(
                row("good", tests(), Verdict.PASSED, "The rule holds", good),
                row("bad", tests(), Verdict.FAILED, "tests.failed 1, expected", seen(1, suite(2, 1))),
                row("missing", tests(), Verdict.INCONCLUSIVE, "No junit report", seen(1)),
                row("never answered", tests(), Verdict.INCONCLUSIVE, "Waits for a junit report"),
                row("late", tests(), Verdict.INCONCLUSIVE, "No junit report", seen(1))
                        .late(seen(2, suite(2, 0))),
                row("stale", tests(), Verdict.INCONCLUSIVE, "No junit report", seen(5), seen(4, suite(2, 0))),
                row("of another revision", tests(), Verdict.INCONCLUSIVE, "Waits for", elsewhere),
                row("of another suite", tests(), Verdict.INCONCLUSIVE, "No junit report", seen(1, other)),
                row("unparsable", tests(), Verdict.INCONCLUSIVE, "cannot be read: line 3", seen(1, unparsable())),
                row("no tests", tests(), Verdict.INCONCLUSIVE, "No tests were run", seen(1, suite(0, 0))));
    }

    /** Of a run that ended well. */
    private static SuiteFacts told(long total, long passed, long failed) {
        Facts facts = new Facts(List.of(
                Fact.count("tests.total", total),
                Fact.count("tests.passed", passed),
                Fact.count("tests.failed", failed),
                Fact.count("run.exit", 0)));
        return new SuiteFacts("junit", "unit", facts, suite(total, failed).digests(), null);
    }

    /** Rules that cannot be evaluated, over a report that is there. */
    private static List<Row> rules() {
        Gate unsaid = gate("unsaid", "junit", List.of(new Threshold("tests.flaky", "0")), null, List.of());
        Gate percent = gate("percent", "junit", List.of(new Threshold("tests.failed", "< 5%")), null, List.of());
        Gate illegal = gate("illegal", "junit", List.of(new Threshold("tests.failed", "few")), null, List.of());
        Gate unread = gate("unread", "morse", List.of(new Threshold("tests.failed", "0")), null, List.of());
        RevisionSeen good = seen(1, suite(2, 0));
        RevisionSeen none = seen(1, suite(0, 0));
        RevisionSeen skipped = seen(1, told(3, 0, 0));
        return List.of(
                row("holds", cel("tests.failed == 0"), Verdict.PASSED, "The rule holds", good),
                row("broken", cel("tests.failed > 0"), Verdict.FAILED, "", good),
                row("no tests", cel("tests.total >= 1"), Verdict.INCONCLUSIVE, "No tests were run", none),
                row(
                        "all skipped",
                        cel("tests.passed >= 1 && run.exit == 0"),
                        Verdict.INCONCLUSIVE,
                        "No tests",
                        skipped),
                row(
                        "broken without tests, too",
                        cel("tests.passed >= 1 && run.exit == 1"),
                        Verdict.FAILED,
                        "",
                        skipped),
                row("some failed", cel("tests.passed >= 1"), Verdict.FAILED, "", seen(1, told(3, 0, 3))),
                row("tests in time", cel("tests.total >= 1"), Verdict.PASSED, "", none, seen(2, suite(2, 0))),
                row("a rule's error", cel("tests.total % tests.failed == 0"), Verdict.INCONCLUSIVE, "", good),
                row("a fact that nobody tells", unsaid, Verdict.INCONCLUSIVE, "says nothing about", good),
                row("another unit", percent, Verdict.INCONCLUSIVE, "is no percentage", good),
                row("no threshold", illegal, Verdict.INCONCLUSIVE, "is no threshold", good),
                row("a kind that nobody reads", unread, Verdict.INCONCLUSIVE, "Nothing reads", good));
    }

    private static List<Row> requiredChecks() {
        Gate build = check("build");
        return List.of(
                row("succeeded", build, Verdict.PASSED, "succeeded", checks(1, "build", true)),
                row("failed", build, Verdict.FAILED, "failed", checks(1, "build", false)),
                row("missing", build, Verdict.INCONCLUSIVE, "No check build", checks(1, "other", true)),
                row("late", build, Verdict.INCONCLUSIVE, "No check build", seen(1))
                        .late(checks(2, "build", true)),
                row("stale", build, Verdict.INCONCLUSIVE, "No check build", seen(5), checks(4, "build", true)));
    }

    private static List<Row> merges() {
        return List.of(
                row("clean", merge(), Verdict.PASSED, "", new MergeTried(0, new MergeAnswer.Clean("f", "t"))),
                row(
                        "conflicting",
                        merge(),
                        Verdict.FAILED,
                        "Conflicts in a",
                        new MergeTried(0, new MergeAnswer.Conflicting("f", "t", List.of("a")))),
                row("refused", merge(), Verdict.FAILED, "why", new MergeTried(0, new MergeAnswer.Refused("why"))),
                row("missing", merge(), Verdict.INCONCLUSIVE, "why", new MergeTried(0, new MergeAnswer.Missing("why"))),
                row(
                        "unreachable",
                        merge(),
                        Verdict.INCONCLUSIVE,
                        "why",
                        new MergeTried(0, new MergeAnswer.Unreachable("why"))),
                row("late", merge(), Verdict.INCONCLUSIVE, "Waits for Git")
                        .late(new MergeTried(0, new MergeAnswer.Clean("f", "t"))));
    }

    private static List<Row> http() {
        Row nowhere = row("runs nowhere", smoke(), Verdict.INCONCLUSIVE, "There is no address");
        return List.of(
                row("as expected", smoke(), Verdict.PASSED, "", probed(new ProbeAnswer.AsExpected("200"))),
                row("unexpected", smoke(), Verdict.FAILED, "why", probed(new ProbeAnswer.Unexpected("500", "why"))),
                row("wrong", smoke(), Verdict.FAILED, "why", probed(new ProbeAnswer.Wrong("200", "why"))),
                row("no answer", smoke(), Verdict.INCONCLUSIVE, "why", probed(new ProbeAnswer.Unanswered("", "why"))),
                row("nothing asked", smoke(), Verdict.INCONCLUSIVE, "Nothing was asked", new Probed(0, List.of())),
                row("late", smoke(), Verdict.INCONCLUSIVE, "Waits for the version")
                        .late(probed(new ProbeAnswer.AsExpected("200"))),
                new Row(nowhere.name(), smoke(), null, nowhere.verdict(), nowhere.cause(), List.of(), List.of()));
    }

    private static Gate depth() {
        MetricRule rule = new MetricRule(
                "queue_depth", Map.of(), MetricRule.As.VALUE, null, Map.of(), MetricRule.Sense.BELOW, 5, false, false);
        return new Gate(
                "depth",
                "",
                Stage.PRE_RELEASE,
                null,
                null,
                List.of(),
                null,
                null,
                List.of(),
                Asking.WITHIN,
                List.of(rule),
                Gate.WATCH_DEFAULT);
    }

    private static List<Row> metrics() {
        Gate depth = depth();
        return List.of(
                row("below", depth, Verdict.PASSED, "", probed(new ProbeAnswer.AsExpected("3"))),
                row("above", depth, Verdict.FAILED, "why", probed(new ProbeAnswer.Unexpected("9", "why"))),
                row("not told", depth, Verdict.INCONCLUSIVE, "why", probed(new ProbeAnswer.Unanswered("", "why"))),
                new Row("tells none", depth, null, Verdict.INCONCLUSIVE, "Nobody knows", List.of(), List.of()));
    }

    private static List<Row> tags() {
        TrustedKey key =
                new TrustedKey("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBm/RAlphM3+hUG6wWfcO5bIUIaqMLa2ywxcOK1wMWbh");
        Gate tag = new Gate(
                "tag",
                "",
                Stage.PRE_RELEASE,
                null,
                null,
                List.of(),
                null,
                Gate.SIGNED_TAG,
                List.of(),
                Asking.WITHIN,
                List.of(),
                null,
                null,
                null,
                null,
                new SignedBy(List.of(key), null, null, "v1.0.0"));
        return List.of(
                row("signed", tag, Verdict.PASSED, "", probed(new ProbeAnswer.AsExpected("tag v1.0.0"))),
                row("by nobody allowed", tag, Verdict.FAILED, "why", probed(new ProbeAnswer.Unexpected("", "why"))),
                row("missing", tag, Verdict.INCONCLUSIVE, "why", probed(new ProbeAnswer.Unanswered("", "why"))),
                row("late", tag, Verdict.INCONCLUSIVE, "Waits for Git")
                        .late(probed(new ProbeAnswer.AsExpected("tag v1.0.0"))));
    }

    static Gate arrival(Arrival what) {
        return Gate.of("arrived", "", what, Asking.WITHIN);
    }

    static Arrival page(@Nullable String sha256) {
        return new Arrival(
                "https://docs.example.test/1.0.0/", null, null, null, 200, null, sha256, null, Duration.ofMinutes(2));
    }

    private static FilesRead read(Verdict verdict, boolean settled) {
        return new FilesRead(0, new Finding(verdict, settled, "", "why", List.of()));
    }

    /** A revision does not change: what was read is settled, and only what could not be read is tried again. */
    private static List<Row> files() {
        Gate links = Gate.of(
                "links", "", Stage.PRE_RELEASE, FilesRule.ofLinks(List.of("**/*.md")), List.of(), Asking.WITHIN);
        return List.of(
                row("as they should be", links, Verdict.PASSED, "why", read(Verdict.PASSED, true)),
                row("otherwise", links, Verdict.FAILED, "why", read(Verdict.FAILED, true)),
                row("nobody knows", links, Verdict.INCONCLUSIVE, "why", read(Verdict.INCONCLUSIVE, true)),
                row(
                        "read in time",
                        links,
                        Verdict.PASSED,
                        "why",
                        read(Verdict.INCONCLUSIVE, false),
                        read(Verdict.PASSED, true)),
                row("late", links, Verdict.INCONCLUSIVE, "Waits for Git").late(read(Verdict.PASSED, true)));
    }

    /** Something else that is there may be what was there before, so only the deadline makes it a failure. */
    private static List<Row> arrivals() {
        Gate page = arrival(page(null));
        Gate unfilled = arrival(page("{digests.handbook}"));
        Gate version =
                arrival(new Arrival(null, "/version", null, null, 200, "1.0.0", null, null, Duration.ofSeconds(1)));
        return List.of(
                row("there", page, Verdict.PASSED, "is there", probed(new ProbeAnswer.AsExpected("200"))),
                row("something else", page, Verdict.FAILED, "why", probed(new ProbeAnswer.Unexpected("200", "why"))),
                row(
                        "replaced in time",
                        page,
                        Verdict.PASSED,
                        "is there",
                        probed(new ProbeAnswer.Unexpected("200", "why")),
                        probed(new ProbeAnswer.AsExpected("200"))),
                row("something else for good", page, Verdict.FAILED, "why", probed(new ProbeAnswer.Wrong("", "why"))),
                row("not there", page, Verdict.INCONCLUSIVE, "why", probed(new ProbeAnswer.Unanswered("404", "why"))),
                row("never looked for", page, Verdict.INCONCLUSIVE, "Looks for https://docs.example.test/1.0.0/"),
                row("late", page, Verdict.INCONCLUSIVE, "why", probed(new ProbeAnswer.Unanswered("404", "why")))
                        .late(probed(new ProbeAnswer.AsExpected("200"))),
                row("of an artifact that there is not", unfilled, Verdict.INCONCLUSIVE, "no artifact of the name"),
                new Row(
                        "production runs nowhere",
                        version,
                        null,
                        Verdict.INCONCLUSIVE,
                        "no address",
                        List.of(),
                        List.of()));
    }

    /** What comes with the question, by the name of the row. */
    private static final Map<String, Isolation> COMPARED = Map.of(
            "nothing shared", isolation("db-staging:1"),
            "something shared", isolation("db:1"),
            "something not told", isolation(null));

    private static Isolation isolation(@Nullable String staging) {
        return new Isolation(
                List.of(new Given("port", Kind.ADDRESS, "127.0.0.1:1"), new Given("env.DB", Kind.ADDRESS, staging)),
                List.of(new Given("env.DATABASE", Kind.ADDRESS, "db:1")));
    }

    private static List<Row> isolations() {
        Gate isolated = gate("isolated", null, List.of(), Gate.ISOLATED, List.of());
        return List.of(
                row("nothing shared", isolated, Verdict.PASSED, "Staging shares nothing with production"),
                row(
                        "something shared",
                        isolated,
                        Verdict.FAILED,
                        "env.DB same address as env.DATABASE of production. Give staging its own"),
                row("something not told", isolated, Verdict.INCONCLUSIVE, "is not known: env.DB address not known"),
                row("asked by somebody who tells nothing", isolated, Verdict.INCONCLUSIVE, "Nobody has told"));
    }

    private static Drift drift(@Nullable ReleaseId since, @Nullable String before, @Nullable String now) {
        return new Drift(since, List.of(), List.of(new Drift.Secret("db", before, now)), List.of());
    }

    private static final ReleaseId LAST = new ReleaseId("hello@1.0.0");

    /** What comes with the question, by the name of the row. */
    private static final Map<String, Drift> DRIFTS = Map.of(
            "nothing verified before", drift(null, null, "aaa"),
            "nothing otherwise", drift(LAST, "aaa", "aaa"),
            "another secret", drift(LAST, "aaa", "bbb"),
            "another secret that somebody has to know of", drift(LAST, "aaa", "bbb"),
            "nothing otherwise that anybody has to know of", drift(LAST, "aaa", "aaa"),
            "a secret that cannot be read", drift(LAST, "aaa", null));

    private static List<Row> drifts() {
        Gate lists = gate("settings", null, List.of(), Gate.SETTINGS, List.of());
        Gate asks = gate("settings", null, List.of(), Gate.SETTINGS_ASK, List.of());
        return List.of(
                row("nothing verified before", lists, Verdict.PASSED, "no release was verified before"),
                row("nothing otherwise", lists, Verdict.PASSED, "nothing is otherwise than in hello@1.0.0"),
                row("another secret", lists, Verdict.PASSED, "1 setting or secret is otherwise than in hello@1.0.0"),
                row(
                        "another secret that somebody has to know of",
                        asks,
                        Verdict.FAILED,
                        "Since hello@1.0.0: secret db: fingerprint aaa -> fingerprint bbb. Somebody has to say"),
                row("nothing otherwise that anybody has to know of", asks, Verdict.PASSED, "nothing is otherwise"),
                row("a secret that cannot be read", lists, Verdict.INCONCLUSIVE, "not known: secret db not known"),
                row("settings of which nobody tells", lists, Verdict.INCONCLUSIVE, "Nobody has told"));
    }

    private static Probed read(Reading... readings) {
        return Probed.read(0, List.of(readings));
    }

    private static List<Row> queries() {
        Gate gate = QueryRuleTest.gate();
        Reading one = Reading.of(1, NOW, NOW);
        return List.of(
                row("as it should be", gate, Verdict.PASSED, "Every query", read(one, one)),
                row("too much", gate, Verdict.FAILED, "depth has to be < 5", read(one, Reading.of(7, NOW, NOW))),
                row("better later", gate, Verdict.PASSED, "", read(one, Reading.of(7, NOW, NOW)), read(one, one)),
                row(
                        "old",
                        gate,
                        Verdict.INCONCLUSIVE,
                        "has to be of the last 5 min",
                        read(Reading.of(1, NOW.minusSeconds(301), NOW), one)),
                row(
                        "no data",
                        gate,
                        Verdict.INCONCLUSIVE,
                        "up: there is no such series",
                        read(Reading.nothing("there is no such series", NOW), one)),
                row("never answered", gate, Verdict.INCONCLUSIVE, "Asks a server"));
    }

    private static List<Row> nothing() {
        Gate unknown = gate("unknown", null, List.of(), "astrology", List.of());
        return List.of(row("unknown", unknown, Verdict.INCONCLUSIVE, "There is no check astrology here"));
    }

    @TestFactory
    Stream<DynamicTest> a_gate_says_what_the_table_says() {
        return rows().map(row -> DynamicTest.dynamicTest(row.toString(), () -> says(row)));
    }

    private static Assess asked(Row row) {
        Assess plain = question(row.address(), row.gate());
        return new Assess(
                plain.question(),
                plain.application(),
                plain.sha(),
                plain.artifacts(),
                plain.stage(),
                plain.gates(),
                plain.source(),
                plain.address(),
                plain.askedAt(),
                false,
                row.address(),
                null,
                List.of(),
                COMPARED.get(row.name()),
                DRIFTS.get(row.name()));
    }

    private static void says(Row row) {
        CoreScenario<AssessmentState, AssessmentInput> scenario =
                givenNew(CORE, ID).when(new Asked(asked(row)), NOW);
        row.inputs().forEach(input -> scenario.when(input, NOW));
        scenario.when(new DeadlineCame(), DEADLINE)
                .when(new DeadlineCame(), DEADLINE.plusSeconds(60))
                .when(new VerdictRecorded(row.gate().id(), "hash"), DEADLINE.plusSeconds(61));
        row.late().forEach(input -> scenario.when(input, DEADLINE.plusSeconds(62)));

        scenario.then(Closed.class);
        assertThat(closed(scenario.state()).gates()).singleElement().satisfies(gate -> {
            assertThat(gate.verdict()).isEqualTo(row.verdict());
            assertThat(gate.cause()).contains(row.cause());
            assertThat(gate.complete()).isTrue();
        });
    }

    @Test
    void a_version_that_speaks_http2_is_asked_for_its_metrics_in_http2_at_its_traffic_port_alone() {
        URI traffic = URI.create("http://127.0.0.1:12001");
        URI aside = URI.create("http://127.0.0.1:12002/metrics");

        asksForMetrics(traffic.resolve("/metrics"), traffic, true, true);
        asksForMetrics(traffic.resolve("/metrics"), traffic, false, false);
        asksForMetrics(aside, traffic, true, false);
    }

    private static void asksForMetrics(URI metrics, URI traffic, boolean http2, boolean inHttp2) {
        Gate depth = depth();
        Assess plain = question(traffic, depth);
        Assess asked = new Assess(
                plain.question(),
                plain.application(),
                plain.sha(),
                plain.artifacts(),
                plain.stage(),
                plain.gates(),
                plain.source(),
                traffic,
                plain.askedAt(),
                http2,
                metrics,
                null);

        givenNew(CORE, ID)
                .when(new Asked(asked), NOW)
                .effectsInclude(new StartTask(
                        "gate-0",
                        Assessment.METRICS_TASK,
                        new MetricsProber.Watching(
                                0,
                                metrics,
                                depth.metrics(),
                                Gate.WATCH_DEFAULT,
                                inHttp2,
                                "hello@" + Asking.SHA.value())));
    }

    @Test
    void what_was_compared_stands_in_the_verdict_line_by_line_and_with_it_in_the_chain() {
        Gate isolated = gate("isolated", null, List.of(), Gate.ISOLATED, List.of());
        Row shared = isolations().get(1);

        VerdictDraft draft = givenNew(CORE, ID).when(new Asked(asked(shared)), NOW).messages().stream()
                .map(Message::body)
                .filter(VerdictDraft.class::isInstance)
                .map(VerdictDraft.class::cast)
                .findFirst()
                .orElseThrow();

        assertThat(draft.gate()).isEqualTo(isolated);
        assertThat(draft.observed()).isEqualTo("port different; env.DB same address as env.DATABASE of production");
        assertThat(draft.isolation()).isEqualTo(COMPARED.get(shared.name()));
    }

    @Test
    void what_is_otherwise_stands_in_the_verdict_and_with_it_in_the_chain() {
        Row changed = drifts().get(2);

        VerdictDraft draft = givenNew(CORE, ID).when(new Asked(asked(changed)), NOW).messages().stream()
                .map(Message::body)
                .filter(VerdictDraft.class::isInstance)
                .map(VerdictDraft.class::cast)
                .findFirst()
                .orElseThrow();

        assertThat(draft.observed()).isEqualTo("secret db: fingerprint aaa -> fingerprint bbb");
        assertThat(draft.drift()).isEqualTo(DRIFTS.get(changed.name()));
        assertThat(draft.isolation()).isNull();
    }

    @Test
    void what_was_published_is_looked_for_as_often_as_its_gate_says() {
        Gate page = arrival(page(null));

        givenNew(CORE, ID)
                .when(new Asked(question(RUNS, page)), NOW)
                .effectsInclude(new StartTask(
                        "gate-0",
                        Assessment.ARRIVAL_TASK,
                        new ArrivalCheck.Looked(
                                0, page(null), question(RUNS, page).source(), Asking.SHA, RUNS, false)))
                .when(probed(new ProbeAnswer.Unanswered("404", "why")), NOW)
                .effectsInclude(Effect.startTimer(Assessment.RETRY + 0, NOW.plus(Duration.ofMinutes(2))));
    }

    @Test
    void the_table_has_all_that_a_rule_may_ask_for_and_every_verdict_on_it() {
        Map<RuleRows.Part, Set<Verdict>> said = rows().flatMap(
                        row -> RuleRows.parts(row.gate()).stream().map(part -> Map.entry(part, row.verdict())))
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toSet())));

        assertThat(said.keySet()).containsExactlyInAnyOrder(RuleRows.Part.values());
        assertThat(said.values())
                .allSatisfy(verdicts -> assertThat(verdicts)
                        .isEqualTo(EnumSet.of(Verdict.PASSED, Verdict.FAILED, Verdict.INCONCLUSIVE)));
    }

    @Test
    void the_table_has_every_kind_of_gate_and_every_verdict_that_validation_gives() {
        Set<Verdict> all = EnumSet.of(Verdict.PASSED, Verdict.FAILED, Verdict.INCONCLUSIVE);
        Map<Looking, Set<Verdict>> said = rows().collect(Collectors.groupingBy(
                row -> Looking.of(row.gate()), Collectors.mapping(Row::verdict, Collectors.toSet())));

        assertThat(said.keySet()).containsExactlyInAnyOrder(Looking.values());
        assertThat(said.remove(Looking.NOTHING_WE_KNOW)).containsExactly(Verdict.INCONCLUSIVE);
        assertThat(said.values()).allSatisfy(verdicts -> assertThat(verdicts).isEqualTo(all));
    }
}
