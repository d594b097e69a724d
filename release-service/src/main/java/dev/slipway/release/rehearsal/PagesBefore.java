package dev.slipway.release.rehearsal;

import dev.slipway.contracts.notification.DeliveryStatus;
import dev.slipway.contracts.policy.Announcing;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.release.RehearsalView;
import dev.slipway.contracts.release.RehearsalView.Check;
import dev.slipway.contracts.release.RehearsalView.Result;
import dev.slipway.release.saga.Announcements;
import dev.slipway.release.saga.Dossier;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known here of the pages that a release would be announced on: what came of the newest one's announcements there. Whether
 * a token is accepted now, notification-service alone can tell, which has the tokens; {@code guide plan} asks it.
 */
final class PagesBefore {
    private static final Set<Announcing.Over> PAGES =
            EnumSet.of(Announcing.Over.STATUS_PAGE, Announcing.Over.RELEASE_TEXT);

    private PagesBefore() {}

    /** @param newest release of the application; null where there is none */
    static List<Check> checks(Policy policy, @Nullable Dossier newest) {
        return policy.announcements().stream()
                .filter(each -> PAGES.contains(each.over()))
                .flatMap(each -> each.to().stream().map(address -> check(each, address, newest)))
                .toList();
    }

    private static Check check(Announcing announcing, String address, @Nullable Dossier newest) {
        String what = RehearsalView.PAGE + address;
        Optional<DeliveryStatus> before = told(announcing, address, newest);
        if (newest == null || before.isEmpty()) {
            return new Check(
                    Result.NOTE,
                    what,
                    "Announcement %s is put there after the end, which was not done of %s. Whether it can be, operators are told by GET /api/v1/deliveries/pages"
                            .formatted(announcing.id(), newest == null ? "any release yet" : newest.id()));
        }
        return before.get().delivered() > 0
                ? new Check(
                        Result.OK, what, "It accepted announcement %s of %s.".formatted(announcing.id(), newest.id()))
                : new Check(
                        Result.NOTE,
                        what,
                        "Announcement %s of %s could not be put there: slipway deliveries --undelivered"
                                .formatted(announcing.id(), newest.id()));
    }

    /** The text of a release is put at its tag, below the address of the project. */
    private static Optional<DeliveryStatus> told(Announcing announcing, String address, @Nullable Dossier newest) {
        Announcements known = newest == null ? null : newest.announcements();
        return known == null
                ? Optional.empty()
                : known.told().stream()
                        .filter(status -> status.announcement() != null
                                && status.announcement().id().equals(announcing.id()))
                        .filter(status -> status.address().equals(address)
                                || status.address().startsWith(address + "/"))
                        .reduce((_, later) -> later);
    }
}
