package dev.slipway.contracts.policy;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.slipway.contracts.Texts;
import dev.slipway.contracts.policy.Announcing.After;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Something that only a person can know or do: what a release waits for before it goes on, or what is left to do once it has ended.
 *
 * @param id lower-case letters and digits with single hyphens between them, 1 to 60 characters, unique in its policy
 * @param text what is asked, 1 to 500 characters
 * @param by role of contacts, one of whom answers
 * @param before what waits for it; null where nothing does, as it is asked for after the release
 * @param after the end after which it is asked for, until it is done or waived; null where something waits for it, and in
 *     policies from before there was that
 * @param people how many different people have to say that it passed, 1 or 2
 * @param fields names of what an answer says besides, at most 20, each once, of 1 to 40 characters
 * @param within how long they may take from when it is due, 1 min to 30 d; after the release, until when it is due where no time
 *     is set
 * @param when kinds of release, one of which it must be, each once; empty for all, and in policies from before there were any
 * @param where a CEL expression over {@link ReleaseFacts} that must hold, 1 to 500 characters; null for all, never beside kinds
 * @param matrix what it is asked for cell by cell, at most 4 axes with at most 100 cells together; empty where it is asked as a
 *     whole, and in policies from before there were any
 * @param due when it is to be answered; null where only {@code within} is set, and in policies from before there was more
 * @param attests what its answer says to those who use the version, in the notes of the release; null for nothing, and in policies
 *     from before there was that
 * @param waits on whom it waits, where it is for others to do and not for its role; null where it is for its role
 */
public record Duty(
        String id,
        String text,
        String by,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Before before,
        int people,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        List<String> fields,

        Duration within,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        List<ReleaseKind> when,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String where,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        List<MatrixAxis> matrix,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Due due,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable After after,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Attests attests,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable WaitsOn waits) {
    public static final int MAX = 50;
    public static final int FIELDS_MAX = 20;

    /** Most cells of all duties of a policy. */
    public static final int CELLS_MAX = 500;

    public static final int WHERE_CHARACTERS_MAX = 500;

    private static final Pattern ID = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
    private static final Pattern FIELD = Pattern.compile("[A-Za-z][A-Za-z0-9._-]{0,39}");

    /** What waits for a duty. */
    public enum Before {
        /** Anything runs: it is asked with the approvals. */
        STAGING,
        /** Users get it: it is asked while staging runs the version. */
        PRODUCTION,
        /** Production keeps it: it is asked after the bake, at full traffic. */
        END
    }

    /** What an answer tells those who use the version. */
    public enum Attests {
        /** Existing data was backed up. */
        BACKUP
    }

    public Duty {
        Texts.requireLength("duties.id", id, 1, 60);
        Texts.requireLength("duties.text", text, 1, 500);
        Texts.requireLength("duties.by", by, 1, 60);
        if ((before == null) == (after == null)) {
            throw new IllegalArgumentException(
                    "duties: %s says either before what it is asked for, or after which end".formatted(id));
        }
        if (after != null && due != null && due.after() == null && due.days() < 0) {
            throw new IllegalArgumentException(
                    "duties.due.days must be 0 or more, as %s is asked for after the release, is %d"
                            .formatted(id, due.days()));
        }
        Texts.requirePresent("duties.within", within);
        fields = List.copyOf(fields);
        when = List.copyOf(when);
        matrix = MatrixAxis.requireBounded(matrix);
        Ranges.require("duties.people", people, 1, 2);
        Ranges.require("duties.fields: their number", fields.size(), 0, FIELDS_MAX);
        Ranges.require("duties.within", within, Duration.ofMinutes(1), Duration.ofDays(30));
        Policy.requireOnce("duties.fields: each name", fields);
        Policy.requireOnce(
                "duties.when: each kind of release",
                when.stream().map(ReleaseKind::word).toList());
        if (where != null) {
            Texts.requireLength("duties.when", where, 1, WHERE_CHARACTERS_MAX);
            if (!when.isEmpty()) {
                throw new IllegalArgumentException("duties.when is kinds of release or an expression, not both");
            }
        }
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException(
                    "duties.id must be lower-case letters and digits with single hyphens between them, is "
                            + Texts.shown(id));
        }
        fields.stream().filter(field -> !FIELD.matcher(field).matches()).forEach(field -> {
            throw new IllegalArgumentException(
                    "duties.fields: a name must have 1 to 40 letters, digits, dots, hyphens and underscores and start with a letter, is "
                            + Texts.shown(field));
        });
        if (waits != null) {
            boolean asWhole = people == 1 && matrix.isEmpty() && due == null;
            waits.requireFit(id, within, asWhole, fields.isEmpty() && after == null);
        }
    }

    /** Whether it is for others to do. */
    @JsonIgnore
    public boolean isWait() {
        return waits != null;
    }

    /** For its own role, and users hear nothing of it. */
    public Duty(
            String id,
            String text,
            String by,
            @Nullable Before before,
            int people,
            List<String> fields,
            Duration within,
            List<ReleaseKind> when,
            @Nullable String where,
            List<MatrixAxis> matrix,
            @Nullable Due due,
            @Nullable After after) {
        this(id, text, by, before, people, fields, within, when, where, matrix, due, after, null, null);
    }

    /** Of every release. */
    public Duty(String id, String text, String by, Before before, int people, List<String> fields, Duration within) {
        this(id, text, by, before, people, fields, within, List.of(), null, List.of(), null, null);
    }

    /** Asked as a whole. */
    public Duty(
            String id,
            String text,
            String by,
            @Nullable Before before,
            int people,
            List<String> fields,
            Duration within,
            List<ReleaseKind> when,
            @Nullable String where) {
        this(id, text, by, before, people, fields, within, when, where, List.of(), null, null);
    }

    /** The same, asked for cell by cell. */
    public Duty withMatrix(List<MatrixAxis> axes) {
        return new Duty(id, text, by, before, people, fields, within, when, where, axes, due, after, attests, waits);
    }

    /** The same, to be answered then. */
    public Duty withDue(@Nullable Due time) {
        return new Duty(id, text, by, before, people, fields, within, when, where, matrix, time, after, attests, waits);
    }

    /** The same, asked for after the release has come to that end. */
    public Duty withAfter(After end) {
        return new Duty(id, text, by, null, people, fields, within, when, where, matrix, due, end, attests, waits);
    }

    /** The same, whose answer tells users that. */
    public Duty attesting(Attests what) {
        return new Duty(id, text, by, before, people, fields, within, when, where, matrix, due, after, what, waits);
    }

    /** The same, for others to do. */
    public Duty withWaits(@Nullable WaitsOn others) {
        return new Duty(id, text, by, before, people, fields, within, when, where, matrix, due, after, attests, others);
    }

    /** Whether it is asked for after the release, so that nothing waits for it. */
    @JsonIgnore
    public boolean isAfterWork() {
        return after != null;
    }

    /** When it is asked for, as policies say it: {@code before production}, {@code after completed}. */
    public String moment() {
        Enum<?> what = before == null ? after : before;
        return (before == null ? "after " : "before ")
                + String.valueOf(what).toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** When it is due, in words; null where no time is set. */
    public @Nullable String dueWords() {
        return due == null ? null : due.words(after == null ? "the release day" : "the end of the release");
    }

    /** Names of what it is asked for one by one; none where it is asked as a whole. */
    public List<String> cells() {
        return MatrixAxis.cells(matrix);
    }

    /** One person cannot do what takes two. */
    void requirePeople(List<Policy.Contact> contacts, Policy.Approvals approvals) {
        long named = contacts.stream()
                .filter(contact -> contact.role().equals(by))
                .flatMap(contact -> contact.address().stream())
                .map(approvals::addressesOf)
                .distinct()
                .count();
        if (named < people) {
            throw new IllegalArgumentException(
                    "duties: %s wants %d people of role %s, and the contacts name %d; name another one, or say people: 1"
                            .formatted(id, people, Texts.shown(by), named));
        }
    }

    /** Of which releases it is, as the policy says it: kinds, or an expression; null for all. */
    public @Nullable String rule() {
        return when.isEmpty() ? where : when.stream().map(ReleaseKind::word).collect(Collectors.joining(", "));
    }
}
