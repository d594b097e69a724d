package dev.slipway.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.Digest;
import dev.slipway.contracts.Sha;
import dev.slipway.contracts.deployment.RolloutStatus;
import dev.slipway.contracts.policy.Arrival;
import dev.slipway.contracts.policy.Filling;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.MetricRule;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.policy.StableRuns;
import dev.slipway.contracts.policy.Stage;
import dev.slipway.contracts.release.GuideView;
import dev.slipway.contracts.release.GuideView.LineState;
import dev.slipway.contracts.release.Milestone;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.git.Git;
import dev.slipway.git.GitOptions;
import dev.slipway.git.GitProgram;
import dev.slipway.platform.Pace;
import dev.slipway.release.policy.PolicyReader;
import dev.slipway.release.policy.PolicyReading;
import dev.slipway.release.saga.GuideStates;
import dev.slipway.release.saga.ReleaseInput;
import dev.slipway.validation.arrival.Arrivals;
import dev.slipway.validation.arrival.Fetching;
import dev.slipway.validation.arrival.RemoteTags;
import dev.slipway.validation.assessment.ArrivalCheck;
import dev.slipway.validation.assessment.ProbeAnswer;
import dev.slipway.validation.evidence.EvidenceReaders;
import dev.slipway.validation.evidence.JUnitReader;
import dev.slipway.validation.rule.Rules;
import dev.slipway.validation.rule.Ruling;
import dev.slipway.web.guard.Guarded;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.timelimiter.TimeLimiterConfig;
import io.github.resilience4j.timelimiter.TimeLimiterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/**
 * What {@link LedgerReleases} go through, without a Slipway that runs: their policy, their reports as the service reads them, their
 * registry as the service asks it, and one that may only go forward on the shipped cores.
 */
class LedgerTest {
    private static final Sha SHA = new Sha("a".repeat(40));
    private static final Duration PATIENCE = Pace.patience(Duration.ofSeconds(10));
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final byte[] RELEASED = OciRegistry.manifest("1.0.0");
    private static final String WHY = "orders are rewritten";
    private static final String BAD = "1.1.0";
    private static final String REPAIR = "1.1.1";
    private static final int SECONDS_MAX = 300;

    private final OciRegistry registry = new OciRegistry();
    private final Policy policy = policy();

    @AfterEach
    void close() {
        registry.close();
    }

    private Policy policy() {
        String yaml = LedgerPolicy.yaml("file:///srv/ledger.git", registry.host());
        PolicyReading reading = new PolicyReader(1 << 16).read(yaml.getBytes(StandardCharsets.UTF_8));
        assertThat(reading).as(reading.toString()).isInstanceOf(PolicyReading.Accepted.class);
        return ((PolicyReading.Accepted) reading).policy();
    }

    private Gate gate(String id) {
        return policy.gates().stream()
                .filter(gate -> gate.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void its_policy_asks_for_what_its_releases_rest_on() {
        assertThat(gate("stable").stability()).isEqualTo(new StableRuns(LedgerPolicy.RUNS));
        assertThat(gate("queue").stage()).isEqualTo(Stage.STAGING);
        assertThat(gate("queue").metrics()).extracting(MetricRule::name).containsExactly("ledger_queue_depth");
        assertThat(Objects.requireNonNull(policy.forwardOnly()).ask()).containsExactly("devops");
    }

    // ---- reports

    private Ruling judged(String id, String report) throws Exception {
        Gate gate = gate(id);
        EvidenceReaders readers = EvidenceReaders.shipped(new JUnitReader.Limits(32, 10_000));
        return Rules.judge(
                gate,
                readers.of(Objects.requireNonNull(gate.evidence()))
                        .orElseThrow()
                        .read(report.getBytes(StandardCharsets.UTF_8), "report")
                        .facts());
    }

    @Test
    void what_scanners_find_breaks_the_rule_and_a_scan_that_found_nothing_keeps_it() throws Exception {
        assertThat(judged("scan", LedgerEvidence.findings(false))).isInstanceOf(Ruling.Holds.class);
        assertThat(judged("scan", LedgerEvidence.findings(true))).isInstanceOf(Ruling.Breaks.class);
        assertThat(judged("vulnerabilities", LedgerEvidence.parts(false))).isInstanceOf(Ruling.Holds.class);
        assertThat(judged("vulnerabilities", LedgerEvidence.parts(true))).isInstanceOf(Ruling.Breaks.class);
        assertThat(judged("stable", LedgerEvidence.tests(1, true)))
                .as("nobody knows from one report how stable tests are")
                .isInstanceOf(Ruling.Unknown.class);
        assertThat(judged("stable", LedgerEvidence.tests(1, false))).isInstanceOf(Ruling.Breaks.class);
    }

    // ---- an image

    private ProbeAnswer looked() throws InterruptedException {
        Filling facts = Filling.first(
                Map.of("version", "1.0.0", "digests.image", Digest.of(RELEASED).value()));
        Arrival image = facts.arrival(Objects.requireNonNull(gate("image").arrival()));
        Fetching.Limits limits = new Fetching.Limits(Set.of(registry.host()), PATIENCE, PATIENCE, 100_000, 100_000, 0);
        Guarded guard = new Guarded(
                "git",
                CircuitBreakerRegistry.ofDefaults(),
                BulkheadRegistry.ofDefaults(),
                TimeLimiterRegistry.of(
                        TimeLimiterConfig.custom().timeoutDuration(PATIENCE).build()));
        try (Git git = new Git(GitProgram.find(), GitOptions.ofThisUser());
                Arrivals arrivals = new Arrivals(
                        new Fetching(limits, Bulkhead.ofDefaults("arrival")),
                        new RemoteTags(git, guard),
                        (_, _) -> List.of(),
                        JsonMapper.shared())) {
            return arrivals.look(new ArrivalCheck.Looked(0, image, policy.source(), SHA, null, false));
        }
    }

    @Test
    void an_image_is_the_released_one_by_its_bytes_whatever_the_registry_says_of_them() throws Exception {
        assertThat(looked())
                .isInstanceOfSatisfying(
                        ProbeAnswer.Unanswered.class,
                        none -> assertThat(none.why()).contains("is not there so far: the registry answers 404"));
        byte[] other = OciRegistry.manifest("0.9.0");
        registry.push(LedgerPolicy.IMAGE, "1.0.0", other, Digest.of(RELEASED));
        assertThat(looked())
                .isInstanceOfSatisfying(
                        ProbeAnswer.Unexpected.class,
                        wrong -> assertThat(wrong.why())
                                .contains(
                                        "is %s, and %s is released".formatted(Digest.of(other), Digest.of(RELEASED))));

        registry.push(LedgerPolicy.IMAGE, "1.0.0", RELEASED);

        assertThat(looked()).isInstanceOf(ProbeAnswer.AsExpected.class);
        assertThat(registry.asked(LedgerPolicy.IMAGE, "1.0.0"))
                .as("each time by a token")
                .isEqualTo(3);
    }

    // ---- what may only go forward

    private static void approve(ServicesTogether together, String version) {
        ReleaseInput.Triple exactly = GuidedReleases.exactly(together.dossier(version));
        together.said(
                version,
                new ReleaseInput.Approve(
                        LedgerPolicy.BEN, exactly.sha(), exactly.digests(), exactly.policyHash(), null));
    }

    private static void reaches(ServicesTogether together, String version, ReleasePhase phase) {
        for (int second = 0; second < SECONDS_MAX && together.phase(version) != phase; second++) {
            together.pass(SECOND);
        }
        assertThat(together.phase(version)).isEqualTo(phase);
    }

    private static Map<String, LineState> lines(ServicesTogether together, String version) {
        return GuideStates.of(together.dossier(version)).lines().stream()
                .collect(Collectors.toMap(GuideView.Line::id, GuideView.Line::state));
    }

    private ServicesTogether held() {
        ServicesTogether together = new ServicesTogether(policy);
        together.propose("1.0.0", 1);
        reaches(together, "1.0.0", ReleasePhase.AWAITING_APPROVAL);
        approve(together, "1.0.0");
        reaches(together, "1.0.0", ReleasePhase.COMPLETED);
        assertThat(lines(together, "1.0.0").values()).containsOnly(LineState.PASSED, LineState.DOES_NOT_APPLY);
        together.newVersionFails(100);
        together.propose(BAD, 2, Map.of("forwardOnly", WHY));
        reaches(together, BAD, ReleasePhase.AWAITING_APPROVAL);
        approve(together, BAD);
        for (int second = 0; second < SECONDS_MAX && !isHeld(together); second++) {
            together.pass(SECOND);
        }
        return together;
    }

    private static boolean isHeld(ServicesTogether together) {
        return together.dossier(BAD).state().phase() == ReleasePhase.ROLLING_OUT
                && together.told(BAD).contains(Milestone.Kind.PAUSED);
    }

    @Test
    void where_it_is_worse_production_keeps_its_share_for_as_long_as_nobody_says_anything() {
        ServicesTogether together = held();

        together.pass(Duration.ofMinutes(2));

        assertThat(together.phase(BAD)).isEqualTo(ReleasePhase.ROLLING_OUT);
        RolloutStatus status = together.rollout(BAD);
        assertThat(status.paused()).isTrue();
        assertThat(status.trafficPercent()).isEqualTo(50);
        assertThat(Objects.requireNonNull(status.cause()).text()).contains("worse", "errors");
        assertThat(together.told(BAD)).doesNotContain(Milestone.Kind.ROLLING_BACK, Milestone.Kind.ROLLED_BACK);
        assertThat(lines(together, BAD)).containsEntry("back", LineState.DOES_NOT_APPLY);
    }

    @Test
    void a_newer_version_that_repairs_it_takes_its_place() {
        ServicesTogether together = held();
        together.newVersionFails(0);
        together.propose(REPAIR, 3, Map.of("fixes", "hello@" + BAD));
        reaches(together, REPAIR, ReleasePhase.AWAITING_APPROVAL);
        approve(together, REPAIR);

        reaches(together, REPAIR, ReleasePhase.COMPLETED);

        assertThat(together.phase(BAD)).isEqualTo(ReleasePhase.SUPERSEDED);
        assertThat(Objects.requireNonNull(together.dossier(BAD).disruption()).text())
                .startsWith("Users of 1.1.0 had ");
        assertThat(together.rollout(REPAIR).notes())
                .anyMatch(note -> note.contains("it repairs hello@" + BAD) && note.contains("takes its place at 50 %"));
    }
}
