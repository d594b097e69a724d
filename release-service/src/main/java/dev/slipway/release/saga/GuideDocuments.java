package dev.slipway.release.saga;

import dev.slipway.contracts.Texts;
import dev.slipway.contracts.notification.DeliveryStatus;
import dev.slipway.contracts.policy.Announcing;
import dev.slipway.contracts.policy.GuideAnswer;
import dev.slipway.contracts.release.Announced;
import dev.slipway.contracts.release.GuideView.LineState;
import dev.slipway.contracts.validation.JudgementStatus;
import dev.slipway.contracts.validation.Measured;
import dev.slipway.release.saga.GuideStates.Standing;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** Where a release is in lines of its guide that something answers which is rendered from its facts. */
final class GuideDocuments {
    private final Dossier d;

    GuideDocuments(Dossier d) {
        this.d = d;
    }

    Standing standing(GuideAnswer.Document document) {
        return switch (document) {
            case RECORD ->
                ended()
                        ? Standing.at(LineState.PASSED, "it is whole: slipway evidence export " + d.id(), d.since())
                        : Standing.of(LineState.DUE, "it is written as the release goes on");
            case NOTES -> {
                String read = "slipway release notes " + d.id();
                yield ended()
                        ? Standing.at(LineState.PASSED, "they can be read: " + read, d.since())
                        : Standing.of(LineState.DUE, "they tell what is known so far: " + read);
            }
            case RUNBOOK ->
                d.release().refused() == null
                        ? Standing.at(
                                LineState.PASSED,
                                "it is rendered from the plan of exactly this release%s: slipway release runbook %s"
                                        .formatted(pinned(), d.id()),
                                d.release().at())
                        : Standing.of(LineState.OPEN, "it was refused, so there is no plan to render it from");
            case KNOWN_LIMITATIONS -> {
                List<String> limitations = Waivers.limitations(d);
                String told = limitations.isEmpty() ? "there are none" : String.join("; ", limitations);
                yield ended()
                        ? Standing.at(LineState.PASSED, told, d.since())
                        : Standing.of(LineState.DUE, told + " so far");
            }
            case ANNOUNCEMENT -> announced();
            case REPORT -> reported();
        };
    }

    /** What nobody measured is no report of it. */
    private Standing reported() {
        String read = "slipway release report " + d.id();
        JudgementStatus judged = d.judgement();
        Measured measured = judged == null ? null : judged.measured();
        if (measured != null && measured.canary().answers() > 0) {
            return ended()
                    ? Standing.at(LineState.PASSED, "it was measured before and since: " + read, d.since())
                    : Standing.of(LineState.DUE, "it is measured, so far: " + read);
        }
        if (!ended()) {
            return Standing.of(LineState.OPEN, "it is measured in production: " + read);
        }
        return d.hadTraffic()
                ? Standing.at(LineState.FAILED, "nobody judged it in production, so nothing is measured", d.since())
                : Standing.of(LineState.DOES_NOT_APPLY, "production had no traffic of it");
    }

    private String pinned() {
        PinnedRunbook runbook = d.runbook();
        return runbook == null ? "" : ", pinned as " + runbook.digest().brief();
    }

    private boolean ended() {
        return d.state().phase().terminal();
    }

    /** Of all announcements that tell of the end that it came to, as one line: the one that is furthest from done. */
    private Standing announced() {
        List<Announcing> all = Announcements.all(d);
        if (all.isEmpty()) {
            return Standing.of(LineState.DOES_NOT_APPLY, "of such a release nothing is announced");
        }
        if (!ended()) {
            return Standing.of(
                    LineState.OPEN, "it is sent once the release has ended: slipway release announcements " + d.id());
        }
        if (Announcements.due(d).isEmpty()) {
            return Standing.of(LineState.DOES_NOT_APPLY, "its policy has nothing announced of such an end");
        }
        Announcements known = Announcements.of(d);
        List<Announced> written = Objects.requireNonNullElse(known.written(), List.of());
        if (written.isEmpty()) {
            return Standing.at(LineState.DUE, "it is being written", d.since());
        }
        List<DeliveryStatus> told =
                written.stream().flatMap(text -> known.of(text).stream()).toList();
        List<DeliveryStatus> lost =
                told.stream().filter(status -> status.delivered() == 0).toList();
        if (!lost.isEmpty()) {
            return Standing.at(
                    LineState.FAILED,
                    "it could not be delivered to %s: slipway deliveries"
                            .formatted(
                                    lost.stream().map(DeliveryStatus::address).collect(Collectors.joining(", "))),
                    last(lost));
        }
        if (Announcements.settled(d)) {
            return Standing.at(
                    LineState.PASSED,
                    "accepted by the servers of %s: slipway release announcements %s"
                            .formatted(Texts.counted(told.size(), "receiver", "receivers"), d.id()),
                    last(told));
        }
        return Standing.at(
                LineState.DUE,
                Announcements.awaitsReview(d)
                        ? "somebody has to review it: slipway release announcements " + d.id()
                        : "it is on its way",
                d.since());
    }

    private Instant last(List<DeliveryStatus> told) {
        return told.stream()
                .map(DeliveryStatus::announcement)
                .filter(Objects::nonNull)
                .map(DeliveryStatus.Announcement::at)
                .max(Instant::compareTo)
                .orElse(d.since());
    }
}
