package dev.slipway.release.saga;

import dev.slipway.contracts.Digest;
import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.QuestionKey;
import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.Sha;
import dev.slipway.contracts.ci.Proposal;
import dev.slipway.contracts.deployment.RolloutStatus;
import dev.slipway.contracts.deployment.RolloutStatus.Phase;
import dev.slipway.contracts.deployment.RolloutStatus.RolloutCause;
import dev.slipway.contracts.deployment.WayBackStatus;
import dev.slipway.contracts.notification.Channel;
import dev.slipway.contracts.notification.DeliveryStatus;
import dev.slipway.contracts.policy.Arrival;
import dev.slipway.contracts.policy.Duty;
import dev.slipway.contracts.policy.Front;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.policy.Stage;
import dev.slipway.contracts.policy.Target;
import dev.slipway.contracts.policy.WaiverRule;
import dev.slipway.contracts.release.Cause;
import dev.slipway.contracts.release.DutyView;
import dev.slipway.contracts.validation.AssessmentStatus;
import dev.slipway.contracts.validation.AssessmentStatus.Outcome;
import dev.slipway.contracts.validation.Excess;
import dev.slipway.contracts.validation.GateVerdict;
import dev.slipway.contracts.validation.JudgedSeconds;
import dev.slipway.contracts.validation.JudgementStatus;
import dev.slipway.messaging.Decision;
import dev.slipway.messaging.Effect;
import dev.slipway.messaging.Message;
import dev.slipway.messaging.Refusal;
import dev.slipway.release.application.Freezes;
import dev.slipway.release.application.Hold;
import dev.slipway.release.application.Launch;
import dev.slipway.release.policy.PolicyReading;
import dev.slipway.release.wiring.Examples;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One release being taken along its way by inputs; starts from what has never been heard of. */
final class Journey {
    static final Instant START = Instant.parse("2026-01-05T10:00:00Z");
    static final ReleaseId ID = new ReleaseId("hello@1.0.0");
    static final ReleaseId BROKEN = new ReleaseId("hello@0.9.9");
    static final Digest OLD = new Digest("sha256:" + "0".repeat(64));
    static final Digest NEW = new Digest("sha256:" + "a".repeat(64));

    private static final PolicyReading.Accepted DEMO = Examples.demoPolicy();

    private final ReleaseSaga saga = new ReleaseSaga(Examples.SAGA_LIMITS);
    private final Policy policy;
    private Dossier dossier = saga.initial(ID.value());
    private Instant now = START;
    private Proposal proposal = Examples.proposal("1.0.0");
    private Decision<Dossier> last = Decision.stay(dossier);
    private long version;

    Journey() {
        this(DEMO.policy());
    }

    Journey(Policy policy) {
        this.policy = policy;
    }

    static Policy demo() {
        return DEMO.policy();
    }

    /** The demo policy with a freeze over the first day. */
    static Policy frozen() {
        Policy demo = DEMO.policy();
        return Examples.policy(
                demo.application(),
                demo.source(),
                demo.contacts(),
                demo.approvals(),
                demo.checks(),
                demo.gates(),
                demo.environments(),
                demo.merge(),
                demo.onPush(),
                List.of(new Policy.Freeze(START, START.plus(Duration.ofDays(1)), "stocktaking")));
    }

    /** A freeze over the first two days. */
    static Freezes freezes() {
        Instant from = START.minus(Duration.ofHours(1));
        return new Freezes(List.of(new Policy.Freeze(from, START.plus(Duration.ofDays(2)), "inventory")), List.of());
    }

    /** The demo's, spoken to in HTTP/2 in production. */
    static Policy reached(Front staging, Front production) {
        Policy demo = demo();
        Policy.Environments.Production there = demo.environments().production();
        Target target = there.target();
        return Examples.policy(
                demo.application(),
                demo.source(),
                demo.contacts(),
                demo.approvals(),
                demo.checks(),
                demo.gates(),
                new Policy.Environments(
                        new Policy.Environments.Staging(
                                demo.environments().staging().target(), staging),
                        new Policy.Environments.Production(
                                new Target(target.type(), target.command(), target.portEnv(), target.health(), true),
                                there.strategy(),
                                there.steps(),
                                there.canary(),
                                there.bake(),
                                production)),
                demo.merge(),
                demo.onPush(),
                demo.freeze());
    }

    /** The demo policy with other approvals, gates and merge. */
    static Policy policy(int approvals, List<Gate> gates, Policy.@Nullable Merge merge) {
        Policy demo = DEMO.policy();
        return Examples.policy(
                demo.application(),
                demo.source(),
                demo.contacts(),
                new Policy.Approvals(approvals, Duration.ofHours(1)),
                List.of(),
                gates,
                demo.environments(),
                merge,
                demo.onPush(),
                demo.freeze());
    }

    Journey take(ReleaseInput input) {
        last = saga.decide(dossier, input, now);
        dossier = last.state();
        return this;
    }

    Journey after(Duration time) {
        now = now.plus(time);
        return this;
    }

    /** The deadline passes, is asked about once more, and passes again. */
    Journey overdue() {
        Wait wait = dossier.state().waits();
        if (wait == null) {
            return take(new ReleaseInput.TimedOut());
        }
        now = wait.until();
        take(new ReleaseInput.TimedOut());
        Wait again = dossier.state().waits();
        if (again != null && again.asked() && !wait.asked()) {
            now = again.until();
            take(new ReleaseInput.TimedOut());
        }
        return this;
    }

    Dossier dossier() {
        return dossier;
    }

    Instant now() {
        return now;
    }

    @Nullable
    Refusal refusal() {
        return last.refusal();
    }

    /** What the journal is told about the last input. */
    @Nullable
    String reason() {
        return last.reason();
    }

    List<Effect> effects() {
        return last.effects();
    }

    Stream<Message> messages() {
        return last.effects().stream()
                .filter(Effect.Send.class::isInstance)
                .map(effect -> ((Effect.Send) effect).message());
    }

    List<String> sent() {
        return messages().map(Message::type).toList();
    }

    /** Another proposal than the usual one, before it is launched. */
    Journey proposing(Proposal other) {
        proposal = other;
        return this;
    }

    Launch launch(@Nullable Cause refused) {
        return new Launch(ID, 1, proposal, Examples.PUBLISHER, policy, DEMO.hash(), START, refused, null, null, 1);
    }

    ReleaseInput assessed(String step, Outcome outcome) {
        Stage stage = switch (step) {
            case Steps.ASSESS_STAGING -> Stage.STAGING;
            case Steps.ASSESS_CANDIDATE -> Stage.CANDIDATE;
            case Steps.ASSESS_PRODUCTION -> Stage.PRODUCTION;
            case Steps.ASSESS_ARRIVAL -> Stage.ARRIVAL;
            default -> Stage.PRE_RELEASE;
        };
        List<Gate> gates = new ArrayList<>(
                switch (stage) {
                    case PRE_RELEASE -> Steps.preRelease(policy);
                    case CANDIDATE -> Steps.candidate(policy);
                    case MERGE, STAGING, PRODUCTION, ARRIVAL, UNKNOWN -> policy.gates(stage);
                });
        List<GateVerdict> verdicts =
                gates.stream().map(gate -> verdict(gate, outcome)).toList();
        return new ReleaseInput.Assessed(
                "validation-service/assessment/" + step,
                ++version,
                new AssessmentStatus(dossier.question(step), outcome, verdicts));
    }

    private static GateVerdict verdict(Gate gate, Outcome outcome) {
        GateVerdict.Verdict verdict = switch (outcome) {
            case PASSED -> GateVerdict.Verdict.PASSED;
            case FAILED -> GateVerdict.Verdict.FAILED;
            case PENDING, INCONCLUSIVE, UNKNOWN -> GateVerdict.Verdict.INCONCLUSIVE;
        };
        boolean complete = outcome != Outcome.PENDING;
        return new GateVerdict(
                gate.id(),
                gate.guide(),
                gate.stage(),
                verdict,
                complete,
                gate.ruleText(),
                "seen",
                "because",
                null,
                null,
                START);
    }

    ReleaseInput rollout(String environment, Phase phase) {
        return rollout(environment, phase, phase == Phase.RESTORED ? OLD : null, false);
    }

    ReleaseInput rollout(String environment, Phase phase, @Nullable Digest running, boolean paused) {
        boolean bad = phase == Phase.RESTORING || phase == Phase.RESTORED;
        RolloutStatus status = new RolloutStatus(
                dossier.question(environment),
                new EnvironmentId(ID.application(), environment),
                phase,
                phase == Phase.STEPPING ? 10 : phase == Phase.BAKING ? 95 : 0,
                phase == Phase.STEPPING ? 1 : phase == Phase.BAKING ? 4 : 0,
                4,
                paused,
                URI.create("http://127.0.0.1:1"),
                bad ? new RolloutCause("worse", "It is worse.", "30 %", "1 %") : null,
                running,
                running == null ? null : "0.9.0",
                null,
                List.of());
        return new ReleaseInput.RolloutChanged(
                "deployment-service/environment/hello/" + environment, ++version, status);
    }

    /** Its turn has come in production's queue, and it is asked whether it is still to begin. */
    ReleaseInput turn() {
        RolloutStatus status = new RolloutStatus(
                dossier.question("production"),
                new EnvironmentId(ID.application(), "production"),
                Phase.WAITING,
                0,
                0,
                4,
                false,
                null,
                new RolloutCause(RolloutStatus.TURN, "Its slot is free", "", ""),
                null,
                null,
                null,
                List.of());
        return new ReleaseInput.RolloutChanged("deployment-service/environment/hello/production", ++version, status);
    }

    /** It waits in production's queue. */
    Journey queued() {
        return rollingOut().take(rollout("production", Phase.WAITING));
    }

    /** The next version of whatever says something. */
    long next() {
        return ++version;
    }

    ReleaseInput wayBack(boolean proven) {
        return new ReleaseInput.WayBackChanged(
                "deployment-service/environment/hello/production",
                ++version,
                new WayBackStatus(
                        new QuestionKey(ID, Steps.WAY_BACK, 1),
                        new EnvironmentId(ID.application(), "production"),
                        proven,
                        "snapshot",
                        OLD,
                        "0.9.0",
                        "looked"));
    }

    /** There is nothing to go back to. */
    ReleaseInput firstRelease() {
        return new ReleaseInput.WayBackChanged(
                "deployment-service/environment/hello/production",
                ++version,
                new WayBackStatus(
                        new QuestionKey(ID, Steps.WAY_BACK, 1),
                        new EnvironmentId(ID.application(), "production"),
                        true,
                        "first-release",
                        null,
                        null,
                        "nothing was there before"));
    }

    /** Production waits for a person, as too few answers came to judge by. */
    ReleaseInput inconclusive() {
        RolloutStatus status = new RolloutStatus(
                dossier.question("production"),
                new EnvironmentId(ID.application(), "production"),
                Phase.STEPPING,
                10,
                1,
                4,
                true,
                URI.create("http://127.0.0.1:1"),
                new RolloutCause("inconclusive", "We cannot know whether it is good", "12 of 40 answers", "30 min"),
                null,
                null,
                null,
                List.of());
        return new ReleaseInput.RolloutChanged("deployment-service/environment/hello/production", ++version, status);
    }

    ReleaseInput approve(String email) {
        List<String> digests = proposal.artifacts().stream()
                .map(artifact -> artifact.digest().value())
                .toList();
        return new ReleaseInput.Approve(email, Examples.SHA, digests, DEMO.hash(), null);
    }

    /** This sha, these digests, this policy. */
    ReleaseInput.Triple triple() {
        List<String> digests = proposal.artifacts().stream()
                .map(artifact -> artifact.digest().value())
                .toList();
        return new ReleaseInput.Triple(Examples.SHA, digests, DEMO.hash());
    }

    /** Its unit tests failed, which people may waive. */
    Journey unwaived() {
        return validating().take(onlyFailed(Steps.ASSESS_PRE_RELEASE, "unit-tests"));
    }

    /** One has asked for it. */
    Journey halfWaived() {
        return unwaived().take(waive("unit-tests", Examples.ADA));
    }

    /** Another one has confirmed it. */
    Journey waived() {
        return halfWaived().take(confirm("unit-tests", Examples.BEN));
    }

    /** The same as {@link #assessed}, but that one gate has failed. */
    ReleaseInput onlyFailed(String step, String gate) {
        AssessmentStatus passed = ((ReleaseInput.Assessed) assessed(step, Outcome.PASSED)).status();
        return only(passed, gate, GateVerdict.Verdict.FAILED, Outcome.FAILED);
    }

    /** The same, but that of one gate nothing can be known. */
    ReleaseInput onlyInconclusive(String step, String gate) {
        AssessmentStatus passed = ((ReleaseInput.Assessed) assessed(step, Outcome.PASSED)).status();
        return only(passed, gate, GateVerdict.Verdict.INCONCLUSIVE, Outcome.INCONCLUSIVE);
    }

    private ReleaseInput only(AssessmentStatus passed, String gate, GateVerdict.Verdict verdict, Outcome outcome) {
        List<GateVerdict> gates = passed.gates().stream()
                .map(each -> each.gate().equals(gate)
                        ? new GateVerdict(
                                each.gate(),
                                each.guide(),
                                each.stage(),
                                verdict,
                                true,
                                each.rule(),
                                "seen",
                                "because",
                                null,
                                null,
                                START)
                        : each)
                .toList();
        return new ReleaseInput.Assessed(
                "validation-service/assessment/" + passed.question().step(),
                ++version,
                new AssessmentStatus(passed.question(), outcome, gates));
    }

    /** The demo policy, whose technical lead may waive these gates for two days. */
    static Policy waivable(String... gates) {
        List<String> named = gates.length == 0 ? List.of("unit-tests") : List.of(gates);
        WaiverRule rule = new WaiverRule(named, List.of("technical-lead"), Duration.ofDays(2), Duration.ofHours(12));
        return Examples.demoPolicy(List.of(rule), demo().retention(), demo().duties());
    }

    /** The demo policy, which asks these duties of people. */
    static Policy dutiful(Duty... duties) {
        return Examples.demoPolicy(demo().waivers(), demo().retention(), List.of(duties));
    }

    /** A duty of DevOps, for two hours. */
    static Duty duty(String id, Duty.Before before, String... fields) {
        return new Duty(id, "Try it", "devops", before, 1, List.of(fields), Duration.ofHours(2));
    }

    ReleaseInput.AnswerDuty answer(String duty, String email, DutyView.Result result) {
        return new ReleaseInput.AnswerDuty(email, duty, result, "tried it", Map.of(), List.of(), triple(), null);
    }

    /** All that is asked of somebody, or one duty, is another's. */
    ReleaseInput.HandOver handOver(String by, String to, @Nullable String duty) {
        return new ReleaseInput.HandOver(by, to, null, duty, "on leave", false, null);
    }

    ReleaseInput waive(String gate, String email) {
        return waive(gate, email, now.plus(Duration.ofDays(1)));
    }

    ReleaseInput waive(String gate, String email, Instant until) {
        return new ReleaseInput.Waive(email, gate, "flaky, see 12", until, triple(), null);
    }

    ReleaseInput confirm(String gate, String email) {
        return new ReleaseInput.ConfirmWaiver(email, gate, triple(), null);
    }

    ReleaseInput withdraw(String gate, String email) {
        return new ReleaseInput.WithdrawWaiver(email, gate, "it loses orders", triple(), null);
    }

    /** Everyone has planned to tell everything. */
    Journey told() {
        int index = dossier.milestones().getLast().index();
        for (Policy.Contact contact : policy.contacts()) {
            told(contact.name(), Channel.SLACK, contact.slack(), index);
            told(contact.name(), Channel.EMAIL, contact.email(), index);
        }
        return this;
    }

    private void told(String contact, Channel channel, @Nullable String address, int index) {
        if (address != null) {
            take(new ReleaseInput.Told("n", ++version, new DeliveryStatus(ID, contact, channel, address, index, 1, 0)));
        }
    }

    Journey proposed() {
        return take(new ReleaseInput.Launched(launch(null)));
    }

    Journey validating() {
        return proposed().take(new ReleaseInput.RevisionRead(List.of(Examples.AUTHOR)));
    }

    Journey awaitingApproval() {
        return validating().take(assessed(Steps.ASSESS_PRE_RELEASE, Outcome.PASSED));
    }

    Journey staging() {
        return awaitingApproval().take(approve(Examples.ADA)).take(approve(Examples.BEN));
    }

    Journey verifyingStaging() {
        return staging().take(rollout("staging", Phase.FULL));
    }

    Journey confirmingStaging() {
        return verifyingStaging().take(assessed(Steps.ASSESS_STAGING, Outcome.PASSED));
    }

    Journey candidate() {
        return confirmingStaging().candidateNow();
    }

    Journey candidateNow() {
        return take(rollout("staging", Phase.VERIFIED));
    }

    Journey stepping() {
        return rollingOut().take(rollout("production", Phase.STEPPING));
    }

    /** Nothing but Git is waited for before production. */
    Journey looking() {
        return candidate().take(wayBack(true)).take(assessed(Steps.ASSESS_CANDIDATE, Outcome.PASSED));
    }

    Journey rollingOut() {
        return looking().seen();
    }

    /** Git shows the revision, once more. */
    Journey seen() {
        return take(new ReleaseInput.RevisionRead(List.of(Examples.AUTHOR), List.of(), List.of("production")));
    }

    Journey baking() {
        return stepping().after(Duration.ofSeconds(1)).take(rollout("production", Phase.BAKING));
    }

    /** Production has seen enough: gates are asked if the policy has any, else production confirms. */
    Journey baked() {
        return baking().after(Duration.ofSeconds(10)).take(rollout("production", Phase.FULL));
    }

    Journey confirmingProduction() {
        return baked();
    }

    Journey merging() {
        return confirmingProduction().take(rollout("production", Phase.VERIFIED));
    }

    Journey completed() {
        return merging().take(new ReleaseInput.Merged(new Sha("2".repeat(40))));
    }

    /** The demo policy, whose releases have to be found at their download page and by their tag. */
    static Policy published() {
        List<Gate> gates = new ArrayList<>(demo().gates());
        gates.add(arrival(
                "download",
                new Arrival(
                        "https://downloads.example.test/hello/{version}",
                        null,
                        null,
                        null,
                        200,
                        null,
                        "{digest}",
                        null,
                        Arrival.EVERY_DEFAULT)));
        gates.add(arrival(
                "tag", new Arrival(null, null, "v{version}", null, 200, null, null, null, Arrival.EVERY_DEFAULT)));
        return policy(2, gates, demo().merge());
    }

    private static Gate arrival(String id, Arrival arrival) {
        return Gate.of(id, "Publishing", arrival, Duration.ofHours(1));
    }

    /** What was published is looked for. */
    Journey arriving() {
        return merging().take(new ReleaseInput.Merged(new Sha("2".repeat(40))));
    }

    Journey needsOperatorForArrival() {
        return arriving().take(assessed(Steps.ASSESS_ARRIVAL, Outcome.INCONCLUSIVE));
    }

    Journey rollback() {
        Launch standard = launch(null);
        Launch back = new Launch(
                ID,
                5,
                standard.proposal(),
                "op@example.test",
                policy,
                standard.policyHash(),
                START,
                null,
                new Launch.Rollback("1.1.0", policy.environments().staging().target(), "orders are lost"),
                null,
                1);
        return take(new ReleaseInput.Launched(back));
    }

    /** Proposed by an operator to fix {@link #BROKEN}. */
    Journey fixing() {
        Launch standard = launch(null);
        Proposal proposal = standard.proposal();
        Proposal fix = new Proposal(
                proposal.application(), proposal.version(), proposal.sha(), proposal.artifacts(), BROKEN.value());
        return take(new ReleaseInput.Launched(new Launch(
                ID, 2, fix, standard.publisher(), policy, standard.policyHash(), START, null, null, null, 1)));
    }

    Journey held(Hold.Kind kind) {
        return take(new ReleaseInput.HoldChanged(new Hold(BROKEN, kind, 0)));
    }

    ReleaseInput worse() {
        JudgementStatus status = new JudgementStatus(
                dossier.question("production"),
                new EnvironmentId(ID.application(), "production"),
                true,
                4,
                new JudgementStatus.Worse("comparison", "errors", "9 %", "1 %"),
                JudgementStatus.SideCounts.NONE,
                JudgementStatus.SideCounts.NONE,
                "");
        return new ReleaseInput.Judged("validation-service/judgement/hello/production", ++version, status);
    }

    /** What the judge says of production: a hundred answers beside a hundred of the version before, so many of its own bad. */
    JudgementStatus judged(boolean worse, boolean ended, Excess... excess) {
        JudgementStatus.SideCounts counts = new JudgementStatus.SideCounts(100, 0, 0);
        return new JudgementStatus(
                dossier.question("production"),
                new EnvironmentId(ID.application(), "production"),
                true,
                0,
                worse ? new JudgementStatus.Worse("comparison", "errors", "9 %", "1 %") : null,
                counts,
                counts,
                "",
                List.of(),
                null,
                null,
                List.of(excess),
                ended,
                List.of());
    }

    ReleaseInput judged(JudgementStatus word) {
        return new ReleaseInput.Judged("validation-service/judgement/hello/production", ++version, word);
    }

    /** A status of production's rollout with what the judge says. */
    ReleaseInput rollout(Phase phase, boolean paused, JudgementStatus word) {
        RolloutStatus status = ((ReleaseInput.RolloutChanged)
                        rollout("production", phase, phase == Phase.RESTORED ? OLD : null, paused))
                .status();
        return new ReleaseInput.RolloutChanged(
                "deployment-service/environment/hello/production", ++version, status.withJudgement(word));
    }

    /** A status of production's rollout that says what the judge's word rests on. */
    ReleaseInput stepping(JudgedSeconds stored) {
        JudgementStatus word = new JudgementStatus(
                dossier.question("production"),
                new EnvironmentId(ID.application(), "production"),
                true,
                1,
                null,
                JudgementStatus.SideCounts.NONE,
                JudgementStatus.SideCounts.NONE,
                "");
        RolloutStatus status = ((ReleaseInput.RolloutChanged) rollout("production", Phase.STEPPING)).status();
        return new ReleaseInput.RolloutChanged(
                "deployment-service/environment/hello/production", ++version, status.withJudgement(word.over(stored)));
    }

    Journey restoring() {
        return verifyingStaging().take(assessed(Steps.ASSESS_STAGING, Outcome.FAILED));
    }

    Journey rollingBack() {
        return rollingOut().take(rollout("production", Phase.STEPPING)).take(rollout("production", Phase.RESTORING));
    }

    Journey needsOperatorForStaging() {
        return restoring().overdue();
    }

    Journey needsOperatorForProduction() {
        return rollingBack().overdue();
    }

    Journey nothingToRestore() {
        return rollingBack().take(rollout("production", Phase.RESTORED, null, false));
    }

    Journey needsOperatorForConfirming() {
        return confirmingProduction().overdue();
    }

    Journey needsOperatorForMerging() {
        return merging()
                .take(new ReleaseInput.MergeRefused("Branch main conflicts with the release; merge it by hand."));
    }
}
