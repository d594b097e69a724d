package dev.slipway.cli.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.Sha;
import dev.slipway.contracts.policy.OpenFor;
import dev.slipway.contracts.policy.PathReview;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.release.VoteView;
import dev.slipway.contracts.release.VoteView.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class VoteTextTest {
    private static final Instant AT = Instant.parse("2026-01-07T10:00:00Z");
    private static final VoteView.Objection NO =
            new VoteView.Objection("ben@example.test", AT, "unclear licence", null, true, false);

    private static VoteView.Decided decided(Outcome outcome, String... missing) {
        return new VoteView.Decided(
                AT,
                outcome,
                2,
                List.of("ada@example.test", "cy@example.test"),
                List.of("ben@example.test"),
                List.of(missing),
                new Sha("1".repeat(40)),
                List.of(),
                "00ff");
    }

    private static VoteView vote(
            @Nullable Instant openUntil, List<VoteView.Objection> objections, VoteView.@Nullable Decided decided) {
        return new VoteView(openUntil, List.of(), List.of(), objections, decided);
    }

    @Test
    void a_vote_that_has_passed_without_more_to_say_is_told_by_its_approvals_alone() {
        assertThat(VoteText.lines(null)).isEmpty();
        assertThat(VoteText.lines(vote(null, List.of(), decided(Outcome.PASSED))))
                .isEmpty();
    }

    @Test
    void one_with_a_time_or_a_no_is_told_with_its_tally() {
        assertThat(VoteText.lines(vote(AT, List.of(NO), decided(Outcome.PASSED))))
                .containsExactly(
                        "vote       passed at 2026-01-07T10:00:00Z: yes 2 of 2, no 1",
                        "           it was open until 2026-01-07T10:00:00Z",
                        "           no by ben@example.test: unclear licence");
    }

    @Test
    void one_that_did_not_pass_names_whom_nobody_stood_for() {
        assertThat(VoteText.lines(vote(null, List.of(), decided(Outcome.EXPIRED, "devops", "support"))))
                .containsExactly(
                        "vote       expired at 2026-01-07T10:00:00Z: yes 2 of 2, no 1, nobody for devops, support");
    }

    @Test
    void changed_files_are_told_with_who_has_to_approve_them() {
        VoteView view = new VoteView(
                null,
                List.of(),
                List.of(),
                List.of(),
                null,
                List.of(
                        new VoteView.Review(
                                List.of("deploy/**"),
                                List.of("devops"),
                                List.of("deploy/a.sh", "deploy/b.sh"),
                                3,
                                true),
                        new VoteView.Review(
                                List.of("*.sql"),
                                List.of("support", "ada@example.test"),
                                List.of("schema.sql"),
                                0,
                                false),
                        new VoteView.Review(List.of("ops/**"), List.of("devops"), List.of(), null, true)));

        assertThat(VoteText.lines(view))
                .containsExactly(
                        "vote       deploy/a.sh, deploy/b.sh and 3 more changed: devops has to approve that",
                        "           schema.sql changed: support or ada@example.test has approved that",
                        "           ops/**, which may have changed: devops has to approve that");
    }

    @Test
    void a_policy_says_what_it_asks_of_votes() {
        assertThat(VoteText.rules(new Policy.Approvals(
                        1,
                        Duration.ofHours(72),
                        List.of(),
                        List.of(),
                        null,
                        List.of(),
                        List.of(new PathReview(List.of("deploy/**"), List.of("devops"))))))
                .isEqualTo("; devops approves changes of deploy/**");
        assertThat(VoteText.rules(new Policy.Approvals(2, Duration.ofHours(72))))
                .isEmpty();
        assertThat(VoteText.rules(new Policy.Approvals(
                        4,
                        Duration.ofHours(72),
                        List.of(),
                        List.of("pmc", "pmc", "pmc", "devops"),
                        new OpenFor(Duration.ofHours(72)),
                        List.of("pmc", "legal"))))
                .isEqualTo("; of pmc 3, devops 1; open for 72 h at least; a no of pmc or legal ends it");
    }
}
