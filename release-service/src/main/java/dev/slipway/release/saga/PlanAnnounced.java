package dev.slipway.release.saga;

import dev.slipway.contracts.Texts;
import dev.slipway.contracts.policy.Announcing;
import dev.slipway.contracts.release.Announced;
import dev.slipway.contracts.release.AnnouncementState.AnnouncementReview;
import dev.slipway.contracts.release.AwaitedReview;
import dev.slipway.contracts.release.GuideView.LineState;
import dev.slipway.contracts.release.PlanView.Asked;
import dev.slipway.contracts.release.PlanView.AskedKind;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.release.application.Tags;
import dev.slipway.release.saga.GuideStates.Standing;
import dev.slipway.release.saga.PlanStation.Draft;
import dev.slipway.release.saga.PlanStation.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The last step of a plan: what is told of the release, once it has ended, to those who use it. */
final class PlanAnnounced {
    private final Dossier d;
    private final PlanAsked asked;

    PlanAnnounced(Dossier d, PlanAsked asked) {
        this.d = d;
        this.asked = asked;
    }

    /** Empty where its policy has nothing announced of that end. */
    Optional<Draft> step(ReleasePhase end) {
        List<Announcing> all = Announcements.of(d, end);
        return all.isEmpty() ? Optional.empty() : Optional.of(draft(end, all));
    }

    private Draft draft(ReleasePhase end, List<Announcing> all) {
        List<Asked> reviews = reviews(end);
        List<String> text = new ArrayList<>();
        text.add("What is told of it is written of what is known by then, and sent: %s."
                .formatted(all.stream().map(this::told).collect(Collectors.joining("; "))));
        if (!reviews.isEmpty()) {
            text.add("%s reviewed first, word for word, and sent to nobody before that: %s"
                    .formatted(
                            Texts.counted(reviews.size(), "text is", "texts are"),
                            AwaitedReview.command(d.id(), "ID")));
        }
        return new Draft(
                Place.of(PlanStation.ANNOUNCE),
                end,
                "It is announced",
                String.join(" ", text),
                reviews,
                "What was sent is not taken back, and what it tells is decided by then. Words above the facts are"
                        + " edited before: slipway release notes %s --edit --reason WHY. What did not arrive: slipway deliveries --undelivered"
                                .formatted(d.id()));
    }

    private String told(Announcing each) {
        return "%s %s %s"
                .formatted(
                        each.id(),
                        switch (each.over()) {
                            case MAIL -> "by mail to";
                            case CHAT -> "in";
                            case STATUS_PAGE -> "on the status page";
                            case RELEASE_TEXT -> "as the text of the release at";
                        },
                        String.join(", ", each.receivers(tag())));
    }

    private String tag() {
        return Optional.ofNullable(d.guide().merge())
                .map(merge -> Tags.of(merge, d.release().proposal().version()))
                .orElse("");
    }

    /** Who says yes to what is announced of that end; a role has no deputies here. */
    List<Asked> reviews(ReleasePhase end) {
        return Announcements.of(d, end).stream().flatMap(this::review).toList();
    }

    private Stream<Asked> review(Announcing each) {
        return Stream.ofNullable(each.reviewedBy()).map(role -> {
            Standing standing = standing(each, role);
            return new Asked(
                    AskedKind.REVIEW,
                    each.id(),
                    "a person of the role %s says yes to exactly the text that is sent".formatted(role),
                    asked.people(role),
                    null,
                    standing.state(),
                    standing.why());
        });
    }

    /** A yes before the end is one to the text of then, of which only the end can say whether it still is. */
    private Standing standing(Announcing each, String role) {
        Announcements known = Announcements.of(d);
        List<AnnouncementReview> yes = known.reviews().stream()
                .filter(review -> review.id().equals(each.id()))
                .map(Announcements.Reviewed::review)
                .toList();
        Optional<Announced> written = Stream.ofNullable(known.written())
                .flatMap(List::stream)
                .filter(text -> text.id().equals(each.id()))
                .findFirst();
        if (written.isPresent()) {
            return yes.stream()
                    .filter(review -> review.digest().equals(written.get().digest()))
                    .findFirst()
                    .map(review ->
                            Standing.at(LineState.PASSED, "%s has said yes to it".formatted(review.by()), review.at()))
                    .orElseGet(() -> Standing.of(
                            LineState.DUE, "it is written, and nobody of %s has said yes to it".formatted(role)));
        }
        return yes.isEmpty()
                ? Standing.of(LineState.OPEN, PlanAsked.NOT_ASKED)
                : Standing.of(
                        LineState.OPEN,
                        "%s has said yes to text %s, which counts if that is the one that is written"
                                .formatted(
                                        yes.getLast().by(),
                                        yes.getLast().digest().brief()));
    }
}
