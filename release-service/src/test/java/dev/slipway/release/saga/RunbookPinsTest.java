package dev.slipway.release.saga;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.WireJson;
import dev.slipway.contracts.policy.Duty;
import dev.slipway.contracts.policy.Duty.Before;
import dev.slipway.contracts.release.Cause;
import dev.slipway.contracts.release.DutyView.Result;
import dev.slipway.contracts.release.GuideView.LineState;
import dev.slipway.contracts.release.PlanView;
import dev.slipway.contracts.release.PlanView.Progress;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.messaging.MessagingJson;
import dev.slipway.release.application.Launch;
import dev.slipway.release.wiring.Examples;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Which runbook stands in a release's record, and what is said when it reads otherwise. */
final class RunbookPinsTest {
    private static final Duty TRY_IT = Journey.duty("try-it", Before.PRODUCTION);

    private static PinnedRunbook pinned(Journey journey) {
        return Objects.requireNonNull(journey.dossier().runbook());
    }

    private static List<String> otherwise(Journey journey) {
        return RunbookPins.differences(
                pinned(journey).content(), RunbookPins.content(journey.dossier(), journey.now()));
    }

    // ---- what is pinned

    @Test
    void a_release_that_begins_pins_its_whole_plan_as_it_is_to_come() {
        Journey journey = new Journey(Journey.dutiful(TRY_IT)).proposed();

        PinnedRunbook runbook = pinned(journey);

        assertThat(runbook.at()).isEqualTo(Journey.START);
        assertThat(runbook.why()).isEqualTo("as it began");
        assertThat(runbook.before()).isEmpty();
        assertThat(runbook.content().policyHash())
                .isEqualTo(journey.dossier().release().policyHash());
        assertThat(runbook.content().steps())
                .extracting(PlanView.Step::id)
                .containsExactlyElementsOf(ReleasePlan.whole(journey.dossier(), journey.now()).steps().stream()
                        .map(PlanView.Step::id)
                        .toList());
        assertThat(runbook.content().steps()).allSatisfy(step -> {
            assertThat(step.progress()).isEqualTo(Progress.AHEAD);
            assertThat(step.back()).isNotBlank();
            assertThat(step.asked())
                    .allSatisfy(asked -> assertThat(asked.state()).isEqualTo(LineState.OPEN));
        });
        assertThat(runbook.digest()).isEqualTo(RunbookPins.digest(runbook.content()));
    }

    @Test
    void a_way_back_has_one_and_a_refused_release_has_none() {
        assertThat(new Journey().rollback().dossier().runbook()).isNotNull();

        Launch launch = EndedReleases.launch("hello@1.0.0", Journey.START);
        Launch refused = new Launch(
                launch.id(),
                0,
                launch.proposal(),
                launch.publisher(),
                launch.policy(),
                launch.policyHash(),
                launch.at(),
                Cause.of("too-low", "a higher one ran"),
                null,
                null,
                0);
        assertThat(new Journey()
                        .take(new ReleaseInput.Launched(refused))
                        .dossier()
                        .runbook())
                .isNull();
    }

    @Test
    void going_along_its_plan_pins_nothing_anew_and_nothing_reads_otherwise() {
        Journey journey = new Journey(Journey.dutiful(TRY_IT)).candidate();
        PinnedRunbook first = pinned(new Journey(Journey.dutiful(TRY_IT)).proposed());

        assertThat(pinned(journey)).isEqualTo(first);
        assertThat(otherwise(journey)).isEmpty();

        journey.take(journey.answer("try-it", Examples.BEN, Result.PASSED));

        assertThat(pinned(journey)).isEqualTo(first);
        assertThat(otherwise(journey)).isEmpty();
    }

    // ---- a decision changes the plan

    @Test
    void a_duty_that_is_handed_over_pins_it_anew_with_what_it_came_after() {
        Journey journey = new Journey(Journey.dutiful(TRY_IT)).candidate();
        PinnedRunbook first = pinned(journey);

        journey.after(Duration.ofMinutes(1)).take(journey.handOver(Examples.BEN, Examples.ADA, "try-it"));

        assertThat(journey.refusal()).isNull();
        PinnedRunbook then = pinned(journey);
        assertThat(then.digest()).isNotEqualTo(first.digest());
        assertThat(then.digest()).isEqualTo(RunbookPins.digest(then.content()));
        assertThat(then.at()).isEqualTo(journey.now());
        assertThat(then.why()).isEqualTo("as ben@example.test handed over to ada@example.test");
        assertThat(then.before()).containsExactly(new PinnedRunbook.Earlier(first.digest(), first.at(), "as it began"));
        assertThat(otherwise(journey)).isEmpty();
        assertThat(RunbookPins.differences(first.content(), then.content()))
                .containsExactly(
                        "duties (People do what only they can) has something else that is asked, or of somebody else");
    }

    @Test
    void a_decision_that_was_refused_pins_nothing() {
        Journey journey = new Journey(Journey.dutiful(TRY_IT)).candidate();
        PinnedRunbook first = pinned(journey);

        journey.take(journey.handOver(Examples.BEN, "nobody@example.test", "try-it"));

        assertThat(journey.refusal()).isNotNull();
        assertThat(pinned(journey)).isEqualTo(first);
    }

    @Test
    void other_freezes_of_another_policy_pin_it_anew_but_a_freeze_that_comes_does_not() {
        Journey journey = new Journey().awaitingApproval();
        PinnedRunbook first = pinned(journey);

        journey.take(new ReleaseInput.FreezesChanged(Journey.freezes(), 7));

        assertThat(pinned(journey).why()).isEqualTo("as another policy has other freezes");
        assertThat(RunbookPins.differences(first.content(), pinned(journey).content()))
                .anyMatch(line -> line.contains("A freeze is on) is not in the pinned one"));
        PinnedRunbook frozen = pinned(journey);

        journey.after(Duration.ofDays(3));

        assertThat(otherwise(journey)).anyMatch(line -> line.endsWith("(A freeze is on) is left out"));
        journey.take(journey.approve(Examples.ADA));
        assertThat(pinned(journey)).as("a yes is along the plan").isEqualTo(frozen);
    }

    @Test
    void where_a_release_left_its_plan_that_is_told_and_pins_nothing() {
        Journey journey = new Journey().restoring();

        assertThat(otherwise(journey)).anyMatch(line -> line.startsWith("back (Staging goes back) is not in"));
        assertThat(pinned(journey).before()).isEmpty();
        journey.overdue();
        assertThat(pinned(journey).before()).isEmpty();
    }

    @Test
    void it_is_kept_after_the_end_and_only_so_many_earlier_ones_beside_it() {
        Journey rejected = new Journey(Journey.dutiful(TRY_IT)).candidate();
        rejected.take(rejected.answer("try-it", Examples.BEN, Result.FAILED));
        assertThat(rejected.dossier().state().phase()).isIn(ReleasePhase.REJECTED, ReleasePhase.RESTORING);
        assertThat(pinned(rejected).why()).isEqualTo("as it began");

        PinnedRunbook last = pinned(rejected);
        for (int i = 0; i < 25; i++) {
            last = PinnedRunbook.after(last, last.digest(), Journey.START, "time " + i, last.content());
        }
        assertThat(last.before())
                .hasSize(20)
                .last()
                .satisfies(each -> assertThat(each.why()).isEqualTo("time 23"));
    }

    // ---- kept and read again

    @Test
    void it_reads_as_it_was_written_and_a_release_from_before_has_none() {
        Dossier dossier = new Journey(Journey.dutiful(TRY_IT)).candidate().dossier();
        ObjectNode stored = MessagingJson.mapper().valueToTree(dossier);

        assertThat(MessagingJson.mapper().treeToValue(stored, Dossier.class).runbook())
                .isEqualTo(dossier.runbook());
        assertThat(RunbookPins.digest(stored.at("/runbook/content")))
                .isEqualTo(Objects.requireNonNull(dossier.runbook()).digest());
        stored.remove("runbook");
        assertThat(MessagingJson.mapper().treeToValue(stored, Dossier.class).runbook())
                .isNull();
    }

    // ---- gone over again

    private static List<String> faults(String input, boolean begins, JsonNode runbook) {
        Launch launch = EndedReleases.launch("hello@1.0.0", Journey.START);
        ObjectNode record = WireJson.mapper().createObjectNode();
        record.put("input", input);
        ObjectNode set = record.putObject("set");
        set.set("runbook", runbook);
        if (begins) {
            set.putObject("launch");
        }
        List<String> faults = new ArrayList<>();
        new RunbookRecords(faults::add).next(record, launch);
        return faults;
    }

    private static ObjectNode stored() {
        return WireJson.mapper().valueToTree(pinned(new Journey().proposed()));
    }

    @Test
    void who_goes_over_the_records_finds_that_it_is_what_its_digest_says_and_when_it_was_pinned() {
        assertThat(faults("Launched", true, stored())).isEmpty();
        assertThat(faults("HandOver", false, stored())).isEmpty();
        assertThat(faults("Approve", false, stored()))
                .containsExactly("a runbook was pinned by Approve, which changes no plan");

        ObjectNode changed = stored();
        ((ObjectNode) changed.at("/content/steps/0")).put("back", "there is none");
        assertThat(faults("Launched", true, changed))
                .containsExactly("the runbook that is pinned is not the one that its digest was made of");

        ObjectNode other = stored();
        ((ObjectNode) other.path("content")).put("policyHash", "00ff");
        assertThat(faults("Launched", true, other))
                .hasSize(2)
                .contains("the runbook that is pinned is by another policy");
    }

    @Test
    void one_that_was_taken_away_is_found() {
        ObjectNode record = WireJson.mapper().createObjectNode();
        record.putArray("unset").add("runbook");
        List<String> faults = new ArrayList<>();

        new RunbookRecords(faults::add).next(record, EndedReleases.launch("hello@1.0.0", Journey.START));

        assertThat(faults).containsExactly("its pinned runbook was taken away");
    }
}
