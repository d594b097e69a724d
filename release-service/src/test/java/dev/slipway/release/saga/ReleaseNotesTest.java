package dev.slipway.release.saga;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.Sha;
import dev.slipway.contracts.policy.Duty;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.release.ChangeView;
import dev.slipway.contracts.release.DutyView.Result;
import dev.slipway.contracts.release.NotesView;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.contracts.validation.Baseline;
import dev.slipway.release.application.Launch;
import dev.slipway.release.notes.Commits;
import dev.slipway.release.notes.History;
import dev.slipway.release.notes.History.Told;
import dev.slipway.release.notes.ReleaseNotes;
import dev.slipway.release.policy.PolicyReader;
import dev.slipway.release.policy.PolicyReading;
import dev.slipway.release.wiring.Examples;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Notes of releases on each part of their way. */
final class ReleaseNotesTest {
    private static final Sha BEFORE = new Sha("2".repeat(40));
    private static final Told.Read READ = Commits.read(
            "feat(greet): by name",
            "fix: count once",
            "perf: half the time",
            "docs: how",
            "Mend it",
            "fix(api)!: another address\n\nBREAKING CHANGE: use /v2");

    /** The third version, after one that production has verified. */
    private static Journey later(Policy policy) {
        return new Journey(policy)
                .take(new ReleaseInput.Launched(new Launch(
                        Journey.ID,
                        3,
                        Examples.proposal("1.0.0"),
                        Examples.PUBLISHER,
                        policy,
                        "00ff",
                        Journey.START,
                        null,
                        null,
                        null,
                        1,
                        null,
                        List.of(),
                        new Baseline(Journey.BROKEN, "0.9.9", BEFORE))));
    }

    private static NotesView notes(Journey journey) {
        return ReleaseNotes.of(journey.dossier(), READ);
    }

    private static List<String> subjects(List<ChangeView> changes) {
        return changes.stream().map(ChangeView::subject).toList();
    }

    @Test
    void each_change_stands_in_the_section_of_its_type_and_what_breaks_in_one_of_its_own_besides() {
        NotesView notes = notes(later(Journey.demo()));

        assertThat(subjects(notes.features())).containsExactly("by name");
        assertThat(subjects(notes.improvements())).containsExactly("half the time");
        assertThat(subjects(notes.fixes())).containsExactly("count once", "another address");
        assertThat(subjects(notes.others())).containsExactly("how", "Mend it");
        assertThat(subjects(notes.breaking())).containsExactly("another address");
        assertThat(notes.unread()).isNull();
        assertThat(notes.since()).isEqualTo(new Baseline(Journey.BROKEN, "0.9.9", BEFORE));
    }

    @Test
    void recommendations_begin_with_what_breaks_and_end_with_the_way_back() {
        List<String> first = notes(later(Journey.demo())).upgrade();

        assertThat(first)
                .hasSize(5)
                .satisfiesExactly(
                        line -> assertThat(line).isEqualTo("It breaks: another address: use /v2."),
                        line -> assertThat(line).isEqualTo("Back up existing data before the upgrade."),
                        line -> assertThat(line).contains("1 change breaks something"),
                        line -> assertThat(line).isEqualTo("Test it in a staging environment first."),
                        line -> assertThat(line)
                                .isEqualTo(
                                        "To go back to 0.9.9, of which production has a snapshot (hello@0.9.9): slipway app rollback hello --reason WHY"));
    }

    @Test
    void what_staging_verified_and_which_snapshot_was_tried_is_said_once_it_is_known() {
        List<String> known = notes(new Journey().completed()).upgrade();

        assertThat(known.get(3)).contains("Slipway did, and staging verified exactly these artifacts at 2026-01-05T");
        assertThat(notes(new Journey().completed()).state()).isEqualTo(ReleasePhase.COMPLETED);
        assertThat(known.getLast()).isEqualTo("There is no version before it to go back to.");
    }

    @Test
    void a_backup_that_somebody_has_attested_stands_in_the_recommendation_with_who_and_when() {
        Duty backup = Journey.duty("backup", Duty.Before.PRODUCTION).attesting(Duty.Attests.BACKUP);
        Duty other = Journey.duty("other", Duty.Before.PRODUCTION);
        Journey journey = new Journey(Journey.dutiful(backup, other)).candidate();
        journey.take(journey.answer("other", Examples.BEN, Result.PASSED));
        assertThat(notes(journey).upgrade()).contains("Back up existing data before the upgrade.");

        journey.take(journey.answer("backup", Examples.BEN, Result.PASSED));

        assertThat(journey.refusal()).isNull();
        assertThat(notes(journey).upgrade())
                .contains("Back up existing data before the upgrade, as was done for this release: attested by "
                        + Examples.BEN + " at " + journey.now() + ".");
    }

    @Test
    void gates_that_were_waived_or_asked_to_be_are_known_limitations() {
        Journey journey = new Journey(Journey.waivable()).validating();
        journey.take(journey.onlyFailed(Steps.ASSESS_PRE_RELEASE, "unit-tests"));
        journey.take(journey.waive("unit-tests", Examples.ADA));
        assertThat(notes(journey).knownLimitations())
                .containsExactly(
                        "ada@example.test has asked to waive gate unit-tests, which nobody has confirmed: flaky, see 12.");

        journey.take(journey.confirm("unit-tests", Examples.BEN));
        assertThat(notes(journey).knownLimitations())
                .singleElement()
                .asString()
                .startsWith("It goes without gate unit-tests waived until")
                .endsWith("flaky, see 12.");
    }

    @Test
    void what_the_policy_leaves_out_is_a_known_limitation() {
        String yaml = Examples.demoYaml().replace("approvals: {required: 2", "approvals: {required: 0")
                + "guide: {lines: [{id: press, text: Tell the press}, {id: patch, text: Backport, when: hotfix}]}\n";
        PolicyReading reading = new PolicyReader(100_000).read(yaml.getBytes(StandardCharsets.UTF_8));
        assertThat(reading).as(reading.toString()).isInstanceOf(PolicyReading.Accepted.class);

        assertThat(notes(later(((PolicyReading.Accepted) reading).policy())).knownLimitations())
                .containsExactly(
                        "By its policy nobody has to approve it.",
                        "Nothing answers a line of its guide: Tell the press.");
    }

    @Test
    void where_git_cannot_tell_the_notes_say_why_and_tell_all_else() {
        NotesView notes = ReleaseNotes.of(later(Journey.demo()).dossier(), new Told.Refused("Revision 1 is gone"));

        assertThat(notes.unread()).isEqualTo("Revision 1 is gone.");
        assertThat(notes.features()).isEmpty();
        assertThat(notes.upgrade()).anySatisfy(line -> assertThat(line).contains("what has changed is not known here"));
    }

    @Test
    void git_is_asked_for_what_is_new_since_the_one_before_on_the_branches_that_may_have_it() {
        History.Question before =
                ReleaseNotes.question(later(Journey.demo()).dossier()).orElseThrow();

        assertThat(before.since()).isEqualTo(BEFORE);
        assertThat(before.revision()).isEqualTo(Examples.SHA);
        assertThat(before.branches()).containsExactly("production", "main");
        assertThat(ReleaseNotes.question(new Journey().proposed().dossier())
                        .orElseThrow()
                        .since())
                .isNull();
    }

    @Test
    void a_way_back_has_no_changes_of_its_own_and_asks_git_for_none() {
        Dossier back = new Journey().rollback().dossier();
        NotesView notes = ReleaseNotes.of(back, null);

        assertThat(ReleaseNotes.question(back)).isEmpty();
        assertThat(notes.kind()).isEqualTo("ROLLBACK");
        assertThat(notes.unread()).contains("brings back what was verified before");
        assertThat(notes.upgrade().getLast()).contains("It went back from 1.1.0");
        assertThat(notes.release()).isEqualTo(new ReleaseId("hello@1.0.0"));
    }
}
