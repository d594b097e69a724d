package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cli.release.ReleaseText;
import dev.slipway.cli.release.ReviewText;
import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.release.AwaitedReview;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.contracts.release.ReleaseView;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Announcements that wait for a review, with the release that they tell of and with those that come after it. */
final class ReviewTextTest {
    private static AwaitedReview review(ReleaseId release, boolean ended) {
        return new AwaitedReview(
                release,
                "users",
                "support",
                ended,
                "./slipway release announcements %s --approve users --as EMAIL".formatted(release));
    }

    @Test
    void a_release_that_has_ended_waits_for_them_and_says_what_is_typed_next() {
        ReleaseView ended = Releases.unreviewed(ReleasePhase.COMPLETED, review(Releases.ID, true));
        String command = "./slipway release announcements %s --approve users --as EMAIL".formatted(Releases.ID);

        assertThat(new ReleaseText(ZoneOffset.UTC).show(ended))
                .containsSubsequence(
                        "waits for  people: a review of announcement users by somebody of support",
                        "next       " + command,
                        "review     announcement users waits for somebody of support to review it",
                        "           " + command);
        assertThat(new ReleaseText(ZoneOffset.UTC).list(List.of(ended)).getLast())
                .endsWith("a review of announcement users by somebody of support");
    }

    @Test
    void one_on_its_way_does_not_wait_for_them_and_shows_those_of_releases_before_it() {
        ReleaseView onItsWay = Releases.unreviewed(
                ReleasePhase.AWAITING_APPROVAL, review(new ReleaseId("hello@1.0.0"), true), review(Releases.ID, false));

        assertThat(new ReleaseText(ZoneOffset.UTC).head(onItsWay)).noneMatch(line -> line.contains("announcement"));
        assertThat(ReviewText.lines(onItsWay))
                .startsWith(
                        "review     left of hello@1.0.0: announcement users waits for somebody of support to review it",
                        "           ./slipway release announcements hello@1.0.0 --approve users --as EMAIL",
                        "           announcement users waits for somebody of support to review it");
    }
}
