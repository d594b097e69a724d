package dev.slipway.notification.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.notification.Channel;
import dev.slipway.contracts.release.Cause;
import dev.slipway.contracts.release.DutyView.TimeState;
import dev.slipway.contracts.release.Milestone;
import dev.slipway.contracts.release.Milestone.Kind;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.contracts.release.ReleaseStatus;
import dev.slipway.contracts.release.RetroView;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever asks something of its reader names technical lead, DevOps and support, and what asks nothing names nobody. */
final class WhomToAskTest {
    private static final String ASKS = "Asked of you: ";
    private static final String CONTACTS = "\nContacts: technical-lead Ada (ada@example.test, #hello); "
            + "devops Ben (ben@example.test, #ops); support Support (support@example.test)";

    private static final Party LEAD = new Party("technical-lead", "Ada", Channel.SLACK, "#hello");
    private static final Party DEVOPS = new Party("devops", "Ben", Channel.EMAIL, "ben@example.test");
    private static final Party SUPPORT = new Party("support", "Support", Channel.EMAIL, "support@example.test");
    /** Of the role that is named below; no role of those above. */
    private static final Party ASKED = new Party("qa", "Cy", Channel.EMAIL, "cy@example.test");

    private static boolean asks(String text) {
        return text.contains(ASKS) && !text.contains(ASKS + "nothing");
    }

    @ParameterizedTest
    @EnumSource
    void a_message_of_any_kind_names_them_to_each_reader_whom_it_asks_for_something(Kind kind) {
        Milestone milestone = new Milestone(1, kind, Cause.of("a", "A."), Statuses.T0, List.of("qa"));
        for (ReleasePhase phase : ReleasePhase.values()) {
            ReleaseStatus status = Statuses.status(phase, kind);
            for (Party reader : List.of(LEAD, DEVOPS, SUPPORT, ASKED)) {
                String text = Wording.message(status, milestone, reader).text();

                assertThat(text.contains(CONTACTS))
                        .as(reader + " reads " + text)
                        .isEqualTo(asks(text));
            }
        }
    }

    @Test
    void every_kind_of_message_by_which_people_are_asked_asks_the_role_that_it_names() {
        Set<Kind> asking = EnumSet.noneOf(Kind.class);
        for (Kind kind : Kind.values()) {
            Milestone milestone = new Milestone(1, kind, Cause.of("a", "A."), Statuses.T0, List.of("devops"));
            ReleaseStatus status = Statuses.status(ReleasePhase.CANDIDATE, kind);
            if (asks(Wording.message(status, milestone, DEVOPS).text())) {
                asking.add(kind);
            }
        }

        assertThat(asking)
                .containsExactlyInAnyOrder(
                        Kind.APPROVAL_ASKED,
                        Kind.DUTY_ASKED,
                        Kind.DUTY_REMINDED,
                        Kind.DUTY_ESCALATED,
                        Kind.HANDED_OVER,
                        Kind.DATE_REMINDED,
                        Kind.DATE_ESCALATED,
                        Kind.DAY_MOVED,
                        Kind.REVIEW_ASKED,
                        Kind.PAUSED,
                        Kind.NEEDS_OPERATOR,
                        Kind.REGRESSED,
                        Kind.REJECTED,
                        Kind.EXPIRED,
                        Kind.ROLLED_BACK);
    }

    @ParameterizedTest
    @EnumSource(names = {"DUE_SOON", "LATE"})
    void the_owner_of_an_item_reads_them_whether_a_contact_or_not(TimeState time) {
        LocalDate due = LocalDate.ofInstant(Statuses.T0, ZoneOffset.UTC);
        Instant said = due.plusDays(time == TimeState.LATE ? 2 : 0)
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant();
        for (String owner : List.of("ben@example.test", "eve@example.test")) {
            List<ConversationInput.Warned> told = Items.of(wanting(owner, due), said);

            assertThat(told).isNotEmpty().allSatisfy(each -> {
                assertThat(each.kind()).isEqualTo("ITEM_" + time);
                assertThat(asks(each.content().text())).isTrue();
                assertThat(each.content().text()).endsWith(CONTACTS);
            });
        }
    }

    private static ReleaseStatus wanting(String owner, LocalDate due) {
        return Statuses.owing(
                Statuses.status(ReleasePhase.COMPLETED, Kind.COMPLETED),
                new RetroView.Due(1, "Warm the cache up", owner, due));
    }
}
