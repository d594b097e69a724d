package dev.slipway.release.rehearsal;

import dev.slipway.contracts.Texts;
import dev.slipway.contracts.notification.DeliveryStatus;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.release.Cause;
import dev.slipway.contracts.release.RehearsalView.Check;
import dev.slipway.contracts.release.RehearsalView.Result;
import dev.slipway.release.application.Launch;
import dev.slipway.release.saga.Absences;
import dev.slipway.release.saga.ChangedFiles;
import dev.slipway.release.saga.Dossier;
import dev.slipway.release.saga.Prospect;
import dev.slipway.release.saga.ReleaseInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whether the people whom a release needs are there on its day, and on that on which each of their duties is due: who approves it
 * and the files that it changes, who reviews what announces it, whose duties it has, and who is told. Who is away while another
 * stands in is noted by name; where nobody is left it blocks.
 */
final class PeopleBefore {
    private final Rehearsal.Question asked;
    private final Rehearsal.Seen seen;
    private final @Nullable Launch launch;
    private final Policy policy;
    private final List<Check> checks = new ArrayList<>();

    /** @param launch as it would be decided on the day; null where there is no version */
    PeopleBefore(Rehearsal.Question asked, Rehearsal.Seen seen, @Nullable Launch launch) {
        this.asked = asked;
        this.seen = seen;
        this.launch = launch;
        this.policy = asked.policy().policy();
    }

    List<Check> checks() {
        approvers();
        if (launch != null && launch.refused() == null) {
            files(launch);
            Prospect.reviewers(launch)
                    .ifPresent(cause -> add(Result.BLOCKED, "announcements", Texts.sentence(cause.text())));
        }
        if (launch != null) {
            duties(launch);
        }
        policy.contacts().forEach(this::contact);
        return checks;
    }

    private void add(Result result, String what, String text) {
        checks.add(new Check(result, what, text));
    }

    private List<String> makers() {
        return seen.revision() instanceof ReleaseInput.RevisionRead read ? read.people() : List.of();
    }

    private void approvers() {
        int required = policy.approvals().required();
        if (required == 0) {
            add(Result.NOTE, "approvals", "By this policy nobody has to approve it.");
            return;
        }
        List<String> makers = makers();
        List<String> missing = Prospect.rolesWithoutApprover(policy, makers);
        String many = Texts.counted(required, "person", "people");
        Optional<Cause> nobody =
                launch == null || launch.refused() != null ? Optional.empty() : Prospect.approvers(launch, makers);
        if (missing.isEmpty() && nobody.isPresent()) {
            add(Result.BLOCKED, "approvals", Texts.sentence(nobody.get().text()));
        } else if (missing.isEmpty()) {
            add(
                    Result.OK,
                    "approvals",
                    "%s who neither wrote nor published it will be asked%s."
                            .formatted(
                                    many,
                                    policy.approvals().roles().isEmpty()
                                            ? ""
                                            : ", among them "
                                                    + String.join(
                                                            ", ",
                                                            policy.approvals().roles())));
        } else {
            add(
                    Result.BLOCKED,
                    "approvals",
                    "%s will be asked, and nobody is left for %s who did not write it: name another contact of that role."
                            .formatted(many, String.join(", ", missing)));
        }
    }

    /** What it changes is known once Git has been asked. */
    private void files(Launch known) {
        if (policy.approvals().paths().isEmpty() || !(seen.revision() instanceof ReleaseInput.RevisionRead read)) {
            return;
        }
        ChangedFiles changed = read.changed();
        List<String> reviews = Prospect.fileReviews(known, changed);
        Optional<Cause> nobody = Prospect.fileReviewers(known, read.people(), changed);
        if (nobody.isPresent()) {
            add(Result.BLOCKED, "changed files", Texts.sentence(nobody.get().text()));
        } else if (reviews.isEmpty()) {
            add(Result.OK, "changed files", "None has changed that somebody in particular has to approve.");
        } else {
            add(
                    Result.OK,
                    "changed files",
                    "Among who approves it have to be %s.".formatted(String.join("; ", reviews)));
        }
    }

    private void duties(Launch known) {
        if (!policy.duties().isEmpty()) {
            Prospect.missing(known, asked.now())
                    .ifPresentOrElse(
                            cause -> add(Result.BLOCKED, "duties", Texts.sentence(cause.text())),
                            () -> add(Result.OK, "duties", "Somebody is there for each of them."));
        }
        Absences.of(known, asked.now()).forEach(away -> add(Result.NOTE, away.of(), away.text()));
    }

    private void contact(Policy.Contact contact) {
        String ways = Stream.of(
                        Optional.ofNullable(contact.email()).map(address -> "mail to " + address),
                        Optional.ofNullable(contact.slack()).map(channel -> "Slack channel " + channel))
                .flatMap(Optional::stream)
                .collect(Collectors.joining(" and "));
        Dossier newest = asked.newest();
        int lost = newest == null
                ? 0
                : newest.deliveries().stream()
                        .filter(delivery -> delivery.contact().equals(contact.name()))
                        .mapToInt(DeliveryStatus::undeliverable)
                        .sum();
        Optional<String> away = Absences.of(policy, contact, Rehearsal.begins(asked));
        String told = newest == null || lost == 0
                ? "Told by %s.".formatted(ways)
                : "Told by %s; of %s %s did not arrive: slipway deliveries --undelivered."
                        .formatted(ways, newest.id(), Texts.counted(lost, "message", "messages"));
        add(
                lost == 0 && away.isEmpty() ? Result.OK : Result.NOTE,
                "contact %s (%s)".formatted(contact.name(), contact.role()),
                away.map(text -> told + " " + text).orElse(told));
    }
}
