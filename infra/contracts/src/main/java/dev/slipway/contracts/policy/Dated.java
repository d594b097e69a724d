package dev.slipway.contracts.policy;

import dev.slipway.contracts.Texts;
import java.util.List;
import java.util.Optional;

/**
 * When something of a release that is no duty is to be done, and who sees to it: an approval, a gate or a phase. A date that is
 * missed passes and fails nothing; it is told.
 *
 * @param of what: {@code approval:required} or {@code approval:ROLE}, {@code gate:ID}, {@code phase:NAME} with a name of
 *     {@link #PHASES}; 1 to 120 characters
 * @param by role of contacts, who hear of it
 * @param due when
 */
public record Dated(String of, String by, Due due) {
    public static final int MAX = 50;
    public static final int NAME_CHARACTERS_MAX = 120;

    public static final String APPROVAL = "approval";
    public static final String GATE = "gate";
    public static final String PHASE = "phase";

    public static final String STAGING = "staging";
    public static final String CANDIDATE = "candidate";
    public static final String PRODUCTION = "production";

    /** In their order: staging has run it, its criteria are met, production has verified it. */
    public static final List<String> PHASES = List.of(STAGING, CANDIDATE, PRODUCTION);

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
            case ACTION -> answer.action().flatMap(Dated::phase);
            case DUTY, DOCUMENT, VALUE, NOTHING, UNANSWERED, UNKNOWN -> Optional.empty();
        };
    }

    private static Optional<String> phase(GuideAnswer.Action action) {
        return switch (action) {
            case STAGE -> Optional.of(name(PHASE, STAGING));
            case DEPLOY -> Optional.of(name(PHASE, PRODUCTION));
            case MERGE, TAG, ROLLBACK, NOTIFY -> Optional.empty();
        };
    }

    /** For a sentence: {@code gate docs}, {@code the approvals}, {@code phase staging}; {@code duty press} for the id of one. */
    public static String words(String name) {
        String[] parts = name.split(":", 2);
        if (parts.length == 1) {
            return "duty " + name;
        }
        return switch (parts[0]) {
            case APPROVAL ->
                parts[1].equals(GuideAnswer.REQUIRED) ? "the approvals" : "the approval of %s".formatted(parts[1]);
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
            default -> words(name) + " has passed";
        };
    }
}
