package dev.slipway.release.saga;

import dev.slipway.contracts.WireJson;
import dev.slipway.contracts.notification.DeliveryStatus;
import dev.slipway.contracts.policy.Announcing;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.release.Announced;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Applies the rules of announcements again to a release's records (ADR 57, 60): each review was said by the person whose it is,
 * who has the role that the policy names for that announcement; what was written stood fast; and nothing was sent that such a
 * person had not said yes to, to the letter.
 */
final class AnnouncementRecords {
    private final Consumer<String> fault;
    private final Set<Announcements.Reviewed> reviews = new HashSet<>();
    private final Set<String> agreed = new HashSet<>();
    private final Set<DeliveryStatus> sent = new HashSet<>();
    private @Nullable List<Announced> written;

    /** @param fault hears of each fault, at the record that is looked at */
    AnnouncementRecords(Consumer<String> fault) {
        this.fault = fault;
    }

    void next(JsonNode record, Policy guide) {
        JsonNode told = record.path("set").path("announcements");
        if (!told.isObject()) {
            return;
        }
        try {
            Announcements said = WireJson.mapper().treeToValue(told, Announcements.class);
            said.reviews().stream()
                    .filter(reviews::add)
                    .forEach(review -> reviewed(review, record.path("actor").asString("nobody"), guide));
            stoodFast(said.written());
            said.told().stream().filter(sent::add).forEach(status -> sent(status, guide));
        } catch (JacksonException | IllegalArgumentException unreadable) {
            fault.accept("what is announced cannot be read");
        }
    }

    private static Optional<Announcing> asked(Policy guide, String id) {
        return guide.announcements().stream()
                .filter(each -> each.id().equals(id))
                .findFirst();
    }

    private void reviewed(Announcements.Reviewed review, String actor, Policy guide) {
        String by = review.review().by();
        String role = asked(guide, review.id()).map(Announcing::reviewedBy).orElse(null);
        if (role == null) {
            fault.accept("a review of announcement %s, for which its policy asks nobody".formatted(review.id()));
        } else if (!actor.equals("user:" + by)) {
            fault.accept("a review of %s that %s gave".formatted(by, actor));
        } else if (!guide.rolesOf(by).contains(role)) {
            fault.accept("%s reviewed announcement %s and is nobody of the role %s".formatted(by, review.id(), role));
        } else {
            agreed.add(key(review.id(), review.review().digest().value()));
        }
    }

    private void stoodFast(@Nullable List<Announced> texts) {
        List<Announced> before = written;
        if (before != null && !before.equals(texts)) {
            fault.accept("what is announced was changed after it was written");
        }
        written = texts == null ? before : texts;
        if (before == null && texts != null) {
            texts.stream()
                    .filter(text ->
                            !Announced.digest(text.subject(), text.text()).equals(text.digest()))
                    .forEach(text -> fault.accept(
                            "the digest of announcement %s is not the one of its text".formatted(text.id())));
        }
    }

    private void sent(DeliveryStatus status, Policy guide) {
        DeliveryStatus.Announcement said = status.announcement();
        if (said == null || status.delivered() == 0) {
            return;
        }
        String role = asked(guide, said.id()).map(Announcing::reviewedBy).orElse(null);
        if (role != null && !agreed.contains(key(said.id(), said.digest().value()))) {
            fault.accept("announcement %s was sent to %s, and nobody of the role %s had said yes to that text"
                    .formatted(said.id(), status.address(), role));
        }
    }

    private static String key(String id, String digest) {
        return id + " " + digest;
    }

    /** For people, to follow what is said of approvals; empty where nothing was reviewed. */
    String said() {
        return reviews.isEmpty()
                ? ""
                : "; reviews of announcements: %d of %d by the role".formatted(agreed.size(), reviews.size());
    }
}
