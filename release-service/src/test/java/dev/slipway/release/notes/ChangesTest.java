package dev.slipway.release.notes;

import static dev.slipway.release.notes.Commits.commit;
import static dev.slipway.release.notes.Commits.merge;
import static dev.slipway.release.notes.Commits.sha;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.release.ChangeView;
import dev.slipway.contracts.release.ChangeView.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ChangesTest {
    @Test
    void types_say_what_a_change_is_for() {
        assertThat(Changes.of(Commits.of("feat: a", "fix: b", "perf: c", "refactor: d", "docs: e", "FEAT: f", "g")))
                .extracting(ChangeView::kind)
                .containsExactly(
                        Kind.FEATURE,
                        Kind.FIX,
                        Kind.IMPROVEMENT,
                        Kind.IMPROVEMENT,
                        Kind.OTHER,
                        Kind.FEATURE,
                        Kind.OTHER);
    }

    @Test
    void a_merge_counts_only_where_its_own_message_says_a_change() {
        assertThat(Changes.of(List.of(
                        merge(4, "Merge branch 'topic'"),
                        merge(3, "chore(release): merge hello@1.0.0 into released"),
                        merge(2, "feat: a topic in one"),
                        merge(1, "chore!: drop it"))))
                .extracting(ChangeView::subject)
                .containsExactly("a topic in one", "drop it");
    }

    @Test
    void what_was_taken_back_does_not_count_and_neither_does_taking_it_back() {
        List<ChangeView> changes = Changes.of(List.of(
                commit(3, "fix: else"),
                commit(2, "Revert \"feat: a\"\n\nThis reverts commit " + sha(1) + "."),
                commit(1, "feat: a")));

        assertThat(changes).extracting(ChangeView::subject).containsExactly("else");
    }

    @Test
    void what_was_brought_back_again_counts() {
        List<ChangeView> changes = Changes.of(List.of(
                commit(3, "revert: bring it back\n\nThis reverts commit " + sha(2) + "."),
                commit(2, "revert: feat a\n\nThis reverts commit " + sha(1) + "."),
                commit(1, "feat: a")));

        assertThat(changes).extracting(ChangeView::subject).containsExactly("a");
    }

    @Test
    void taking_back_what_was_released_before_is_a_change() {
        assertThat(Changes.of(List.of(commit(2, "revert: feat a\n\nThis reverts commit " + sha(1) + "."))))
                .extracting(ChangeView::kind)
                .containsExactly(Kind.OTHER);
    }
}
