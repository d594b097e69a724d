package dev.slipway.notification.conversation;

import dev.slipway.contracts.policy.Staffing;
import dev.slipway.contracts.release.Cause;
import dev.slipway.contracts.release.Contacts;
import dev.slipway.contracts.release.Milestone;
import dev.slipway.contracts.release.ReleaseStatus;
import dev.slipway.notification.conversation.Delivery.Content;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is said: what happened, why, what was done about it, what is asked of whom. Plain text; channels escape it. */
final class Wording {
    private static final Set<String> HANDS_ON = Set.of("technical-lead", "devops");
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Wording() {}

    static boolean worthAMessage(Milestone.Kind kind) {
        return kind.alert()
                || kind == Milestone.Kind.APPROVAL_ASKED
                || kind == Milestone.Kind.DUTY_ASKED
                || kind == Milestone.Kind.HANDED_OVER
                || kind == Milestone.Kind.DUTY_REMINDED
                || kind == Milestone.Kind.DATE_REMINDED
                || kind == Milestone.Kind.DAY_MOVED
                || kind == Milestone.Kind.REVIEW_ASKED
                || kind == Milestone.Kind.COMPLETED;
    }

    /** Approvals and duties are asked of those who can act; failures, rollbacks and the good end are told to everyone. */
    static boolean worthAMail(Milestone milestone, Party party) {
        Milestone.Kind kind = milestone.kind();
        return kind.alert()
                || kind == Milestone.Kind.COMPLETED
                || isAsked(milestone, party)
                || (kind == Milestone.Kind.APPROVAL_ASKED
                        && milestone.asked().isEmpty()
                        && HANDS_ON.contains(party.role()));
    }

    /** By the role, or by the address, as people are known by it. */
    private static boolean isAsked(Milestone milestone, Party party) {
        return milestone.asked().contains(party.role()) || milestone.asked().contains(Staffing.folded(party.address()));
    }

    /** The card: the present state at a glance. */
    static Content card(ReleaseStatus status) {
        List<String> lines = new ArrayList<>();
        lines.add("%s  %s".formatted(status.release(), words(status.phase().name())));
        lines.add("commit " + status.sha().brief() + ", production traffic " + status.trafficPercent() + " %");
        addCause(lines, status.cause());
        if (status.waiting() != null) {
            lines.add("Waiting for " + status.waiting().owner() + ": "
                    + status.waiting().what());
            if (status.waiting().command() != null) {
                lines.add("Next: " + status.waiting().command());
                lines.add(contacts(status));
            }
        }
        lines.removeIf(String::isEmpty);
        return new Content(status.release() + ": " + words(status.phase().name()), String.join("\n", lines));
    }

    static Content message(ReleaseStatus status, Milestone milestone, Party party) {
        List<String> lines = new ArrayList<>();
        lines.add(whatHappened(status, milestone));
        addCause(lines, milestone.cause());
        lines.add(whatWasDone(status, milestone, party));
        if (asksOf(milestone, party)) {
            lines.add(contacts(status));
        }
        if (HANDS_ON.contains(party.role())) {
            if (status.next() != null && milestone.kind().alert()) {
                lines.add("Next: " + status.next());
            }
            lines.add("Details: ./slipway release show " + status.release());
        }
        lines.removeIf(String::isEmpty);
        String subject = "[Slipway] %s %s: %s"
                .formatted(
                        status.release().application(),
                        status.version(),
                        words(milestone.kind().name()));
        return new Content(subject, String.join("\n", lines));
    }

    /** Whom to ask, for whoever is asked for something; empty where nobody is known. */
    static String contacts(ReleaseStatus status) {
        String people = Contacts.line(Contacts.of(status.contacts()));
        return people.isEmpty() ? "" : "Contacts: " + people;
    }

    /** Whether something is asked of them by it: of everybody, of who is named, or of who is hands-on. */
    private static boolean asksOf(Milestone milestone, Party party) {
        return switch (milestone.kind()) {
            case REJECTED,
                    EXPIRED,
                    ROLLED_BACK,
                    NEEDS_OPERATOR,
                    PAUSED,
                    APPROVAL_ASKED,
                    DUTY_ESCALATED,
                    DATE_ESCALATED -> true;
            case DUTY_ASKED, HANDED_OVER, DUTY_REMINDED, DATE_REMINDED, DAY_MOVED, REVIEW_ASKED ->
                isAsked(milestone, party);
            case REGRESSED -> HANDS_ON.contains(party.role());
            case PROPOSED,
                    APPROVED,
                    STAGED,
                    ROLLING_OUT,
                    BAKING,
                    ROLLING_BACK,
                    ABORTED,
                    SUPERSEDED,
                    COMPLETED,
                    UNKNOWN -> false;
        };
    }

    private static boolean isOnOthers(Milestone milestone) {
        return milestone.cause().kind().equals(Cause.WAITS_ON_OTHERS);
    }

    private static String asks(Milestone milestone) {
        return isOnOthers(milestone)
                ? "Asked of you: see to what is named of "
                : "Asked of you: answer what is asked of ";
    }

    private static String awaited(Milestone milestone) {
        return isOnOthers(milestone) ? " waits on others." : " waits for what only people can know or do.";
    }

    private static String whatHappened(ReleaseStatus status, Milestone milestone) {
        String name = status.release().application() + " " + status.version();
        boolean left = status.asksOn();
        return switch (milestone.kind()) {
            case ROLLING_BACK -> name + " went wrong in production and is being rolled back.";
            case ROLLED_BACK -> name + " was rolled back.";
            case REJECTED -> name + " was rejected and did not reach production.";
            case EXPIRED -> name + " ran out of time and did not reach production.";
            case ABORTED -> name + " was aborted.";
            case NEEDS_OPERATOR -> name + " needs an operator.";
            case PAUSED ->
                status.trafficPercent() == 0
                        ? name + " waits before production."
                        : name + " is paused at " + status.trafficPercent() + " % of traffic.";
            case REGRESSED -> name + " looks worse after it was verified; nothing is rolled back by itself.";
            case APPROVAL_ASKED -> name + " has passed its gates and waits for approval.";
            case DUTY_ASKED -> name + (left ? " leaves something to do." : awaited(milestone));
            case HANDED_OVER -> name + ": somebody else answers for what is named below.";
            case DUTY_REMINDED ->
                name + (left ? " still leaves something to do." : " still waits for what only people can know or do.");
            case DUTY_ESCALATED ->
                name
                        + (left
                                ? " leaves something to do that was due long ago."
                                : " waits for what people have not answered long after it was due.");
            case DATE_REMINDED -> name + " has a date that is near, or past.";
            case DATE_ESCALATED -> name + " has a date that is long past.";
            case DAY_MOVED -> name + " has another release day.";
            case REVIEW_ASKED ->
                name
                        + (status.phase().terminal()
                                ? " has ended, and what is announced of it waits for a review."
                                : " has a draft of what is announced of it, which can be reviewed.");
            case COMPLETED -> name + " is in production and complete.";
            case SUPERSEDED -> name + " was superseded by a newer release.";
            case PROPOSED, APPROVED, STAGED, ROLLING_OUT, BAKING, UNKNOWN ->
                name + ": " + words(milestone.kind().name());
        };
    }

    private static String whatWasDone(ReleaseStatus status, Milestone milestone, Party party) {
        String before = status.previousVersion();
        return switch (milestone.kind()) {
            case ROLLING_BACK ->
                before == null
                        ? "Done: its traffic is taken away; there is no version before it. Asked of you: nothing yet."
                        : "Done: production is going back to " + before + ". Asked of you: nothing yet.";
            case ROLLED_BACK ->
                before == null
                        ? "Done: nothing serves production, as there is no version before it. Asked of you: release one that works."
                        : "Done: all traffic is on " + before
                                + " again and it was checked. Asked of you: find the fault before the next release.";
            case REJECTED, EXPIRED ->
                "Done: production was not touched. Asked of you: mend what is named above, then propose it again.";
            case ABORTED ->
                before == null
                        ? "Done: production was not touched. Asked of you: nothing."
                        : "Done: production was not touched and runs " + before + ". Asked of you: nothing.";
            case NEEDS_OPERATOR, PAUSED, APPROVAL_ASKED -> asked(status);
            case DUTY_ASKED ->
                isAsked(milestone, party)
                        ? asks(milestone)
                                + (milestone.asked().contains(party.role()) ? party.role() : party.address())
                                + " above."
                        : "Asked of you: nothing.";
            case HANDED_OVER ->
                isAsked(milestone, party)
                        ? "Asked of you: it is yours from now on; answer it when it is due."
                        : "Asked of you: nothing.";
            case DUTY_REMINDED ->
                isAsked(milestone, party)
                        ? "Asked of you: answer what is named above, or see that it is answered."
                        : "Asked of you: nothing.";
            case DUTY_ESCALATED ->
                "Asked of you: see that it is answered, or hand it over: ./slipway release hand-over %s --from EMAIL --to EMAIL --reason WHY"
                        .formatted(status.release());
            case DATE_REMINDED ->
                isAsked(milestone, party)
                        ? "Asked of you: see to what is named above. The release goes on as it does."
                        : "Asked of you: nothing.";
            case DATE_ESCALATED ->
                "Asked of you: see to what is named above, or move the release day: ./slipway release day %s DATE --reason WHY"
                        .formatted(status.release());
            case DAY_MOVED ->
                isAsked(milestone, party)
                        ? "Asked of you: answer what is named above, or see to it, by its new time."
                        : "Asked of you: nothing.";
            case REVIEW_ASKED ->
                isAsked(milestone, party)
                        ? "Asked of you: read what is named above, and say yes to it if it may be sent so."
                        : "Asked of you: nothing.";
            case REGRESSED -> regressed(status, party);
            case COMPLETED -> "Asked of you: nothing.";
            case PROPOSED, APPROVED, STAGED, ROLLING_OUT, BAKING, SUPERSEDED, UNKNOWN -> "";
        };
    }

    /** Only a person brings back a version that was verified; who cannot is told who can. */
    private static String regressed(ReleaseStatus status, Party party) {
        return HANDS_ON.contains(party.role())
                ? "Done: nothing, it goes on serving. Asked of you: look at it, and if it must go: "
                        + "./slipway app rollback %s --reason WHY"
                                .formatted(status.release().application())
                : "Done: nothing, it goes on serving. Asked of you: nothing; technical lead and DevOps decide.";
    }

    private static String asked(ReleaseStatus status) {
        if (status.waiting() == null || status.waiting().command() == null) {
            return "Asked of you: look at the release.";
        }
        String what = status.waiting().what();
        return "Asked of you: " + (what.endsWith(".") ? what.substring(0, what.length() - 1) : what) + ", until "
                + MOMENT.format(status.waiting().until()) + ". Command: "
                + status.waiting().command();
    }

    private static void addCause(List<String> lines, @Nullable Cause cause) {
        if (cause == null || cause.text().isEmpty()) {
            return;
        }
        lines.add("Why: " + cause.text());
        if (!cause.observed().isEmpty()) {
            lines.add("Observed " + cause.observed() + (cause.limit().isEmpty() ? "" : ", limit " + cause.limit()));
        }
    }

    private static String words(String constant) {
        return constant.toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
