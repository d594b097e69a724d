package dev.slipway.release.saga;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.Digest;
import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.Sha;
import dev.slipway.contracts.deployment.RolloutStatus.Phase;
import dev.slipway.contracts.notification.Channel;
import dev.slipway.contracts.notification.DeliveryStatus;
import dev.slipway.contracts.policy.Announcing;
import dev.slipway.contracts.policy.Duty;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.policy.Stage;
import dev.slipway.contracts.policy.WaiverRule;
import dev.slipway.contracts.release.DutyView;
import dev.slipway.contracts.release.RetroView;
import dev.slipway.contracts.validation.AssessmentStatus.Outcome;
import dev.slipway.release.application.Freezes;
import dev.slipway.release.application.Hold;
import dev.slipway.release.wiring.Examples;
import dev.slipway.testkit.ClassDoc;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the class doc of {@link ReleaseSaga}, which lists every (state, input) pair, against the code. */
final class SagaMatrixTest {
    private static final String OP = "user:op@example.test";

    /** A state as the demo policy comes to it, with the steps whose answers concern it. */
    private record Sample(String name, Supplier<Journey> journey, String assessment, String environment) {}

    private static Policy withProductionGate() {
        List<Gate> gates = new ArrayList<>(Journey.demo().gates());
        Gate smoke = gates.get(2);
        gates.add(new Gate(
                "live", "", Stage.PRODUCTION, null, null, List.of(), null, null, smoke.http(), Duration.ofMinutes(5)));
        return Journey.policy(2, gates, Journey.demo().merge());
    }

    private static final List<Sample> SAMPLES = List.of(
            new Sample("UNHEARD", Journey::new, Steps.ASSESS_PRE_RELEASE, "staging"),
            new Sample("PROPOSED", () -> new Journey().proposed(), Steps.ASSESS_PRE_RELEASE, "staging"),
            new Sample("VALIDATING", () -> new Journey().validating(), Steps.ASSESS_PRE_RELEASE, "staging"),
            new Sample(
                    "VALIDATING, a waiver is awaited",
                    () -> new Journey(Journey.waivable()).unwaived(),
                    Steps.ASSESS_PRE_RELEASE,
                    "staging"),
            new Sample(
                    "VALIDATING, a waiver is asked for",
                    () -> new Journey(Journey.waivable()).halfWaived(),
                    Steps.ASSESS_PRE_RELEASE,
                    "staging"),
            new Sample(
                    "AWAITING_APPROVAL, one missing", SagaMatrixTest::oneMissing, Steps.ASSESS_PRE_RELEASE, "staging"),
            new Sample(
                    "AWAITING_APPROVAL, a gate is waived",
                    () -> new Journey(Journey.waivable()).waived(),
                    Steps.ASSESS_PRE_RELEASE,
                    "staging"),
            new Sample(
                    "AWAITING_APPROVAL, a duty is open",
                    () -> dutiful(Duty.Before.STAGING).awaitingApproval(),
                    Steps.ASSESS_PRE_RELEASE,
                    "staging"),
            new Sample(
                    "AWAITING_APPROVAL, a duty that failed may be waived",
                    SagaMatrixTest::failedWaivable,
                    Steps.ASSESS_PRE_RELEASE,
                    "staging"),
            new Sample(
                    "AWAITING_APPROVAL, the vote is open", SagaMatrixTest::open, Steps.ASSESS_PRE_RELEASE, "staging"),
            new Sample("STAGING, rolling out", () -> new Journey().staging(), Steps.ASSESS_STAGING, "staging"),
            new Sample("STAGING, verifying", () -> new Journey().verifyingStaging(), Steps.ASSESS_STAGING, "staging"),
            new Sample("STAGING, confirming", () -> new Journey().confirmingStaging(), Steps.ASSESS_STAGING, "staging"),
            new Sample(
                    "CANDIDATE, held",
                    () -> new Journey().confirmingStaging().held(Hold.Kind.HELD).candidateNow(),
                    Steps.ASSESS_CANDIDATE,
                    "production"),
            new Sample(
                    "CANDIDATE, frozen",
                    () -> new Journey(Journey.frozen()).candidate(),
                    Steps.ASSESS_CANDIDATE,
                    "production"),
            new Sample(
                    "CANDIDATE, staging has not had it for long enough",
                    () -> new Journey(StayTest.policy("")).candidate(),
                    Steps.ASSESS_CANDIDATE,
                    "production"),
            new Sample(
                    "CANDIDATE, a duty is open",
                    () -> dutiful(Duty.Before.PRODUCTION).candidate(),
                    Steps.ASSESS_CANDIDATE,
                    "production"),
            new Sample("CANDIDATE, way back proven", SagaMatrixTest::proven, Steps.ASSESS_CANDIDATE, "production"),
            new Sample(
                    "CANDIDATE, nothing but Git is waited for",
                    () -> new Journey().looking(),
                    Steps.ASSESS_CANDIDATE,
                    "production"),
            new Sample(
                    "ROLLING_OUT, not begun", () -> new Journey().rollingOut(), Steps.ASSESS_PRODUCTION, "production"),
            new Sample(
                    "ROLLING_OUT, a freeze is on, not begun",
                    () -> new Journey().rollingOut().take(new ReleaseInput.FreezesChanged(Journey.freezes())),
                    Steps.ASSESS_PRODUCTION,
                    "production"),
            new Sample(
                    "ROLLING_OUT, its turn in production's queue",
                    SagaMatrixTest::turn,
                    Steps.ASSESS_PRODUCTION,
                    "production"),
            new Sample(
                    "ROLLING_OUT, not shown by Git at its turn",
                    () -> turn().take(new ReleaseInput.RevisionRefused("gone")),
                    Steps.ASSESS_PRODUCTION,
                    "production"),
            new Sample("ROLLING_OUT, stepping", () -> new Journey().stepping(), Steps.ASSESS_PRODUCTION, "production"),
            new Sample(
                    "ROLLING_OUT, held as it may only go forward",
                    ForwardOnlyTest::held,
                    Steps.ASSESS_PRODUCTION,
                    "production"),
            new Sample(
                    "ROLLING_OUT, begun though not shown by Git, and it may only go forward",
                    () -> ForwardOnlyTest.unshown(Phase.STEPPING),
                    Steps.ASSESS_PRODUCTION,
                    "production"),
            new Sample(
                    "ROLLING_OUT, a rollback", () -> new Journey().rollback(), Steps.ASSESS_PRODUCTION, "production"),
            new Sample("BAKING, watching", () -> new Journey().baking(), Steps.ASSESS_PRODUCTION, "production"),
            new Sample(
                    "BAKING, verifying",
                    () -> new Journey(withProductionGate()).baked(),
                    Steps.ASSESS_PRODUCTION,
                    "production"),
            new Sample(
                    "BAKING, a gate did not pass, and it may only go forward",
                    ForwardOnlyTest::heldByGates,
                    Steps.ASSESS_PRODUCTION,
                    "production"),
            new Sample(
                    "BAKING, a duty is open",
                    () -> dutiful(Duty.Before.END).baked(),
                    Steps.ASSESS_PRODUCTION,
                    "production"),
            new Sample(
                    "BAKING, confirming",
                    () -> new Journey().confirmingProduction(),
                    Steps.ASSESS_PRODUCTION,
                    "production"),
            new Sample("MERGING", () -> new Journey().merging(), Steps.ASSESS_PRODUCTION, "production"),
            new Sample(
                    "MERGING, what was published is looked for",
                    () -> new Journey(Journey.published()).arriving(),
                    Steps.ASSESS_ARRIVAL,
                    "production"),
            new Sample("RESTORING", () -> new Journey().restoring(), Steps.ASSESS_STAGING, "staging"),
            new Sample("ROLLING_BACK", () -> new Journey().rollingBack(), Steps.ASSESS_PRODUCTION, "production"),
            new Sample(
                    "NEEDS_OPERATOR, staging",
                    () -> new Journey().needsOperatorForStaging(),
                    Steps.ASSESS_STAGING,
                    "staging"),
            new Sample(
                    "NEEDS_OPERATOR, production",
                    () -> new Journey().needsOperatorForProduction(),
                    Steps.ASSESS_PRODUCTION,
                    "production"),
            new Sample(
                    "NEEDS_OPERATOR, nothing to restore",
                    () -> new Journey().nothingToRestore(),
                    Steps.ASSESS_PRODUCTION,
                    "production"),
            new Sample(
                    "NEEDS_OPERATOR, confirming",
                    () -> new Journey().needsOperatorForConfirming(),
                    Steps.ASSESS_PRODUCTION,
                    "production"),
            new Sample(
                    "NEEDS_OPERATOR, merging",
                    () -> new Journey().needsOperatorForMerging(),
                    Steps.ASSESS_PRODUCTION,
                    "production"),
            new Sample(
                    "NEEDS_OPERATOR, what was published was not found",
                    () -> new Journey(Journey.published()).needsOperatorForArrival(),
                    Steps.ASSESS_ARRIVAL,
                    "production"),
            new Sample("ENDED", () -> new Journey().completed(), Steps.ASSESS_PRODUCTION, "production"),
            new Sample(
                    "ENDED, a duty is left to do",
                    () -> waivable(Journey.duty("try-it", Duty.Before.END).withAfter(Announcing.After.COMPLETED))
                            .completed(),
                    Steps.ASSESS_PRODUCTION,
                    "production"));

    private static Journey oneMissing() {
        Journey journey = new Journey().awaitingApproval();
        return journey.take(journey.approve(Examples.ADA));
    }

    /** Enough have said yes, and a no of one of them would end it. */
    private static Journey open() {
        Journey journey = new Journey(VotesTest.policy("required: 2, openFor: 48h, veto: [devops]")).awaitingApproval();
        return journey.take(journey.approve(Examples.ADA)).take(journey.approve(Examples.BEN));
    }

    private static Journey dutiful(Duty.Before before) {
        return new Journey(Journey.dutiful(Journey.duty("try-it", before)));
    }

    /** One that people may waive. */
    private static Journey waivable(Duty duty) {
        WaiverRule rule = new WaiverRule(
                List.of("duty-" + duty.id()), List.of("technical-lead"), Duration.ofDays(2), Duration.ofHours(12));
        return new Journey(Examples.demoPolicy(List.of(rule), Journey.demo().retention(), List.of(duty)));
    }

    private static Journey failedWaivable() {
        Journey journey = waivable(Journey.duty("try-it", Duty.Before.STAGING)).awaitingApproval();
        return journey.take(journey.answer("try-it", Examples.BEN, DutyView.Result.FAILED));
    }

    private static Journey proven() {
        Journey journey = new Journey().candidate();
        return journey.take(journey.wayBack(true));
    }

    private static Journey turn() {
        Journey journey = new Journey().queued();
        return journey.take(journey.turn());
    }

    private static Map<String, Function<Journey, Journey>> inputs(Sample sample) {
        Map<String, Function<Journey, Journey>> inputs = new LinkedHashMap<>();
        inputs.put("Launched", j -> j.take(new ReleaseInput.Launched(j.launch(null))));
        inputs.put("Superseded", j -> j.take(new ReleaseInput.Superseded(new ReleaseId("hello@1.1.0"), null)));
        for (Hold.Kind kind : List.of(Hold.Kind.HELD, Hold.Kind.BLOCKED, Hold.Kind.LIFTED)) {
            inputs.put("HoldChanged " + kind, j -> j.held(kind));
        }
        inputs.put(
                "FreezesChanged to none",
                j -> j.take(new ReleaseInput.FreezesChanged(new Freezes(List.of(), List.of()))));
        inputs.put("FreezesChanged to one", j -> j.take(new ReleaseInput.FreezesChanged(Journey.freezes())));
        inputs.put("Fixed", j -> j.take(new ReleaseInput.Fixed(Journey.BROKEN, sample.environment())));
        inputs.put("RevisionRead", j -> j.take(new ReleaseInput.RevisionRead(List.of("new@example.test"))));
        inputs.put("RevisionRefused", j -> j.take(new ReleaseInput.RevisionRefused("why")));
        inputs.put("Merged", j -> j.take(new ReleaseInput.Merged(new Sha("3".repeat(40)))));
        inputs.put("MergeRefused", j -> j.take(new ReleaseInput.MergeRefused("why")));
        inputs.put("AnnouncementsWritten", j -> j.take(new ReleaseInput.AnnouncementsWritten(List.of())));
        for (Outcome outcome : List.of(Outcome.PENDING, Outcome.PASSED, Outcome.FAILED, Outcome.INCONCLUSIVE)) {
            inputs.put("Assessed " + outcome, j -> j.take(j.assessed(sample.assessment(), outcome)));
        }
        for (Phase phase : Phase.values()) {
            inputs.put("RolloutChanged " + phase, j -> j.take(j.rollout(sample.environment(), phase)));
        }
        inputs.put(
                "RolloutChanged RESTORED to nothing",
                j -> j.take(j.rollout(sample.environment(), Phase.RESTORED, null, false)));
        inputs.put("Judged", j -> j.take(j.worse()));
        inputs.put("WayBackChanged proven", j -> j.take(j.wayBack(true)));
        inputs.put("WayBackChanged not proven", j -> j.take(j.wayBack(false)));
        inputs.put(
                "Told",
                j -> j.take(new ReleaseInput.Told(
                        "n", 1, new DeliveryStatus(Journey.ID, "Ada", Channel.EMAIL, "ada@example.test", 1, 1, 0))));
        inputs.put("Approve", j -> j.take(j.approve(Examples.BEN + ".net")));
        inputs.put("SayNo", j -> j.take(VotesTest.no(j, Examples.BEN, "it loses orders")));
        String gate =
                sample.name().contains("a duty that failed") || sample.name().contains("left to do")
                        ? "duty-try-it"
                        : "unit-tests";
        inputs.put("Waive", j -> j.take(j.waive(gate, Examples.ADA)));
        inputs.put("ConfirmWaiver", j -> j.take(j.confirm(gate, Examples.BEN)));
        inputs.put("WithdrawWaiver", j -> j.take(j.withdraw(gate, Examples.ADA)));
        if (sample.name().contains("duty")) {
            for (DutyView.Result result : List.of(DutyView.Result.PASSED, DutyView.Result.FAILED)) {
                inputs.put("AnswerDuty " + result, j -> j.take(j.answer("try-it", Examples.BEN, result)));
            }
        } else {
            inputs.put("AnswerDuty", j -> j.take(j.answer("try-it", Examples.BEN, DutyView.Result.PASSED)));
        }
        inputs.put("HandOver", j -> j.take(j.handOver(Examples.BEN, Examples.ADA, null)));
        inputs.put(
                "EditNotes",
                j -> j.take(new ReleaseInput.EditNotes(Examples.ADA, "It greets by name.", "for users", null)));
        inputs.put(
                "RaiseItem",
                j -> j.take(new ReleaseInput.RaiseItem(
                        Examples.ADA, "Warm the cache up", Examples.BEN, null, false, null)));
        inputs.put(
                "CloseItem",
                j -> j.take(new ReleaseInput.CloseItem(Examples.ADA, 1, RetroView.State.DONE, "it is warm", null)));
        inputs.put(
                "GiveFeedback",
                j -> j.take(new ReleaseInput.GiveFeedback(OP, "support", "Logins are quicker.", null, null)));
        inputs.put(
                "AdoptGuide",
                j -> j.take(new ReleaseInput.AdoptGuide(Examples.ADA, "0".repeat(64), "it holds already", true, null)));
        inputs.put(
                "SayOfLine",
                j -> j.take(new ReleaseInput.SayOfLine(Examples.ADA, "press", false, "for nobody", true, null)));
        inputs.put(
                "SetDay",
                j -> j.take(new ReleaseInput.SetDay(
                        Examples.ADA, LocalDate.parse("2026-02-02"), "the fair is then", true, null)));
        inputs.put(
                "ReviewAnnouncement",
                j -> j.take(new ReleaseInput.ReviewAnnouncement(
                        Examples.BEN, "users", Digest.of("text"), j.triple(), null)));
        inputs.put("Abort", j -> j.take(new ReleaseInput.Abort(OP, "", null)));
        inputs.put("Pause", j -> j.take(new ReleaseInput.Pause(OP, "", null)));
        inputs.put("Resume", j -> j.take(new ReleaseInput.Resume(OP, "", null)));
        inputs.put("Promote", j -> j.take(new ReleaseInput.Promote(OP, "", false, null)));
        inputs.put("Retry", j -> j.take(new ReleaseInput.Retry(OP, "", null)));
        inputs.put("Resolve", j -> j.take(new ReleaseInput.Resolve(OP, "why", null)));
        inputs.put("TimedOut", Journey::overdue);
        inputs.put("AskAgain", j -> j.take(new ReleaseInput.AskAgain()));
        return inputs;
    }

    private static String outcome(Sample sample, Function<Journey, Journey> input) {
        Journey journey = sample.journey().get();
        Dossier before = journey.dossier();
        Dossier after = input.apply(journey).dossier();
        if (journey.refusal() != null) {
            return "refused";
        } else if (after.equals(before)) {
            return journey.effects().isEmpty() ? "nothing" : "asked again";
        } else if (place(after.state()).equals(place(before.state()))) {
            return "recorded";
        }
        return place(after.state());
    }

    private static String place(ReleaseState state) {
        return switch (state) {
            case ReleaseState.Unheard _ -> "UNHEARD";
            case ReleaseState.Staging s -> "STAGING " + s.part();
            case ReleaseState.Candidate s ->
                s.ahead() == ReleaseState.Ahead.VERIFYING ? "CANDIDATE" : "CANDIDATE " + s.ahead();
            case ReleaseState.Baking s -> "BAKING " + s.part();
            case ReleaseState.NeedsOperator s -> "NEEDS_OPERATOR " + s.trouble();
            case ReleaseState.Proposed _,
                    ReleaseState.Validating _,
                    ReleaseState.AwaitingApproval _,
                    ReleaseState.RollingOut _,
                    ReleaseState.Merging _,
                    ReleaseState.Restoring _,
                    ReleaseState.RollingBack _,
                    ReleaseState.Ended _ -> state.phase().name();
        };
    }

    private static List<String> matrix() {
        List<String> lines = new ArrayList<>();
        for (Sample sample : SAMPLES) {
            Map<String, List<String>> byOutcome = new LinkedHashMap<>();
            inputs(sample)
                    .forEach((name, input) -> byOutcome
                            .computeIfAbsent(outcome(sample, input), _ -> new ArrayList<>())
                            .add(name));
            lines.add(sample.name());
            List<String> last = List.of("recorded", "asked again", "refused", "nothing");
            byOutcome.entrySet().stream()
                    .sorted(Comparator.comparingInt(each -> last.indexOf(each.getKey())))
                    .forEach(each ->
                            lines.addAll(wrapped(each.getKey(), each.getValue(), !last.contains(each.getKey()))));
        }
        return lines;
    }

    /** Inputs of one outcome; rollout phases share their name, and are not spelled out where they change nothing. */
    private static List<String> wrapped(String outcome, List<String> inputs, boolean moves) {
        Map<String, List<String>> byKind = new LinkedHashMap<>();
        inputs.forEach(input -> {
            String[] parts = input.split(" ", 2);
            byKind.computeIfAbsent(parts[0], _ -> new ArrayList<>()).add(parts.length == 1 ? "" : parts[1]);
        });
        String text = byKind.entrySet().stream()
                .map(kind -> (kind.getKey() + " " + variants(kind.getValue(), moves)).strip())
                .collect(Collectors.joining(", "));
        return ClassDoc.wrapped("  %-34s".formatted(outcome), text, 36);
    }

    private static String variants(List<String> variants, boolean moves) {
        return moves || variants.size() == 1 ? String.join(" | ", variants) : "(others)";
    }

    @Test
    void the_class_doc_lists_every_pair_as_the_code_has_it() {
        ClassDoc.of(ReleaseSaga.class).lists(matrix());
    }

    @Test
    void the_matrix_has_every_state_and_every_input() {
        Set<Class<?>> states = SAMPLES.stream()
                .map(sample -> sample.journey().get().dossier().state().getClass())
                .collect(Collectors.toSet());
        assertThat(states).containsExactlyInAnyOrder(ReleaseState.class.getPermittedSubclasses());

        Set<String> kinds = inputs(SAMPLES.getFirst()).keySet().stream()
                .map(name -> name.split(" ", 2)[0])
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(kinds)
                .containsExactlyInAnyOrderElementsOf(
                        leaves(ReleaseInput.class).map(Class::getSimpleName).toList());
    }

    private static Stream<Class<?>> leaves(Class<?> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses()).flatMap(SagaMatrixTest::leaves)
                : Stream.of(type);
    }
}
