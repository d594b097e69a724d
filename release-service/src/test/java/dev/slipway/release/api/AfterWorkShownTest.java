package dev.slipway.release.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.release.DutyView;
import dev.slipway.contracts.release.DutyView.TimeState;
import dev.slipway.contracts.release.GuideView.LineState;
import dev.slipway.contracts.release.Milestone;
import dev.slipway.contracts.release.OwedDuty;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.contracts.release.ReleaseView;
import dev.slipway.release.saga.Dossier;
import dev.slipway.release.saga.LeavingRelease;
import dev.slipway.release.saga.ReleaseInput;
import dev.slipway.release.saga.Telling;
import dev.slipway.release.wiring.Examples;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** After-work outlives its release: asked for until done, one thing after another, and shown with the next release meanwhile. */
final class AfterWorkShownTest {
    private static final String SUPPORT = "support@example.test";
    private static final ReleaseId ID = new ReleaseId("hello@1.0.0");

    /** What guides leave for when users have the release. */
    private static final String DUTIES = """
        duties:
          - {id: merge-back, text: Merge the release branch back, by: devops, after: end}
          - {id: next-version, text: Begin the next development version, by: technical-lead, after: end}
          - {id: milestone, text: "Close the milestone, and open the next one", by: devops, after: end}
          - {id: clean-up, text: Remove the release branch and old previews, by: support, after: end}
          - {id: next-owner, text: Say who owns the next release and when it is, by: technical-lead, after: end,
             fields: [owner, date]}
        """;

    private final Kept<Dossier, ReleaseInput> releases = new Kept<>();
    private final LeavingRelease release = new LeavingRelease(DUTIES);

    /** The next release as the API shows it. */
    private ReleaseView next() {
        Dossier next = LeavingRelease.begun("hello@1.1.0", Instant.parse("2026-02-02T10:00:00Z"));
        releases.states.clear();
        releases.states.put(next.id().value(), next);
        if (!release.finished()) {
            releases.states.put(ID.value(), release.dossier());
        }
        List<Dossier> before = Owed.releasesBefore(releases, 50, next);
        return ReleaseViews.view(next).owing(Owed.duties(before), Owed.reviews(before), List.of(), null);
    }

    private List<String> shown() {
        List<OwedDuty> owed = next().owed();
        assertThat(owed).extracting(OwedDuty::release).allMatch(ID::equals);
        return owed.stream().map(each -> each.duty().id()).toList();
    }

    /** What its own page says of them. */
    private List<LineState> states() {
        return ReleaseViews.view(release.dossier()).duties().stream()
                .map(DutyView::state)
                .toList();
    }

    private ReleasePhase phase() {
        return release.dossier().state().phase();
    }

    private boolean asksOn() {
        return Telling.status(release.dossier()).asksOn();
    }

    @Test
    void nothing_of_it_is_in_the_way_of_the_end_and_nothing_is_owed_before() {
        release.baked();

        assertThat(phase()).isEqualTo(ReleasePhase.BAKING);
        assertThat(states()).containsOnly(LineState.OPEN);
        assertThat(release.done("merge-back", Examples.BEN, Map.of())).isEqualTo("not-now");
        assertThat(shown()).isEmpty();
    }

    @Test
    void it_is_asked_for_after_the_end_and_shown_with_the_next_release_until_it_is_done_one_by_one() {
        release.completed();

        assertThat(phase()).isEqualTo(ReleasePhase.COMPLETED);
        assertThat(states()).hasSize(5).containsOnly(LineState.DUE);
        Milestone asked = release.dossier().milestones().stream()
                .filter(milestone -> milestone.kind() == Milestone.Kind.DUTY_ASKED)
                .findFirst()
                .orElseThrow();
        assertThat(asked.asked()).containsExactlyInAnyOrder("devops", "technical-lead", "support");
        assertThat(shown()).containsExactly("merge-back", "next-version", "milestone", "clean-up", "next-owner");

        assertThat(release.done("milestone", Examples.BEN, Map.of())).isEmpty();
        assertThat(shown()).containsExactly("merge-back", "next-version", "clean-up", "next-owner");
        assertThat(release.done("merge-back", Examples.BEN, Map.of())).isEmpty();
        assertThat(shown()).containsExactly("next-version", "clean-up", "next-owner");
        assertThat(release.done("clean-up", SUPPORT, Map.of())).isEmpty();
        assertThat(release.done("next-version", Examples.ADA, Map.of())).isEmpty();
        assertThat(shown()).containsExactly("next-owner");
        assertThat(asksOn()).isTrue();

        assertThat(release.done("next-owner", Examples.ADA, Map.of("owner", Examples.BEN)))
                .as("who, and not when")
                .isNotEmpty();
        assertThat(shown()).containsExactly("next-owner");
        assertThat(release.done("next-owner", Examples.ADA, Map.of("owner", Examples.BEN, "date", "2026-03-02")))
                .isEmpty();

        assertThat(shown()).isEmpty();
        assertThat(states()).containsOnly(LineState.PASSED);
        assertThat(asksOn()).as("nobody hears more of it").isFalse();
        assertThat(release.finished()).isTrue();
        assertThat(phase()).isEqualTo(ReleasePhase.COMPLETED);
    }

    @Test
    void no_time_that_passes_ends_it_and_who_is_late_is_named_with_the_next_release() {
        release.completed().later(Duration.ofDays(400));

        assertThat(phase()).isEqualTo(ReleasePhase.COMPLETED);
        assertThat(release.finished()).isFalse();
        assertThat(next().owed())
                .extracting(
                        each -> each.duty().id(),
                        each -> Objects.requireNonNull(each.duty().timing()).state())
                .containsExactly(
                        tuple("merge-back", TimeState.LATE),
                        tuple("next-version", TimeState.LATE),
                        tuple("milestone", TimeState.LATE),
                        tuple("clean-up", TimeState.LATE),
                        tuple("next-owner", TimeState.LATE));
        assertThat(release.dossier().milestones().getLast().kind()).isEqualTo(Milestone.Kind.DUTY_REMINDED);
        assertThat(release.done("clean-up", SUPPORT, Map.of()))
                .as("late, and done")
                .isEmpty();
        assertThat(shown()).containsExactly("merge-back", "next-version", "milestone", "next-owner");
    }
}
