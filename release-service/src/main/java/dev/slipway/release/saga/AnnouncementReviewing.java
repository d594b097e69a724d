package dev.slipway.release.saga;

import dev.slipway.contracts.Digest;
import dev.slipway.contracts.policy.Announcing;
import dev.slipway.contracts.policy.NearestName;
import dev.slipway.contracts.release.Announced;
import dev.slipway.contracts.release.AnnouncementState.AnnouncementReview;
import dev.slipway.messaging.Decision;
import dev.slipway.messaging.Refusal;
import dev.slipway.release.saga.ReleaseInput.ReviewAnnouncement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A review of an announcement counts if it is of exactly this sha, these digests and this policy, by somebody of the role that
 * the policy names. It is a yes to one text: once the text is written it has to be that one.
 */
final class AnnouncementReviewing {
    private final SagaLimits limits;

    AnnouncementReviewing(SagaLimits limits) {
        this.limits = limits;
    }

    Decision<Dossier> review(Dossier d, ReviewAnnouncement said, Instant now) {
        if (d.state() instanceof ReleaseState.Unheard || !Approving.sameTriple(d.release(), said.triple())) {
            return Decision.refuse(
                    d,
                    new Refusal(
                            "another-triple",
                            "The review is not of this release's sha, digests and policy. Read the release again and"
                                    + " review what it says."));
        }
        Optional<Announcing> asked = Announcements.all(d).stream()
                .filter(each -> each.id().equals(said.announcement()))
                .findFirst();
        if (asked.isEmpty()) {
            return Decision.refuse(d, new Refusal("no-announcement", unknown(d, said.announcement())));
        }
        if (known(d, said).isPresent()) {
            return Decision.stay(d);
        }
        Refusal refusal = refusal(d, asked.get(), said);
        return refusal == null
                ? Decision.move(Change.of(d, now)
                                .announcements(Announcements.of(d)
                                        .reviewed(
                                                said.announcement(),
                                                new AnnouncementReview(said.digest(), said.email(), now)))
                                .request(said.key(), limits.requestsRemembered())
                                .done())
                        .because("announcement %s reviewed by %s".formatted(said.announcement(), said.email()))
                : Decision.refuse(d, refusal);
    }

    private static Optional<Announcements.Reviewed> known(Dossier d, ReviewAnnouncement said) {
        return Announcements.of(d).reviews().stream()
                .filter(each -> each.id().equals(said.announcement())
                        && each.review().digest().equals(said.digest())
                        && each.review().by().equals(said.email()))
                .findFirst();
    }

    private static @Nullable Refusal refusal(Dossier d, Announcing asked, ReviewAnnouncement said) {
        String role = asked.reviewedBy();
        if (role == null) {
            return new Refusal(
                    "not-asked", "Nobody has to review announcement %s by the policy.".formatted(asked.id()));
        }
        if (!d.guide().rolesOf(said.email()).contains(role)) {
            return new Refusal(
                    "not-your-role",
                    "%s is nobody of the role %s, which reviews announcement %s."
                            .formatted(said.email(), role, asked.id()));
        }
        boolean over =
                d.state() instanceof ReleaseState.Ended ended && Announcements.phase(asked.after()) != ended.phase();
        if (over) {
            return new Refusal(
                    "not-now",
                    "Release %s ended as %s, and announcement %s tells of another end: it is sent to nobody."
                            .formatted(d.id(), d.state().phase(), asked.id()));
        }
        return written(d, asked.id())
                .filter(digest -> !digest.equals(said.digest()))
                .map(digest -> new Refusal(
                        "another-text",
                        "The text of announcement %s is %s by now, and the review is of %s. Read it again: slipway release announcements %s"
                                .formatted(
                                        asked.id(),
                                        digest.brief(),
                                        said.digest().brief(),
                                        d.id())))
                .orElse(null);
    }

    private static Optional<Digest> written(Dossier d, String id) {
        List<Announced> written = Announcements.of(d).written();
        return written == null
                ? Optional.empty()
                : written.stream()
                        .filter(text -> text.id().equals(id))
                        .map(Announced::digest)
                        .findFirst();
    }

    private static String unknown(Dossier d, String name) {
        List<String> all = Announcements.all(d).stream().map(Announcing::id).toList();
        if (all.isEmpty()) {
            return "This release is announced to nobody: its policy has no announcements, or it brings nothing new.";
        }
        return "This release has no announcement of that name; %s"
                .formatted(NearestName.to(name, all)
                        .map("did you mean %s?"::formatted)
                        .orElseGet(() -> "it has: " + String.join(", ", all) + "."));
    }
}
