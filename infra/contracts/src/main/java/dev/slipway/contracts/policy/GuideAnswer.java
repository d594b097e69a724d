package dev.slipway.contracts.policy;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.contracts.Texts;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What answers a line of a guide.
 *
 * @param by what kind of thing does
 * @param name which one, 1 to 300 characters: a gate, {@link #REQUIRED}, {@link #PATHS} or the role of an approval, a duty, a document, an action,
 *     the path of a value, the reason why there is nothing to answer; empty while nothing answers it
 * @param said the value at that path when the policy was read, at most 200 characters; null for all but values
 */
public record GuideAnswer(
        By by,
        String name,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String said) {
    /** The approvals that the policy requires, as many and of the roles that it says. */
    public static final String REQUIRED = "required";

    /** Those of files that have changed, whose change somebody in particular has to approve. */
    public static final String PATHS = "paths";

    private static final int NAME_CHARACTERS_MAX = 300;
    private static final int SAID_CHARACTERS_MAX = 200;

    /** Nothing answers it. */
    public static final GuideAnswer UNANSWERED = new GuideAnswer(By.UNANSWERED, "", null);

    /** Kinds of answers. */
    public enum By {
        /** A gate of the policy, a required check ({@code check-} and its name), or the way back. */
        GATE,
        /** People who say yes to exactly this release. */
        APPROVAL,
        /** A duty of the policy. */
        DUTY,
        /** Something that is made of facts of the release. */
        DOCUMENT,
        /** Something that Slipway does. */
        ACTION,
        /** A value of the policy. */
        VALUE,
        /** There is nothing to answer. */
        NOTHING,
        UNANSWERED,
        @JsonEnumDefaultValue
        UNKNOWN
    }

    /** What Slipway does, as a policy writes it. */
    public enum Action {
        /** The released revision is merged. */
        MERGE,
        /** It is tagged. */
        TAG,
        /** Staging runs it, verified. */
        STAGE,
        /** Production runs it, judged step by step. */
        DEPLOY,
        /** Production goes back where it must. */
        ROLLBACK,
        /** The contacts are told. */
        NOTIFY
    }

    /** What is made of facts of the release, as a policy writes it. */
    public enum Document {
        /** The whole record of the release: {@code slipway evidence export}. */
        RECORD,
        /** What the release goes without, as it stands in the release, its tag and its messages. */
        KNOWN_LIMITATIONS,
        /** What it changes, what it goes without and what is recommended: {@code slipway release notes}. */
        NOTES,
        /** What happens step by step, each with its way back: {@code slipway release runbook}. */
        RUNBOOK,
        /** What is told of it to those who use it, by the announcements of the policy: {@code slipway release announcements}. */
        ANNOUNCEMENT,
        /** What was measured before it and since, what it cost, and what took it longest: {@code slipway release report}. */
        REPORT
    }

    public GuideAnswer {
        Texts.requirePresent("guide.lines: by", by);
        boolean nobody = by == By.UNANSWERED;
        Texts.requireLength("guide.lines: an answer", name, nobody ? 0 : 1, nobody ? 0 : NAME_CHARACTERS_MAX);
        if (said != null) {
            Texts.requireLength("guide.lines: a value", said, 0, SAID_CHARACTERS_MAX);
        }
    }

    public GuideAnswer(By by, String name) {
        this(by, name, null);
    }

    /** The action that answers, if one does. */
    @JsonIgnore
    public Optional<Action> action() {
        return by == By.ACTION ? constant(Action.values()) : Optional.empty();
    }

    /** The document that answers, if one does. */
    @JsonIgnore
    public Optional<Document> document() {
        return by == By.DOCUMENT ? constant(Document.values()) : Optional.empty();
    }

    private <E extends Enum<E>> Optional<E> constant(E[] constants) {
        return Arrays.stream(constants).filter(each -> word(each).equals(name)).findFirst();
    }

    /** A constant as a policy writes it: {@code known-limitations}. */
    public static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
