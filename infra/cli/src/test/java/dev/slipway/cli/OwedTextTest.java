package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cli.release.OwedText;
import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.policy.Announcing;
import dev.slipway.contracts.release.DutyView;
import dev.slipway.contracts.release.GuideView.LineState;
import dev.slipway.contracts.release.OwedDuty;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is left to do of releases before it, as the next ones show it. */
final class OwedTextTest {
    @Test
    void each_shows_what_is_left_of_those_before_it_and_how_that_is_answered() {
        DutyView duty = new DutyView(
                "merge-back",
                "Merge the release branch back",
                "devops",
                null,
                1,
                List.of(),
                LineState.DUE,
                "nobody has answered it",
                List.of(),
                null,
                List.of("ben@example.test"),
                List.of(),
                List.of(),
                new DutyView.Timing(
                        DutyView.TimeState.LATE,
                        "2 h after the end of the release",
                        null,
                        Instant.parse("2026-03-01T12:00:00Z"),
                        null,
                        null),
                Announcing.After.COMPLETED,
                null);
        assertThat(OwedText.lines(List.of())).isEmpty();
        assertThat(OwedText.lines(List.of(new OwedDuty(new ReleaseId("hello@1.0.0"), duty))))
                .containsExactly(
                        "left of    hello@1.0.0: merge-back due (devops): Merge the release branch back",
                        "           due 2 h after the end of the release: by 2026-03-01T12:00:00Z; it is late",
                        "           ./slipway release duty hello@1.0.0 merge-back pass --reason WHY --as EMAIL");
    }

    @Test
    void what_is_for_others_to_do_shows_on_whom_it_waits_and_what_ends_it() {
        Instant end = Instant.parse("2026-03-01T12:00:00Z");
        DutyView duty = new DutyView(
                "mirror",
                "The mirror has it",
                "devops",
                null,
                1,
                List.of(),
                LineState.DUE,
                "it waits on the mirror",
                List.of(),
                null,
                List.of("ben@example.test"),
                List.of(),
                List.of(),
                null,
                Announcing.After.COMPLETED,
                new DutyView.WaitView(
                        "the mirror",
                        List.of("a callback of a publisher"),
                        Duration.ofHours(1),
                        Duration.ofHours(2),
                        end,
                        end.plus(Duration.ofHours(2))));

        assertThat(OwedText.lines(List.of(new OwedDuty(new ReleaseId("hello@1.0.0"), duty))))
                .containsExactly(
                        "left of    hello@1.0.0: mirror due (devops): The mirror has it",
                        "           waits on the mirror since 2026-03-01T12:00:00Z, until 2026-03-01T14:00:00Z at most",
                        "           ends by a callback of a publisher");
    }
}
