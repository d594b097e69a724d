package dev.slipway.release.api;

import dev.slipway.contracts.notification.DeliveryStatus;
import dev.slipway.contracts.policy.Announcing;
import dev.slipway.contracts.release.Announced;
import dev.slipway.contracts.release.AnnouncementState;
import dev.slipway.contracts.release.AnnouncementState.AnnouncementProof;
import dev.slipway.contracts.release.AnnouncementState.AnnouncementReviewRequest;
import dev.slipway.contracts.release.AnnouncementState.State;
import dev.slipway.contracts.release.NotesView;
import dev.slipway.messaging.Aggregates;
import dev.slipway.release.notes.AnnouncementTexts;
import dev.slipway.release.notes.History;
import dev.slipway.release.retention.Keeping;
import dev.slipway.release.retention.KeepingInput;
import dev.slipway.release.saga.Announcements;
import dev.slipway.release.saga.Dossier;
import dev.slipway.release.saga.ReleaseInput;
import dev.slipway.web.Caller;
import dev.slipway.web.Problems;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** The announcements that a release's policy asks for: their texts, who has reviewed them, and what proves that they arrived. */
@RestController
class AnnouncementsController {
    private final Aggregates<Dossier, ReleaseInput> releases;
    private final Aggregates<Keeping, KeepingInput> keepings;
    private final History history;

    AnnouncementsController(
            Aggregates<Dossier, ReleaseInput> releases, Aggregates<Keeping, KeepingInput> keepings, History history) {
        this.releases = releases;
        this.keepings = keepings;
        this.history = history;
    }

    @GetMapping("/api/v1/releases/{id}/announcements")
    List<AnnouncementState> announcements(@PathVariable String id) {
        return states(Known.release(releases, keepings, id));
    }

    /** A yes to exactly the text that the announcement has at present. */
    @PostMapping("/api/v1/releases/{id}/announcements/{announcement}/review")
    List<AnnouncementState> review(
            @PathVariable String id,
            @PathVariable String announcement,
            @RequestBody AnnouncementReviewRequest said,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @AuthenticationPrincipal Jwt token) {
        Caller caller = Caller.of(token);
        String email = SteeringController.email(caller, "Whoever reviews an announcement");
        states(Known.release(releases, keepings, id)).stream()
                .filter(each -> each.id().equals(announcement) && !each.digest().equals(said.digest()))
                .findFirst()
                .ifPresent(other -> {
                    throw Problems.refused(
                            HttpStatus.CONFLICT,
                            "another-text",
                            "The text of announcement %s is %s by now, and the review is of %s. Read it again: GET /api/v1/releases/%s/announcements"
                                    .formatted(
                                            announcement,
                                            other.digest().brief(),
                                            said.digest().brief(),
                                            id));
                });
        return states(SteeringController.submit(
                releases,
                id,
                caller,
                new ReleaseInput.ReviewAnnouncement(
                        email,
                        announcement,
                        said.digest(),
                        new ReleaseInput.Triple(said.sha(), said.digests(), said.policyHash()),
                        RequestKey.of(caller, "review " + announcement, key))));
    }

    private List<AnnouncementState> states(Dossier d) {
        List<Announcing> all = Announcements.all(d);
        if (all.isEmpty()) {
            return List.of();
        }
        Announcements known =
                Objects.requireNonNullElseGet(d.announcements(), () -> new Announcements(List.of(), null, List.of()));
        NotesView notes = NotesReading.of(d, history);
        return all.stream()
                .map(asked -> state(
                        d, known, asked, written(known, asked).orElseGet(() -> AnnouncementTexts.of(d, notes, asked))))
                .toList();
    }

    private static Optional<Announced> written(Announcements known, Announcing asked) {
        List<Announced> written = known.written();
        return written == null
                ? Optional.empty()
                : written.stream().filter(text -> text.id().equals(asked.id())).findFirst();
    }

    private static AnnouncementState state(Dossier d, Announcements known, Announcing asked, Announced text) {
        return new AnnouncementState(
                asked.id(),
                text.channel(),
                text.to(),
                asked.after().name(),
                asked.reviewedBy(),
                how(d, known, asked, text),
                text.subject(),
                text.text(),
                text.digest(),
                known.reviews().stream()
                        .filter(each -> each.id().equals(asked.id()))
                        .map(Announcements.Reviewed::review)
                        .toList(),
                known.of(text).stream()
                        .flatMap(status -> proof(status).stream())
                        .toList());
    }

    private static State how(Dossier d, Announcements known, Announcing asked, Announced text) {
        if (!d.state().phase().terminal()) {
            return State.DRAFT;
        } else if (Announcements.due(d).stream().noneMatch(asked::equals)) {
            return State.NOT_SENT;
        } else if (asked.reviewedBy() != null && !known.isReviewed(text)) {
            return State.AWAITS_REVIEW;
        } else if (!known.isOver(text)) {
            return State.SENDING;
        }
        return known.of(text).stream().allMatch(status -> status.delivered() > 0) ? State.SENT : State.UNDELIVERABLE;
    }

    private static Optional<AnnouncementProof> proof(DeliveryStatus status) {
        DeliveryStatus.Announcement said = status.announcement();
        return said == null || said.answer() == null
                ? Optional.empty()
                : Optional.of(new AnnouncementProof(status.address(), said.digest(), said.answer(), said.at()));
    }
}
