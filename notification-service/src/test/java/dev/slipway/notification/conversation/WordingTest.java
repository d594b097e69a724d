package dev.slipway.notification.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.notification.Channel;
import dev.slipway.contracts.release.Cause;
import dev.slipway.contracts.release.Milestone;
import dev.slipway.contracts.release.Milestone.Kind;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.contracts.release.ReleaseStatus;
import dev.slipway.contracts.release.Waiting;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Messages tell what happened: a version before is named where there is one, and what can be done where something can. */
final class WordingTest {
    private static final String AGAIN = "production had no traffic of it, so 1.1.0 can be proposed again";

    private static String text(
            ReleasePhase phase, Kind kind, @Nullable String before, @Nullable Waiting waiting, @Nullable String next) {
        ReleaseStatus plain = Statuses.status(phase, kind);
        ReleaseStatus status = new ReleaseStatus(
                plain.release(),
                plain.version(),
                plain.sha(),
                phase,
                plain.since(),
                plain.cause(),
                waiting,
                0,
                before,
                plain.contacts(),
                plain.milestones(),
                next);
        Milestone milestone = status.milestones().getFirst();
        return Wording.message(status, milestone, new Party("devops", "Ben", Channel.SLACK, "#ops"))
                .text();
    }

    @ParameterizedTest
    @EnumSource(names = {"ROLLING_BACK", "ROLLED_BACK", "ABORTED"})
    void a_version_before_is_named_only_where_there_is_one(Kind kind) {
        assertThat(text(ReleasePhase.ROLLED_BACK, kind, "1.0.0", null, null)).contains("1.0.0");
        assertThat(text(ReleasePhase.ROLLED_BACK, kind, null, null, null))
                .doesNotContain("1.0.0", "null", "the version before", "runs");
    }

    @Test
    void where_there_is_none_production_serves_nothing_and_that_is_said() {
        assertThat(text(ReleasePhase.ROLLED_BACK, Kind.ROLLED_BACK, null, null, null))
                .contains("nothing serves production", "no version before it");
    }

    @ParameterizedTest
    @EnumSource(names = {"REJECTED", "EXPIRED", "ABORTED", "ROLLED_BACK"})
    void what_can_be_done_now_is_named(Kind kind) {
        assertThat(text(ReleasePhase.ABORTED, kind, "1.0.0", null, AGAIN)).contains("Next: " + AGAIN);
    }

    /** Technical lead, DevOps and support, whoever is told. */
    private static final String CONTACTS = "Contacts: technical-lead Ada (ada@example.test, #hello); "
            + "devops Ben (ben@example.test, #ops); support Support (support@example.test)";

    @ParameterizedTest
    @EnumSource(
            names = {
                "APPROVAL_ASKED",
                "NEEDS_OPERATOR",
                "PAUSED",
                "REJECTED",
                "EXPIRED",
                "ROLLED_BACK",
                "REGRESSED",
                "DUTY_ESCALATED",
                "DATE_ESCALATED"
            })
    void whoever_is_asked_for_something_is_told_whom_to_ask(Kind kind) {
        assertThat(text(ReleasePhase.CANDIDATE, kind, "1.0.0", null, null)).contains("\n" + CONTACTS + "\n");
    }

    @ParameterizedTest
    @EnumSource(names = {"ROLLING_BACK", "ABORTED", "COMPLETED", "STAGED"})
    void whoever_is_asked_for_nothing_is_not(Kind kind) {
        assertThat(text(ReleasePhase.CANDIDATE, kind, "1.0.0", null, null)).doesNotContain("Contacts");
    }

    @ParameterizedTest
    @EnumSource(names = {"DUTY_ASKED", "HANDED_OVER", "DUTY_REMINDED", "DATE_REMINDED", "DAY_MOVED", "REVIEW_ASKED"})
    void of_what_is_asked_of_a_role_it_is_told_to_that_role_alone(Kind kind) {
        Milestone milestone = new Milestone(1, kind, Cause.of("a", "A."), Statuses.T0, List.of("qa"));
        ReleaseStatus status = Statuses.status(ReleasePhase.CANDIDATE, kind);

        assertThat(Wording.message(status, milestone, new Party("qa", "Cy", Channel.EMAIL, "cy@example.test"))
                        .text())
                .endsWith("\n" + CONTACTS);
        assertThat(Wording.message(status, milestone, new Party("devops", "Ben", Channel.EMAIL, "ben@example.test"))
                        .text())
                .doesNotContain("Contacts");
    }

    @Test
    void a_card_names_them_while_somebody_is_waited_for() {
        ReleaseStatus plain = Statuses.status(ReleasePhase.AWAITING_APPROVAL, Kind.APPROVAL_ASKED);
        ReleaseStatus waits = new ReleaseStatus(
                plain.release(),
                plain.version(),
                plain.sha(),
                plain.phase(),
                plain.since(),
                null,
                new Waiting(
                        "people",
                        "0 of 2 approvals",
                        Statuses.T0,
                        Statuses.T0,
                        "./slipway release approve hello@1.1.0"),
                0,
                "1.0.0",
                plain.contacts(),
                plain.milestones(),
                null);

        assertThat(Wording.card(waits).text()).endsWith("\n" + CONTACTS);
        assertThat(Wording.card(Statuses.status(ReleasePhase.STAGING, Kind.APPROVED))
                        .text())
                .doesNotContain("Contacts");
    }

    @Test
    void a_duty_is_asked_of_its_role_by_mail_too_and_of_nobody_else() {
        Milestone asked = new Milestone(
                1,
                Kind.DUTY_ASKED,
                Cause.of("duty-asked", "1 duty is asked for: device-test of qa (Try it)."),
                Statuses.T0,
                List.of("qa"));
        Party quality = new Party("qa", "Cy", Channel.EMAIL, "cy@example.test");
        Party other = new Party("devops", "Ben", Channel.EMAIL, "ben@example.test");
        ReleaseStatus status = Statuses.status(ReleasePhase.CANDIDATE, Kind.DUTY_ASKED);

        assertThat(Wording.worthAMessage(Kind.DUTY_ASKED)).isTrue();
        assertThat(Wording.worthAMail(asked, quality)).isTrue();
        assertThat(Wording.worthAMail(asked, other)).isFalse();
        assertThat(Wording.message(status, asked, quality).text())
                .contains("device-test of qa", "Asked of you: answer what is asked of qa above.");
        assertThat(Wording.message(status, asked, other).text()).contains("Asked of you: nothing.");
    }

    @Test
    void a_review_of_what_is_announced_is_asked_of_its_role_by_mail_too_before_the_end_and_after_it() {
        Milestone asked = new Milestone(
                1,
                Kind.REVIEW_ASKED,
                Cause.of("review-asked", "A review is asked for: users of support."),
                Statuses.T0,
                List.of("support"));
        Party support = new Party("support", "Cy", Channel.EMAIL, "cy@example.test");
        Party other = new Party("devops", "Ben", Channel.EMAIL, "ben@example.test");

        assertThat(Wording.worthAMessage(Kind.REVIEW_ASKED)).isTrue();
        assertThat(Wording.worthAMail(asked, support)).isTrue();
        assertThat(Wording.worthAMail(asked, other)).isFalse();
        assertThat(Wording.message(Statuses.status(ReleasePhase.AWAITING_APPROVAL, Kind.REVIEW_ASKED), asked, support)
                        .text())
                .contains("can be reviewed", "users of support", "Asked of you: read what is named above");
        ReleaseStatus over = Statuses.status(ReleasePhase.COMPLETED, Kind.REVIEW_ASKED);
        assertThat(Wording.message(over, asked, support).text()).contains("has ended", "waits for a review");
        assertThat(Wording.message(over, asked, other).text()).contains("Asked of you: nothing.");
    }

    @Test
    void a_wait_on_others_is_told_to_whoever_sees_to_it() {
        Milestone begun = new Milestone(
                1,
                Kind.DUTY_ASKED,
                Cause.of(Cause.WAITS_ON_OTHERS, "It waits on others: store-review (App store review)."),
                Statuses.T0,
                List.of("qa"));
        Party quality = new Party("qa", "Cy", Channel.EMAIL, "cy@example.test");
        ReleaseStatus status = Statuses.status(ReleasePhase.CANDIDATE, Kind.DUTY_ASKED);

        assertThat(Wording.message(status, begun, quality).text())
                .contains(" waits on others.", "App store review", "Asked of you: see to what is named of qa above.")
                .doesNotContain("only people");
    }

    @Test
    void an_approval_is_asked_by_mail_of_the_roles_that_are_wanted_and_where_none_are_named_of_who_is_hands_on() {
        Milestone wanted = approvalAsked(List.of("legal"));
        Milestone before = approvalAsked(List.of());
        Party legal = new Party("legal", "Cy", Channel.EMAIL, "cy@example.test");
        Party devops = new Party("devops", "Ben", Channel.EMAIL, "ben@example.test");

        assertThat(Wording.worthAMail(wanted, legal)).isTrue();
        assertThat(Wording.worthAMail(wanted, devops)).isFalse();
        assertThat(Wording.worthAMail(before, legal)).isFalse();
        assertThat(Wording.worthAMail(before, devops)).isTrue();
    }

    private static Milestone approvalAsked(List<String> roles) {
        return new Milestone(
                1, Kind.APPROVAL_ASKED, Cause.of("approval-asked", "1 approval is asked for."), Statuses.T0, roles);
    }

    @Test
    void a_role_hears_of_a_date_that_it_sees_to_and_everybody_of_one_that_is_long_past() {
        Milestone near = new Milestone(
                1,
                Kind.DATE_REMINDED,
                Cause.of("date-due-soon", "Due soon: gate docs."),
                Statuses.T0,
                List.of("devops"));
        Milestone past = new Milestone(
                2, Kind.DATE_ESCALATED, Cause.of("date-escalated", "Late."), Statuses.T0, List.of("devops"));
        Party ben = new Party("devops", "Ben", Channel.EMAIL, "ben@example.test");
        Party other = new Party("support", "Cy", Channel.EMAIL, "cy@example.test");
        ReleaseStatus status = Statuses.status(ReleasePhase.VALIDATING, Kind.DATE_REMINDED);

        assertThat(Wording.worthAMessage(near.kind())).isTrue();
        assertThat(Wording.worthAMail(near, ben)).isTrue();
        assertThat(Wording.worthAMail(near, other)).isFalse();
        assertThat(Wording.worthAMail(past, other)).isTrue();
        assertThat(Wording.message(status, near, ben).text())
                .contains("Why: Due soon: gate docs.", "Asked of you: see to what is named above.");
        assertThat(Wording.message(status, near, other).text()).contains("Asked of you: nothing.");
        assertThat(Wording.message(status, past, other).text()).contains("./slipway release day hello@1.1.0 DATE");
    }

    @Test
    void people_are_reminded_under_their_address_and_everybody_hears_what_escalates() {
        Milestone reminded = new Milestone(
                1,
                Kind.DUTY_REMINDED,
                Cause.of("duty-late", "Late: duty try-it of devops."),
                Statuses.T0,
                List.of("ben@example.test"));
        Milestone moved = new Milestone(
                2, Kind.DAY_MOVED, Cause.of("day-moved", "Plans."), Statuses.T0, List.of("ben@example.test"));
        Milestone escalated = new Milestone(
                3,
                Kind.DUTY_ESCALATED,
                Cause.of("duty-escalated", "Late, and still not answered."),
                Statuses.T0,
                List.of("ben@example.test"));
        Party ben = new Party("devops", "Ben", Channel.EMAIL, "ben@example.test");
        Party other = new Party("support", "Cy", Channel.EMAIL, "cy@example.test");
        ReleaseStatus status = Statuses.status(ReleasePhase.CANDIDATE, Kind.DUTY_REMINDED);

        assertThat(List.of(reminded, moved)).allSatisfy(milestone -> {
            assertThat(Wording.worthAMessage(milestone.kind())).isTrue();
            assertThat(Wording.worthAMail(milestone, ben)).isTrue();
            assertThat(Wording.worthAMail(milestone, other)).isFalse();
            assertThat(Wording.message(status, milestone, other).text()).contains("Asked of you: nothing.");
        });
        assertThat(Wording.message(status, reminded, ben).text())
                .contains("Late: duty try-it of devops.", "Asked of you: answer what is named above");
        assertThat(Wording.message(status, moved, ben).text()).contains("by its new time");
        assertThat(Wording.worthAMail(escalated, other)).isTrue();
        assertThat(Wording.message(status, escalated, other).text())
                .contains("./slipway release hand-over hello@1.1.0 --from EMAIL");
    }

    @Test
    void who_stands_in_and_who_it_is_handed_over_to_are_told_by_mail_under_their_address() {
        Milestone asked = new Milestone(
                1,
                Kind.DUTY_ASKED,
                Cause.of("duty-asked", "1 duty is asked for: device-test of ben@example.test (Try it)."),
                Statuses.T0,
                List.of("ben@example.test"));
        Milestone handed = new Milestone(
                2,
                Kind.HANDED_OVER,
                Cause.of("handed-over", "cy@example.test hands duty device-test over to ben@example.test: on leave."),
                Statuses.T0,
                List.of("ben@example.test"));
        Party ben = new Party("devops", "Ben", Channel.EMAIL, "Ben@example.test");
        Party other = new Party("devops", "Dora", Channel.EMAIL, "dora@example.test");
        ReleaseStatus status = Statuses.status(ReleasePhase.CANDIDATE, Kind.DUTY_ASKED);

        assertThat(Wording.worthAMessage(Kind.HANDED_OVER)).isTrue();
        assertThat(List.of(asked, handed)).allSatisfy(milestone -> {
            assertThat(Wording.worthAMail(milestone, ben)).isTrue();
            assertThat(Wording.worthAMail(milestone, other)).isFalse();
        });
        assertThat(Wording.message(status, asked, ben).text())
                .contains("Asked of you: answer what is asked of Ben@example.test above.");
        assertThat(Wording.message(status, handed, ben).text())
                .contains("on leave", "Asked of you: it is yours from now on; answer it when it is due.");
        assertThat(Wording.message(status, handed, other).text()).contains("Asked of you: nothing.");
    }

    @Test
    void a_time_is_said_to_the_minute_and_with_its_zone() {
        Waiting waiting = new Waiting(
                "people",
                "0 of 1 approval",
                Statuses.T0,
                Statuses.T0.plus(Duration.ofHours(72)),
                "./slipway release approve");

        assertThat(text(ReleasePhase.AWAITING_APPROVAL, Kind.APPROVAL_ASKED, "1.0.0", waiting, null))
                .contains("0 of 1 approval, until 2026-05-07 10:00 UTC. Command: ./slipway release approve");
    }

    @Test
    void what_is_asked_may_be_a_sentence_and_its_full_stop_is_not_in_the_middle() {
        Waiting waiting = new Waiting(
                "people",
                "an operator: The merge was refused. Somebody else holds the branch.",
                Statuses.T0,
                Statuses.T0.plus(Duration.ofHours(72)),
                "./slipway release retry hello@1.1.0");

        assertThat(text(ReleasePhase.NEEDS_OPERATOR, Kind.NEEDS_OPERATOR, "1.0.0", waiting, null))
                .contains(
                        "Somebody else holds the branch, until 2026-05-07 10:00 UTC. Command: ./slipway release retry")
                .doesNotContain(".,");
    }

    @Test
    void what_is_held_before_production_is_not_paused_at_a_share() {
        assertThat(text(ReleasePhase.CANDIDATE, Kind.PAUSED, "1.0.0", null, null))
                .contains("waits before production.")
                .doesNotContain("0 % of traffic");
    }
}
