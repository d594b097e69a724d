package dev.slipway.release.saga;

import dev.slipway.contracts.policy.Announcing;
import dev.slipway.contracts.release.Announced;
import dev.slipway.contracts.release.AwaitedReview;
import dev.slipway.contracts.release.Cause;
import dev.slipway.contracts.release.Milestone;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who is asked to review what is announced of a release (ADR 79): of what tells of its good end beside those who approve it, so
 * that its end need not wait for them; and of each text that has no yes of its role once it is written, which is final.
 */
public final class ReviewAsking {
    private static final String KIND = "review-asked";

    private ReviewAsking() {}

    /** What a way back would be announced by is not asked for: it rarely comes to that, and tells of what only then is known. */
    static Change drafted(Change change, Dossier d, int milestonesMax) {
        return ask(
                change,
                d,
                reviewed(Announcements.all(d))
                        .filter(each -> each.after() == Announcing.After.COMPLETED)
                        .toList(),
                "can be read as it would be sent once the release is complete. A yes holds as long as the text stays.",
                milestonesMax);
    }

    /** With what its end is announced by; whoever has not said yes to that is asked. */
    static Dossier written(Dossier d, List<Announced> texts, Instant now, int milestonesMax) {
        Dossier written = Change.of(d, now)
                .announcements(Announcements.of(d).written(texts))
                .done();
        return ask(
                        Change.of(written, now),
                        written,
                        open(written),
                        "is written, and sent to nobody before that.",
                        milestonesMax)
                .done();
    }

    private static Change ask(Change change, Dossier d, List<Announcing> all, String how, int milestonesMax) {
        if (all.isEmpty()) {
            return change;
        }
        return change.milestone(
                Milestone.Kind.REVIEW_ASKED,
                Cause.of(
                        KIND,
                        "A review is asked for: %s. Each %s Read it: ./slipway release announcements %s. Say yes: ./%s%s"
                                .formatted(
                                        all.stream()
                                                .map(each -> "%s of %s".formatted(each.id(), each.reviewedBy()))
                                                .collect(Collectors.joining("; ")),
                                        how,
                                        d.id(),
                                        AwaitedReview.command(
                                                d.id(),
                                                all.size() == 1 ? all.getFirst().id() : "ID"),
                                        Staff.owned(d).isEmpty() ? "" : "." + Staff.owned(d))),
                all.stream().flatMap(ReviewAsking::role).distinct().toList(),
                milestonesMax);
    }

    /** Whether somebody may still be asked of a release that has ended. */
    static boolean asksOn(Dossier d) {
        return Announcements.of(d).written() == null
                ? reviewed(Announcements.due(d)).findAny().isPresent()
                : !open(d).isEmpty();
    }

    /**
     * What waits for a yes: of a release on its way what was asked for, and nobody has said yes to any text of; of one that has
     * ended what is written, and nobody has said yes to in these words.
     */
    private static List<Announcing> open(Dossier d) {
        Announcements known = Announcements.of(d);
        if (d.state() instanceof ReleaseState.Restoring || d.state() instanceof ReleaseState.RollingBack) {
            return List.of(); // it comes to another end, of which nobody was asked yet
        }
        if (!(d.state() instanceof ReleaseState.Ended)) {
            boolean asked = d.milestones().stream().anyMatch(told -> told.kind() == Milestone.Kind.REVIEW_ASKED);
            return asked
                    ? reviewed(Announcements.all(d))
                            .filter(each -> each.after() == Announcing.After.COMPLETED
                                    && known.reviews().stream()
                                            .noneMatch(review -> review.id().equals(each.id())))
                            .toList()
                    : List.of();
        }
        List<Announced> written = known.written();
        return written == null
                ? List.of()
                : reviewed(Announcements.due(d))
                        .filter(each -> written.stream()
                                .anyMatch(text -> text.id().equals(each.id()) && !known.isReviewed(text)))
                        .toList();
    }

    /** The same, as the API shows it. */
    public static List<AwaitedReview> awaited(Dossier d) {
        boolean ended = d.state() instanceof ReleaseState.Ended;
        return d.launch() == null
                ? List.of()
                : open(d).stream()
                        .flatMap(each -> role(each).map(by -> AwaitedReview.of(d.id(), each.id(), by, ended)))
                        .toList();
    }

    private static Stream<Announcing> reviewed(List<Announcing> all) {
        return all.stream().filter(each -> each.reviewedBy() != null);
    }

    private static Stream<String> role(Announcing asked) {
        return Stream.ofNullable(asked.reviewedBy());
    }
}
