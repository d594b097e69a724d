package dev.slipway.contracts.policy;

import dev.slipway.contracts.Texts;
import java.util.List;
import java.util.Optional;

/**
 * When something of a release that is no duty is to be done, and who sees to it: an approval, a gate, a phase, a document, an
 * action, or the review of an announcement. A date that is missed passes and fails nothing; it is told.
 *
 * @param of what: {@code approval:required} or {@code approval:ROLE}, {@code gate:ID}, {@code phase:NAME} with a name of
 *     {@link #PHASES}, {@code document:NAME} as a guide has it, {@code action:NAME} with a name of {@link #ACTIONS},
 *     {@code review:ID} of an announcement; 1 to 120 characters
 * @param by role of contacts, who hear of it
 * @param due when
 */
public record Dated(String of, String by, Due due) {
    public static final int MAX = 50;
    public static final int NAME_CHARACTERS_MAX = 120;

    public static final String APPROVAL = "approval";
    public static final String GATE = "gate";
    public static final String PHASE = "phase";
    public static final String DOCUMENT = "document";
    public static final String ACTION = "action";
    public static final String REVIEW = "review";

    /** All that has dates, as a policy writes it. */
    public static final List<String> KINDS = List.of(APPROVAL, GATE, PHASE, DOCUMENT, ACTION, REVIEW);

    public static final String STAGING = "staging";
    public static final String CANDIDATE = "candidate";
    public static final String PRODUCTION = "production";

    /** In their order: staging has run it, its criteria are met, production has verified it. */
    public static final List<String> PHASES = List.of(STAGING, CANDIDATE, PRODUCTION);

    /**
     * Those that a release does in any case: moving staging and production are phases, and going back is nothing that is to be
     * done by a day.
     */
    public static final List<String> ACTIONS = List.of("merge", "tag", "notify");

    private static final List<String> AFTERWARDS = List.of("document:announcement", "action:notify");

    public Dated {
        Texts.requireLength("timetable: what it is of", of, 1, NAME_CHARACTERS_MAX);
        Texts.requireLength("timetable.by", by, 1, 60);
        Texts.requirePresent("timetable.due", due);
    }

    /** Such as {@code gate:docs}. */
    public static String name(String kind, String what) {
        return kind + ":" + what;
    }

    /** What is dated where this answers a line of a guide; nothing where an answer has no date of this kind. */
    public static Optional<String> name(GuideAnswer answer) {
        return switch (answer.by()) {
            case GATE -> Optional.of(name(GATE, answer.name()));
            case APPROVAL -> Optional.of(name(APPROVAL, answer.name()));
            case ACTION -> answer.action().flatMap(Dated::action);
            case DOCUMENT -> answer.document().map(_ -> name(DOCUMENT, answer.name()));
            case DUTY, VALUE, NOTHING, UNANSWERED, UNKNOWN -> Optional.empty();
        };
    }

    private static Optional<String> action(GuideAnswer.Action action) {
        return switch (action) {
            case STAGE -> Optional.of(name(PHASE, STAGING));
            case DEPLOY -> Optional.of(name(PHASE, PRODUCTION));
            case MERGE, TAG, NOTIFY -> Optional.of(name(ACTION, GuideAnswer.word(action)));
            case ROLLBACK -> Optional.empty();
        };
    }

    /** Whether it is done only once a release has ended, so that its date is still looked at then. */
    public boolean isAfterwards() {
        return AFTERWARDS.contains(of) || of.startsWith(REVIEW + ":");
    }

    /**
     * For a sentence: {@code gate docs}, {@code the approvals}, {@code phase staging}, {@code document notes}, {@code action merge},
     * {@code the review of users}; {@code duty press} for the id of one.
     */
    public static String words(String name) {
        String[] parts = name.split(":", 2);
        if (parts.length == 1) {
            return "duty " + name;
        }
        return switch (parts[0]) {
            case APPROVAL ->
                parts[1].equals(GuideAnswer.REQUIRED) ? "the approvals" : "the approval of %s".formatted(parts[1]);
            case REVIEW -> "the review of %s".formatted(parts[1]);
            default -> parts[0] + " " + parts[1];
        };
    }

    /** The same as it is once it is done: {@code gate docs has passed}. */
    static String done(String name) {
        String[] parts = name.split(":", 2);
        if (parts.length == 1) {
            return "duty %s is answered".formatted(name);
        }
        return switch (parts[0]) {
            case APPROVAL -> words(name) + (parts[1].equals(GuideAnswer.REQUIRED) ? " are given" : " is given");
            case PHASE -> words(name) + " is over";
            case DOCUMENT -> words(name) + " is complete";
            case ACTION, REVIEW -> words(name) + " is done";
            default -> words(name) + " has passed";
        };
    }
}
