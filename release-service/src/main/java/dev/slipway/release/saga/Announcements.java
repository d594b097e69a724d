package dev.slipway.release.saga;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.slipway.contracts.notification.DeliveryStatus;
import dev.slipway.contracts.policy.Announcing;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.release.Announced;
import dev.slipway.contracts.release.AnnouncementState.AnnouncementReview;
import dev.slipway.contracts.release.ReleasePhase;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is told of a release to those who use it (ADR 57): written once when it has ended, of what is known then; sent where
 * nobody has to review it, or the one who has to has said yes to exactly this text; and proved by each receiver's server.
 *
 * @param reviews people's yeses, each to one text of one announcement, oldest first
 * @param written what its end has to be announced by; null while nothing was written
 * @param told what came of it, by receiver
 */
public record Announcements(
        List<Reviewed> reviews, @Nullable List<Announced> written, List<DeliveryStatus> told) {
    static final Announcements NONE = new Announcements(List.of(), null, List.of());
    private static final int REVIEWS_MAX = 100;

    public Announcements {
        reviews = List.copyOf(reviews);
        written = written == null ? null : List.copyOf(written);
        told = List.copyOf(told);
    }

    /** A yes to a text of an announcement. */
    public record Reviewed(String id, AnnouncementReview review) {}

    static Announcements of(Dossier d) {
        Announcements known = d.announcements();
        return known == null ? NONE : known;
    }

    /** What the policy has announced; of a way back or a configuration alone nothing is. */
    public static List<Announcing> all(Dossier d) {
        Policy policy = d.isRollback() || d.isConfiguration() || d.launch() == null
                ? null
                : d.release().policy();
        return policy == null ? List.of() : policy.announcements();
    }

    /** Those that tell of the end that it came to. */
    public static List<Announcing> due(Dossier d) {
        return d.state() instanceof ReleaseState.Ended ended ? of(d, ended.phase()) : List.of();
    }

    /** Those that tell of an end. */
    static List<Announcing> of(Dossier d, ReleasePhase end) {
        return all(d).stream().filter(each -> phase(each.after()) == end).toList();
    }

    /** @throws IllegalArgumentException for either end, of which no announcement tells */
    public static ReleasePhase phase(Announcing.After after) {
        return switch (after) {
            case COMPLETED -> ReleasePhase.COMPLETED;
            case ROLLED_BACK -> ReleasePhase.ROLLED_BACK;
            case END -> throw new IllegalArgumentException("An announcement tells of one end");
        };
    }

    /** Whether its end has to be announced and nobody has written that. */
    static boolean unwritten(Dossier d) {
        return !due(d).isEmpty() && of(d).written() == null;
    }

    /** What may be sent, exactly so. */
    static List<Announced> released(Dossier d) {
        Announcements known = of(d);
        List<Announced> written = known.written();
        return written == null
                ? List.of()
                : written.stream().filter(each -> known.mayBeSent(d, each)).toList();
    }

    private boolean mayBeSent(Dossier d, Announced text) {
        Optional<Announcing> asked =
                all(d).stream().filter(each -> each.id().equals(text.id())).findFirst();
        return asked.isPresent() && (asked.get().reviewedBy() == null || isReviewed(text));
    }

    /** Whether somebody has said yes to exactly this text. */
    public boolean isReviewed(Announced text) {
        return reviews.stream()
                .anyMatch(each ->
                        each.id().equals(text.id()) && each.review().digest().equals(text.digest()));
    }

    /** What came of a text at each receiver, as far as is known. */
    @JsonIgnore
    public List<DeliveryStatus> of(Announced text) {
        return told.stream()
                .filter(status -> status.announcement() != null
                        && status.announcement().id().equals(text.id()))
                .toList();
    }

    /** Whether something is known of each receiver of a text. */
    public boolean isOver(Announced text) {
        return of(text).size() >= text.to().size();
    }

    /** Whether nothing is left to be written, reviewed or sent. */
    static boolean settled(Dossier d) {
        List<Announced> written = of(d).written();
        return due(d).isEmpty() || (written != null && written.stream().allMatch(of(d)::isOver));
    }

    /** Whether nothing but people's reviews is waited for. */
    static boolean awaitsReview(Dossier d) {
        List<Announced> released = released(d);
        return !unwritten(d) && !settled(d) && released.stream().allMatch(of(d)::isOver);
    }

    Announcements reviewed(String id, AnnouncementReview review) {
        List<Reviewed> more = new ArrayList<>(reviews);
        more.add(new Reviewed(id, review));
        return new Announcements(more.subList(Math.max(0, more.size() - REVIEWS_MAX), more.size()), written, told);
    }

    Announcements written(List<Announced> texts) {
        return new Announcements(reviews, texts, told);
    }

    /** The first that is said of a receiver counts, unless that was that it gave up. */
    Announcements heard(DeliveryStatus status) {
        DeliveryStatus.Announcement said = status.announcement();
        List<Announced> texts = written;
        boolean ours = said != null
                && texts != null
                && texts.stream()
                        .anyMatch(text -> text.id().equals(said.id())
                                && text.digest().equals(said.digest())
                                && text.to().contains(status.address()));
        if (said == null || !ours) {
            return this;
        }
        Optional<DeliveryStatus> before = told.stream()
                .filter(each -> each.contact().equals(status.contact())
                        && each.address().equals(status.address()))
                .findFirst();
        if (before.filter(known -> known.delivered() > 0 || known.equals(status))
                .isPresent()) {
            return this;
        }
        return new Announcements(
                reviews,
                written,
                Stream.concat(
                                told.stream()
                                        .filter(each ->
                                                !before.filter(each::equals).isPresent()),
                                Stream.of(status))
                        .toList());
    }
}
