package dev.slipway.contracts;

import static dev.slipway.contracts.Refusal.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.slipway.contracts.ci.CheckFinished;
import dev.slipway.contracts.ci.Proposal;
import dev.slipway.contracts.policy.Canary;
import dev.slipway.contracts.traffic.LatencyBuckets;
import dev.slipway.contracts.traffic.TrafficSample.Counts;
import dev.slipway.contracts.traffic.TrafficSample.FirstAnswer;
import dev.slipway.contracts.traffic.TrafficSample.VersionCounts;
import dev.slipway.contracts.traffic.TrafficTable;
import dev.slipway.contracts.traffic.TrafficTable.Share;
import dev.slipway.contracts.validation.Judge;
import dev.slipway.contracts.validation.JudgementStatus;
import dev.slipway.contracts.validation.JudgementStatus.SideCounts;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RangesTest {
    private static final ApplicationName HELLO = new ApplicationName("hello");
    private static final Sha SHA = new Sha("9f2c4be1a07d35c68e11d0b7a4f95d2236c8e0ab");
    private static final Digest DIGEST = new Digest("sha256:" + "4b1e0f7a".repeat(8));
    private static final EnvironmentId PRODUCTION = new EnvironmentId(HELLO, "production");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final FirstAnswer FIRST = new FirstAnswer(1, false, false, 1);
    private static final Artifact ARTIFACT = new Artifact(URI.create("file:/srv/builds/hello.jar"), DIGEST);

    static Stream<Refusal> refusals() {
        return Stream.of(
                refusal(() -> new ApplicationName("Hello"), "\"Hello\"", "1 to 63 lower-case"),
                refusal(() -> new ApplicationName("a".repeat(64)), "aaa...", "1 to 63"),
                refusal(() -> new ApplicationName("a-"), "\"a-\"", "inner hyphens"),
                refusal(() -> new ApplicationName("a\nb"), "\"a?b\"", "lower-case letters"),
                refusal(() -> new ApplicationName(""), "\"\"", "1 to 63"),
                refusal(() -> new Digest("sha256:4b1e"), "\"sha256:4b1e\"", "64 lower-case hexadecimal"),
                refusal(() -> new Digest("md5:" + "0".repeat(64)), "md5:", "sha256:"),
                refusal(() -> new Digest("sha256:" + "A".repeat(64)), "AAA", "lower-case"),
                refusal(() -> new Sha("9f2c4be"), "\"9f2c4be\"", "40 (or 64)"),
                refusal(() -> new Sha("g".repeat(40)), "ggg", "hexadecimal"),
                refusal(() -> new Sha("0".repeat(50)), "000", "40 (or 64)"),
                refusal(() -> new ReleaseId("a@"), "2", "3 to 200"),
                refusal(() -> new ReleaseId("a@" + "1".repeat(199)), "201", "3 to 200"),
                refusal(() -> new ReleaseId("hello-1.0.0"), "\"hello-1.0.0\"", "application@version"),
                refusal(() -> new ReleaseId("hello@1/0"), "\"hello@1/0\"", "application@version"),
                refusal(() -> new ReleaseId("Hello@1.0.0"), "\"Hello\"", "lower-case"),
                refusal(() -> question("", 1), "0", "1 to 40"),
                refusal(() -> question("s".repeat(41), 1), "41", "1 to 40"),
                refusal(() -> question("staging/1", 1), "\"staging/1\"", "no slash"),
                refusal(() -> question("staging", 0), "0", "1 or more"),
                refusal(() -> QuestionKey.parse("hello@1.0.0/staging"), "hello@1.0.0/staging", "release/step/attempt"),
                refusal(() -> QuestionKey.parse("hello@1.0.0/staging/x"), "\"x\"", "a number from 1"),
                refusal(() -> new EnvironmentId(HELLO, "test"), "\"test\"", "staging or production"),
                refusal(() -> EnvironmentId.parse("hello"), "\"hello\"", "application/environment"),
                refusal(() -> artifact("ftp://example.test/a.jar"), "ftp://example.test/a.jar", "file: or https:"),
                refusal(() -> artifact("https://example.test/" + "a".repeat(2000)), "2021", "1 to 2000"),
                refusal(() -> proposal("", List.of(ARTIFACT)), "0", "1 to 100"),
                refusal(() -> proposal("1".repeat(101), List.of(ARTIFACT)), "101", "1 to 100"),
                refusal(() -> proposal("1.0.0", List.of()), "there are 0", "1 to 20"),
                refusal(() -> proposal("1.0.0", Collections.nCopies(21, ARTIFACT)), "there are 21", "1 to 20"),
                refusal(() -> new CheckFinished(HELLO, SHA, "", null), "0", "1 to 200"),
                refusal(() -> new CheckFinished(HELLO, SHA, "build", 0), "0", "1 to 1000000"),
                refusal(() -> new Topics.Topic("t", 0, false), "0", "1 to 100"),
                refusal(() -> new Topics.Topic("t", 101, false), "101", "1 to 100"),
                refusal(() -> table(90, 9), "99", "100 %"),
                refusal(() -> table(100, 1), "101", "100 %"),
                refusal(() -> share(-1), "-1", "0 to 100"),
                refusal(() -> share(101), "101", "0 to 100"),
                refusal(() -> new Counts(-1, 0, List.of()), "-1", "0 to"),
                refusal(() -> new Counts(3, 4, List.of()), "4", "0 to 3"),
                refusal(() -> new Counts(1, 0, Collections.nCopies(LatencyBuckets.COUNT + 1, 0L)), "119", "0 to 118"),
                refusal(() -> new Counts(3, 1, 3, List.of(), Map.of()), "3", "0 to 2"),
                refusal(() -> new Counts(3, 1, 0, List.of(), kinds(33)), "33", "0 to 32"),
                refusal(() -> new FirstAnswer(65_536, false, false, 0), "65536", "0 to 65535"),
                refusal(() -> new FirstAnswer(0, false, false, 118), "118", "0 to 117"),
                refusal(() -> new FirstAnswer(0, false, false, 1, true), "1", "0 to 0"),
                refusal(
                        () -> new VersionCounts("k", Counts.NONE, Counts.NONE, Collections.nCopies(1001, FIRST)),
                        "1001",
                        "0 to 1000"),
                refusal(() -> judge(52, HOUR), "52", "0 to 51"),
                refusal(() -> judge(1, Duration.ZERO), "0 s", "1 s to 366 d"),
                refusal(() -> judged(52, List.of()), "52", "0 to 51"),
                refusal(() -> judged(1, Collections.nCopies(21, "x")), "21", "0 to 20"),
                refusal(() -> new SideCounts(1, 0, 0, 0, kinds(33)), "33", "0 to 32"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void a_value_out_of_range_is_refused_with_the_value_and_the_limit(Refusal refusal) {
        refusal.check();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "hello", "hello-2", "a23456789012345678901234567890123456789012345678901234567890123"})
    void an_application_name_is_a_dns_label(String name) {
        assertThat(new ApplicationName(name)).hasToString(name);
    }

    @Test
    void the_limits_themselves_are_legal() {
        assertThatCode(() -> {
                    var _ = new Sha("0".repeat(64));
                    var _ = new ReleaseId("a@1");
                    var _ = new ReleaseId("a@" + "1".repeat(198));
                    var _ = question("s".repeat(40), Integer.MAX_VALUE);
                    var _ = proposal("1".repeat(100), Collections.nCopies(20, ARTIFACT));
                    var _ = table(0, 100);
                    var _ = new Counts(3, 3, Collections.nCopies(LatencyBuckets.COUNT, 0L));
                    var _ = new Counts(3, 1, 2, List.of(), kinds(32));
                    var _ = new FirstAnswer(65_535, true, false, 117);
                    var _ = new VersionCounts("k", Counts.NONE, Counts.NONE, Collections.nCopies(1000, FIRST));
                    var _ = judge(51, Duration.ofDays(366));
                    var _ = judged(51, Collections.nCopies(20, "x"));
                })
                .doesNotThrowAnyException();
    }

    @Test
    void an_empty_traffic_table_says_that_nothing_serves() {
        assertThat(table().shares()).isEmpty();
    }

    @Test
    void a_question_is_the_same_after_it_was_written_as_text() {
        QuestionKey question = new QuestionKey(new ReleaseId("hello@1.0.0-rc.1+7"), "assess-pre-release", 2);

        assertThat(QuestionKey.parse(question.toString())).isEqualTo(question);
    }

    @Test
    void a_list_that_its_maker_changes_later_stays_as_it_was_in_the_record() {
        List<Artifact> artifacts = new java.util.ArrayList<>(List.of(ARTIFACT));

        Proposal proposal = proposal("1.0.0", artifacts);
        artifacts.clear();

        assertThat(proposal.artifacts()).containsExactly(ARTIFACT);
    }

    private static QuestionKey question(String step, int attempt) {
        return new QuestionKey(new ReleaseId("hello@1.0.0"), step, attempt);
    }

    private static Artifact artifact(String uri) {
        return new Artifact(URI.create(uri), DIGEST);
    }

    private static Proposal proposal(String version, List<Artifact> artifacts) {
        return new Proposal(HELLO, version, SHA, artifacts, null);
    }

    private static Map<String, Long> kinds(int number) {
        return IntStream.range(0, number).boxed().collect(Collectors.toMap(kind -> "k" + kind, _ -> 0L));
    }

    private static Judge judge(int step, Duration planned) {
        Canary rules = new Canary(
                Canary.Assign.REQUEST,
                0.01,
                40,
                Canary.OnInconclusive.HOLD,
                Duration.ZERO,
                Canary.Traffic.LIVE,
                new Canary.Guardrails(null, List.of()),
                HOUR);
        return new Judge(question("production", 1), PRODUCTION, "b", "a", step, 10, HOUR, 1, rules, planned);
    }

    private static JudgementStatus judged(int passedStep, List<String> notes) {
        return new JudgementStatus(
                question("production", 1),
                PRODUCTION,
                true,
                passedStep,
                null,
                SideCounts.NONE,
                SideCounts.NONE,
                "",
                notes,
                null,
                null,
                List.of(),
                false,
                List.of());
    }

    private static TrafficTable table(int... percents) {
        List<Share> shares =
                java.util.Arrays.stream(percents).mapToObj(RangesTest::share).toList();
        return new TrafficTable(
                new EnvironmentId(HELLO, "production"), 1, Instant.EPOCH, Canary.Assign.REQUEST, null, shares, null);
    }

    private static Share share(int percent) {
        return new Share("hello@1.0.0/production/1", "1.0.0", DIGEST, URI.create("http://127.0.0.1:8080"), percent);
    }
}
