package dev.slipway.contracts.policy;

import static dev.slipway.contracts.Refusal.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.slipway.contracts.ApplicationName;
import dev.slipway.contracts.Refusal;
import dev.slipway.contracts.policy.Canary.Guardrails;
import dev.slipway.contracts.policy.Canary.LatencyLimit;
import dev.slipway.contracts.policy.Gate.HttpProbe;
import dev.slipway.contracts.policy.Gate.Threshold;
import dev.slipway.contracts.policy.Policy.Environments;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PolicyRangesTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Threshold NONE_FAILED = new Threshold("tests.failed", "0");
    private static final Target TARGET = new Target("process", List.of("java"), "PORT", "/health");
    private static final StatusRule NOT_FOUND = rule("/*", "404");
    private static final Policy.Contact ADA = new Policy.Contact("technical-lead", "Ada", "ada@example.test", null);

    static Stream<Refusal> refusals() {
        return Stream.of(
                        stepRefusals(),
                        canaryRefusals(),
                        gateRefusals(),
                        targetRefusals(),
                        policyRefusals(),
                        listRefusals())
                .flatMap(cases -> cases);
    }

    private static Stream<Refusal> stepRefusals() {
        return Stream.of(
                refusal(() -> new Step(0, SECOND), "is 0", "1 to 100"),
                refusal(() -> new Step(101, SECOND), "is 101", "1 to 100"),
                refusal(() -> new Step(10, Duration.ofMillis(999)), "is 999 ms", "1 s to 24 h"),
                refusal(() -> new Step(100, Duration.ofMillis(-1)), "is -1 ms", "0 s to 24 h"),
                refusal(() -> new Step(10, Duration.ofHours(25)), "is 25 h", "1 s to 24 h"),
                refusal(() -> Step.requireRising(List.of()), "is 0", "1 to 50"),
                refusal(() -> Step.requireRising(Collections.nCopies(51, new Step(100, SECOND))), "is 51", "1 to 50"),
                refusal(() -> Step.requireRising(steps(10, 50)), "is 50", "100 to 100"),
                refusal(() -> Step.requireRising(steps(10, 10, 100)), "is 10", "11 to 100"),
                refusal(() -> Step.requireRising(steps(50, 25, 100)), "is 25", "51 to 100"));
    }

    private static Stream<Refusal> canaryRefusals() {
        return Stream.of(
                refusal(() -> canary(0.00009, 40, SECOND, HOUR), "is 9.0E-5", "0.0001 to 0.2"),
                refusal(() -> canary(0.21, 40, SECOND, HOUR), "is 0.21", "0.0001 to 0.2"),
                refusal(() -> canary(Double.NaN, 40, SECOND, HOUR), "is NaN", "0.0001 to 0.2"),
                refusal(() -> canary(0.01, 0, SECOND, HOUR), "is 0", "1 to 1000000"),
                refusal(() -> canary(0.01, 1_000_001, SECOND, HOUR), "is 1000001", "1 to 1000000"),
                refusal(() -> canary(0.01, 40, Duration.ofMinutes(11), HOUR), "is 11 min", "0 s to 10 min"),
                refusal(() -> canary(0.01, 40, SECOND, Duration.ofSeconds(9)), "is 9 s", "10 s to 7 d"),
                refusal(() -> canary(0.01, 40, SECOND, Duration.ofDays(8)), "is 8 d", "10 s to 7 d"),
                refusal(() -> new Guardrails(0.0, List.of()), "is 0.0", "above 0 %"),
                refusal(() -> new Guardrails(100.1, List.of()), "is 100.1", "at most 100 %"),
                refusal(
                        () -> new Guardrails(null, Collections.nCopies(6, new LatencyLimit(0.95, SECOND))),
                        "is 6",
                        "0 to 5"),
                refusal(() -> canary(51, 1.15, List.of()), "is 51", "0 to 50"),
                refusal(() -> canary(-1, 1.15, List.of()), "is -1", "0 to 50"),
                refusal(() -> canary(5, 0.99, List.of()), "is 0.99", "1 to 10"),
                refusal(() -> canary(5, 10.1, List.of()), "is 10.1", "1 to 10"),
                refusal(() -> canary(5, 1.15, Collections.nCopies(21, NOT_FOUND)), "is 21", "0 to 20"),
                refusal(() -> new Canary.Detect(0), "is 0.0", "above 0 %"),
                refusal(() -> new Canary.Detect(101), "is 101.0", "at most 100 %"),
                refusal(() -> rule("login", "404"), "\"login\"", "start with /"),
                refusal(() -> rule("/login", "600"), "\"600\"", "such as 4xx"),
                refusal(() -> rule("/login"), "is 0", "1 to 60"),
                refusal(() -> rule("/login", "404", "404"), "404", "once"),
                refusal(() -> new LatencyLimit(1, SECOND), "is 1.0", "between 0 and 1"),
                refusal(() -> new LatencyLimit(0, SECOND), "is 0.0", "between 0 and 1"),
                refusal(() -> new LatencyLimit(0.5, Duration.ofNanos(999_999)), "is less than 1 ms", "1 ms to 1 min"),
                refusal(() -> new LatencyLimit(0.5, Duration.ofSeconds(61)), "is 61 s", "1 ms to 1 min"));
    }

    private static Stream<Refusal> gateRefusals() {
        return Stream.of(
                refusal(() -> gate("", "junit", null, SECOND), "has 0", "1 to 60"),
                refusal(() -> gate("g".repeat(61), "junit", null, SECOND), "has 61", "1 to 60"),
                refusal(() -> gate("tests", "junit", null, Duration.ofMillis(1)), "is 1 ms", "1 s to 30 d"),
                refusal(() -> gate("tests", "junit", null, Duration.ofDays(31)), "is 31 d", "1 s to 30 d"),
                refusal(() -> gate("tests", null, null, SECOND), "has 0", "exactly one"),
                refusal(() -> gate("tests", "junit", "merge", SECOND), "has 2", "exactly one"),
                refusal(PolicyRangesTest::gateWithoutRule, "gate tests", "needs a rule"),
                refusal(() -> licensed("junit", licenses("MIT"), null), "gate tests", "cyclonedx or spdx"),
                refusal(() -> licensed("spdx", null, "grype"), "gate tests", "scanner is for"),
                refusal(() -> licensed("cyclonedx", null, ""), "has 0", "1 to 100"),
                refusal(() -> licensed("cyclonedx", null, null), "gate tests", "needs a rule"),
                refusal(() -> licenses(), "is 0", "1 to 500"),
                refusal(() -> licenses(""), "has 0", "1 to 200"),
                refusal(() -> licenses("M".repeat(201)), "has 201", "1 to 200"),
                refusal(() -> licenses("MIT OR ISC"), "\"MIT OR ISC\"", "each one for itself"),
                refusal(() -> licenses("(MIT AND ISC)"), "several licences", "each one for itself"),
                refusal(
                        () -> new LicenseList(
                                List.of("MIT"), LicenseList.WhenUnknown.FAIL, Collections.nCopies(501, "pkg:npm/a")),
                        "is 501",
                        "0 to 500"),
                refusal(() -> new Threshold("", "0"), "has 0", "1 to 100"),
                refusal(() -> new Threshold("tests.total", "1".repeat(101)), "has 101", "1 to 100"),
                refusal(() -> new HttpProbe("health", 200, null, List.of()), "\"health\"", "start with /"),
                refusal(() -> new HttpProbe("/health", 99, null, List.of()), "is 99", "100 to 599"),
                refusal(() -> new HttpProbe("/health", 600, null, List.of()), "is 600", "100 to 599"));
    }

    private static Stream<Refusal> targetRefusals() {
        return Stream.of(
                refusal(() -> new Target("vm", List.of("java"), "PORT", "/"), "\"vm\"", "process"),
                refusal(() -> new Target("process", List.of(), "PORT", "/"), "is 0", "1 to 100"),
                refusal(() -> new Target("process", Collections.nCopies(101, "x"), "PORT", "/"), "is 101", "1 to 100"),
                refusal(() -> new Target("process", List.of("java"), "", "/"), "has 0", "1 to 100"),
                refusal(() -> new Target("process", List.of("java"), "PORT", "health"), "\"health\"", "start with /"));
    }

    private static Stream<Refusal> policyRefusals() {
        return Stream.of(
                refusal(() -> new Policy.Approvals(21, HOUR), "is 21", "0 to 20"),
                refusal(() -> new Policy.Approvals(-1, HOUR), "is -1", "0 to 20"),
                refusal(() -> new Policy.Approvals(2, SECOND), "is 1 s", "1 min to 30 d"),
                refusal(() -> people(List.of("a@x.test")), "is 1", "2 to 20"),
                refusal(() -> people(Collections.nCopies(21, "a@x.test")), "is 21", "2 to 20"),
                refusal(() -> people(List.of("a@x.test", " A@X.test")), "\"a@x.test\"", "stand once"),
                refusal(
                        () -> new Policy.Approvals(1, HOUR, Collections.nCopies(201, List.of("a@x.test", "b@x.test"))),
                        "is 201",
                        "0 to 200"),
                refusal(() -> new Policy.Source("git@host:x", "a", "b"), "\"git@host:x\"", "file: or https:"),
                refusal(() -> new Policy.Source("file:/x", "", "b"), "has 0", "1 to 250"),
                refusal(() -> new Policy.Source("file:/x", List.of(), "b"), "is 0", "1 to 20"),
                refusal(() -> new Policy.Source("file:/x", numbered(21), "b"), "is 21", "1 to 20"),
                refusal(() -> new Policy.Source("file:/x", List.of("a", "a"), "b"), "\"a\" stands again", "once"),
                refusal(() -> weekly(), "is 0", "1 to 7"),
                refusal(() -> weekly(DayOfWeek.MONDAY, DayOfWeek.MONDAY), "each weekday", "once"),
                refusal(() -> new Policy.Contact("devops", "Ben", null, null), "Ben", "needs an email"),
                refusal(() -> new Policy.Contact("", "Ben", "b@example.test", null), "has 0", "1 to 60"),
                refusal(() -> production(Duration.ofHours(25), HOUR), "is 25 h", "0 s to 24 h"),
                refusal(() -> production(SECOND, Duration.ofSeconds(10)), "is 15 s", "0 s to 10 s"),
                refusal(() -> hosts(List.of("a.test"), List.of("b.test", "a.test")), "\"a.test\"", "both environments"),
                refusal(
                        () -> hosts(List.of(), List.of("staging.hello.localhost")),
                        "\"staging.hello.localhost\"",
                        "both environments"),
                refusal(
                        () -> hosts(List.of(), List.of("other.localhost")),
                        "\"other.localhost\"",
                        "ends in .hello.localhost"),
                refusal(() -> new Policy.Merge(""), "has 0", "1 to 200"));
    }

    @Test
    void an_application_may_have_any_name_below_its_own_and_names_of_its_own() {
        assertThat(hosts(List.of("hello.localhost"), List.of("www.hello.localhost", "shop.test"))
                        .environments()
                        .production()
                        .front()
                        .hosts())
                .hasSize(2);
    }

    private static Policy.Approvals people(List<String> person) {
        return new Policy.Approvals(1, HOUR, List.of(person));
    }

    @Test
    void one_person_s_addresses_are_trimmed_and_folded() {
        Policy.Approvals approvals = people(List.of(" Ada@Example.test", "ada@home.test"));

        assertThat(approvals.addressesOf("ada@home.test"))
                .containsExactlyInAnyOrder("ada@example.test", "ada@home.test");
        assertThat(approvals.addressesOf("ben@example.test")).containsExactly("ben@example.test");
    }

    private static Stream<Refusal> listRefusals() {
        Gate tests = gate("tests", "junit", null, SECOND);
        List<Gate> manyGates = IntStream.range(0, 101)
                .mapToObj(number -> gate("gate-" + number, "junit", null, SECOND))
                .toList();
        return Stream.of(
                refusal(() -> policy(List.of(), List.of(), List.of()), "is 0", "1 to 50"),
                refusal(() -> policy(Collections.nCopies(51, ADA), List.of(), List.of()), "is 51", "1 to 50"),
                refusal(() -> policy(List.of(ADA), numbered(51), List.of()), "is 51", "0 to 50"),
                refusal(() -> policy(List.of(ADA), List.of("c".repeat(51)), List.of()), "has 51", "1 to 50"),
                refusal(() -> policy(List.of(ADA), List.of("build", "build"), List.of()), "\"build\"", "stand once"),
                refusal(() -> policy(List.of(ADA), List.of(), manyGates), "is 101", "0 to 100"),
                refusal(() -> policy(List.of(ADA), List.of(), List.of(tests, tests)), "\"tests\"", "stand once"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void a_value_out_of_range_is_refused_with_the_value_and_the_limit(Refusal refusal) {
        refusal.check();
    }

    @Test
    void the_limits_themselves_are_legal() {
        assertThatCode(() -> {
                    var _ = new Step(100, Duration.ZERO);
                    var _ = new Step(1, Duration.ofHours(24));
                    var _ = canary(0.0001, 1, Duration.ZERO, Duration.ofSeconds(10));
                    var _ = canary(0.2, 1_000_000, Duration.ofMinutes(10), Duration.ofDays(7));
                    var _ = canary(0, 1, Collections.nCopies(20, NOT_FOUND));
                    var _ = canary(50, 10, List.of());
                    var _ = new Canary.Detect(100);
                    var _ = new Guardrails(100.0, Collections.nCopies(5, new LatencyLimit(0.5, Duration.ofMinutes(1))));
                    var _ = new Policy.Approvals(0, Duration.ofMinutes(1));
                    var _ = production(Duration.ZERO, Duration.ofSeconds(15));
                    var _ = policy(Collections.nCopies(50, ADA), numbered(50), List.of());
                })
                .doesNotThrowAnyException();
    }

    @Test
    void a_policy_finds_the_gates_of_a_stage() {
        Gate tests = gate("tests", "junit", null, SECOND);

        Policy policy = policy(List.of(ADA), List.of(), List.of(tests));

        assertThat(policy.gates(Stage.PRE_RELEASE)).containsExactly(tests);
        assertThat(policy.gates(Stage.STAGING)).isEmpty();
    }

    @Test
    void a_gate_says_its_rule_in_one_line() {
        List<Threshold> thresholds = List.of(new Threshold("tests.total", ">= 1"), NONE_FAILED);
        HttpProbe probe = new HttpProbe("/health", 200, null, List.of());

        assertThat(gate(thresholds, null, null, List.of()).ruleText()).isEqualTo("tests.total >= 1, tests.failed == 0");
        assertThat(gate(thresholds, "a > b", null, List.of()).ruleText()).endsWith("tests.failed == 0, a > b");
        assertThat(gate(List.of(), "a > b", null, List.of()).ruleText()).isEqualTo("a > b");
        assertThat(gate(List.of(), null, "merge", List.of()).ruleText()).isEqualTo("merge");
        assertThat(gate(List.of(), null, null, List.of(probe)).ruleText()).isEqualTo("1 request answers as expected");
    }

    private static List<Step> steps(int... percents) {
        return IntStream.of(percents)
                .mapToObj(percent -> new Step(percent, SECOND))
                .toList();
    }

    private static Canary canary(double alpha, int answersMin, Duration warmUp, Duration stepWithin) {
        return new Canary(
                Canary.Assign.REQUEST,
                alpha,
                answersMin,
                Canary.OnInconclusive.HOLD,
                warmUp,
                Canary.Traffic.LIVE,
                new Guardrails(5.0, List.of()),
                stepWithin);
    }

    private static Canary canary(int holdBack, double latencyMargin, List<StatusRule> statuses) {
        return new Canary(
                Canary.Assign.REQUEST,
                0.01,
                40,
                Canary.OnInconclusive.HOLD,
                SECOND,
                Canary.Traffic.LIVE,
                new Guardrails(5.0, List.of()),
                HOUR,
                holdBack,
                latencyMargin,
                Canary.LATENCY_DIFFERENCE,
                null,
                statuses);
    }

    private static StatusRule rule(String path, String... errors) {
        return new StatusRule(path, List.of(errors), List.of(), List.of());
    }

    private static Gate gate(String id, @Nullable String evidence, @Nullable String check, Duration within) {
        return new Gate(
                id, "", Stage.PRE_RELEASE, evidence, null, List.of(NONE_FAILED), null, check, List.of(), within);
    }

    private static LicenseList licenses(String... allow) {
        return new LicenseList(List.of(allow), LicenseList.WhenUnknown.INCONCLUSIVE, List.of());
    }

    private static Gate licensed(String evidence, @Nullable LicenseList licenses, @Nullable String scanner) {
        List<Threshold> rule = scanner == null ? List.of() : List.of(NONE_FAILED);
        return new Gate(
                "tests",
                "",
                Stage.PRE_RELEASE,
                evidence,
                null,
                rule,
                null,
                null,
                List.of(),
                SECOND,
                List.of(),
                null,
                licenses,
                scanner,
                null);
    }

    private static Gate gateWithoutRule() {
        return gate(List.of(), null, null, List.of());
    }

    private static Gate gate(
            List<Threshold> rule, @Nullable String cel, @Nullable String check, List<HttpProbe> probes) {
        String evidence = check == null && probes.isEmpty() ? "junit" : null;
        return new Gate("tests", "", Stage.PRE_RELEASE, evidence, null, rule, cel, check, probes, SECOND);
    }

    private static Environments.Production production(Duration bake, Duration stepWithin) {
        List<Step> steps = List.of(new Step(10, Duration.ofSeconds(15)), new Step(100, Duration.ZERO));
        return new Environments.Production(TARGET, Strategy.CANARY, steps, canary(0.01, 40, SECOND, stepWithin), bake);
    }

    private static Policy policy(List<Policy.Contact> contacts, List<String> checks, List<Gate> gates) {
        return policy(
                contacts, checks, gates, new Environments(new Environments.Staging(TARGET), production(SECOND, HOUR)));
    }

    private static Policy hosts(List<String> staging, List<String> production) {
        Environments.Production other = production(SECOND, HOUR);
        return policy(
                List.of(ADA),
                List.of(),
                List.of(),
                new Environments(
                        new Environments.Staging(TARGET, front(staging)),
                        new Environments.Production(
                                TARGET,
                                other.strategy(),
                                other.steps(),
                                other.canary(),
                                other.bake(),
                                front(production))));
    }

    private static Policy policy(
            List<Policy.Contact> contacts, List<String> checks, List<Gate> gates, Environments environments) {
        return new Policy(
                new ApplicationName("hello"),
                new Policy.Source("file:/srv/git/hello.git", "production", "main"),
                contacts,
                new Policy.Approvals(2, HOUR),
                checks,
                gates,
                environments,
                null,
                Policy.OnPush.SUPERSEDE,
                List.of(),
                List.of(),
                List.of(),
                null,
                null,
                List.of(),
                null,
                List.of(),
                List.of(),
                null);
    }

    private static Front front(List<String> hosts) {
        return new Front(hosts, TrafficLimits.DEFAULT, null);
    }

    private static WeeklyFreeze weekly(DayOfWeek... days) {
        return new WeeklyFreeze(List.of(days), LocalTime.NOON, LocalTime.MIDNIGHT, ZoneId.of("UTC"), "rest");
    }

    private static List<String> numbered(int count) {
        return IntStream.range(0, count).mapToObj(number -> "check-" + number).toList();
    }
}
