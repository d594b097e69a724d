package dev.slipway.cli.release;

import dev.slipway.contracts.release.AwaitedReview;
import dev.slipway.contracts.release.ReleaseView;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Announcements that are sent to nobody before somebody has reviewed them: of a release, and of those before it. */
public final class ReviewText {
    private ReviewText() {}

    /** Of each: which announcement, whose yes it needs, and what is typed. */
    public static List<String> lines(ReleaseView release) {
        List<String> lines = new ArrayList<>();
        String term = "review";
        for (AwaitedReview review : release.reviews()) {
            boolean own = review.release().equals(release.id());
            lines.add("%-10s %sannouncement %s waits for somebody of %s to review it"
                    .formatted(
                            term, own ? "" : "left of " + review.release() + ": ", review.announcement(), review.by()));
            lines.add("           " + review.command());
            term = "";
        }
        return lines;
    }

    /** What a release that has ended waits for, in a line of a list; empty where for nothing. */
    static String waits(ReleaseView release) {
        return own(release).map(ReviewText::words).findFirst().orElse("");
    }

    static String words(AwaitedReview review) {
        return "a review of announcement %s by somebody of %s".formatted(review.announcement(), review.by());
    }

    /** Those that are all that the release waits for, now that it has ended. */
    static Stream<AwaitedReview> own(ReleaseView release) {
        return release.reviews().stream()
                .filter(review -> review.ended() && review.release().equals(release.id()));
    }
}
