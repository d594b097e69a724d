package dev.slipway.release.saga;

import dev.slipway.contracts.Texts;
import dev.slipway.contracts.policy.Dated;
import dev.slipway.contracts.policy.Due;
import dev.slipway.contracts.policy.Duty;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.policy.WaitsOn;
import dev.slipway.contracts.release.GuideView.LineState;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Something of a release that has a time by its policy: a duty that people answer, or what the policy's timetable gives a date
 * (ADR 61).
 */
sealed interface Timed {
    /** Null where only how long it may take is said. */
    @Nullable
    Due due();

    /** When it is due, as the policy says it. */
    String rule();

    /** Its moments where it has no {@link #due}, once they are known. */
    default Optional<Due.Dates> datesWithout(Dossier d) {
        return Optional.empty();
    }

    /** Whether it is asked for after the release, whose end its days are counted from. */
    default boolean isAfterWork() {
        return false;
    }

    /** By which its mark is known: the id of a duty, or what the timetable calls it. */
    String name();

    /** Whether it is still waited for in a release that goes on. */
    boolean isOpen(Dossier d);

    /** Whether it is waited for in a release that has ended, beside duties of after that. */
    default boolean isLeft(Dossier d) {
        return false;
    }

    /** Whether people are told how urgent it is: what they cannot answer yet is none of their business yet. */
    boolean isTheirTurn(Dossier d);

    /** Of whom it is waited for: addresses, or a role of contacts. */
    List<String> people(Dossier d);

    /** Whom it is of and how far it is, for a sentence that begins with what it is. */
    String asked(Dossier d, String by);

    /** What whoever it is waited for has to do with it by then: {@code ben@example.test answers try-it by}. */
    String plan(Dossier d);

    default String words() {
        return Dated.words(name());
    }

    record OfDuty(Duty duty) implements Timed {
        @Override
        public @Nullable Due due() {
            return duty.due();
        }

        @Override
        public String rule() {
            WaitsOn on = duty.waits();
            return on != null
                    ? "%s after it begins, and at most %s"
                            .formatted(Texts.words(on.expected()), Texts.words(duty.within()))
                    : Objects.requireNonNullElseGet(
                            duty.dueWords(), () -> Texts.words(duty.within()) + " after the end of the release");
        }

        @Override
        public Optional<Due.Dates> datesWithout(Dossier d) {
            WaitsOn on = duty.waits();
            return on == null ? AfterWork.dates(d, duty) : Waits.dates(d, duty, on);
        }

        @Override
        public boolean isAfterWork() {
            return duty.isAfterWork();
        }

        @Override
        public String name() {
            return duty.id();
        }

        @Override
        public boolean isOpen(Dossier d) {
            return !(d.state() instanceof ReleaseState.Merging)
                    && !duty.isAfterWork()
                    && LeftOut.why(d, duty).isEmpty()
                    && !Duties.isDone(d, duty);
        }

        @Override
        public boolean isTheirTurn(Dossier d) {
            return (d.state() instanceof ReleaseState.Ended ? AfterWork.open(d) : Duties.awaited(d)).contains(duty);
        }

        @Override
        public List<String> people(Dossier d) {
            return Staff.people(d, duty).stream()
                    .filter(email -> !Cells.openTo(d, duty, email).isEmpty())
                    .toList();
        }

        @Override
        public String asked(Dossier d, String by) {
            WaitsOn on = duty.waits();
            return on == null
                    ? "%s of %s, by %s (%s)".formatted(words(), Staff.whom(d, duty), by, Cells.progress(d, duty))
                    : "%s, expected by %s".formatted(Waits.told(d, duty, on), by);
        }

        @Override
        public String plan(Dossier d) {
            return "%s %s %s".formatted(String.join(", ", people(d)), duty.isWait() ? "sees to" : "answers", duty.id());
        }
    }

    record OfDate(Dated dated) implements Timed {
        @Override
        public Due due() {
            return dated.due();
        }

        @Override
        public String rule() {
            return dated.due().words();
        }

        @Override
        public String name() {
            return dated.of();
        }

        @Override
        public boolean isOpen(Dossier d) {
            return !Reached.isDone(Reached.standing(d, dated.of()));
        }

        /** What has failed is told in words of its own, and time does not mend it. */
        @Override
        public boolean isLeft(Dossier d) {
            return dated.isAfterwards() && Reached.standing(d, dated.of()).state() == LineState.DUE;
        }

        @Override
        public boolean isTheirTurn(Dossier d) {
            return true;
        }

        @Override
        public List<String> people(Dossier d) {
            return List.of(dated.by());
        }

        @Override
        public String asked(Dossier d, String by) {
            return "%s, which %s sees to, by %s (%s)"
                    .formatted(
                            words(),
                            dated.by(),
                            by,
                            Reached.standing(d, dated.of()).why());
        }

        @Override
        public String plan(Dossier d) {
            return "%s sees to %s".formatted(dated.by(), words());
        }
    }

    static Optional<Timed> of(Duty duty) {
        return duty.due() != null || duty.isAfterWork() || duty.isWait()
                ? Optional.of(new OfDuty(duty))
                : Optional.empty();
    }

    /** What its policy gives a time, duties first; a way back has no time. */
    static List<Timed> all(Dossier d) {
        Policy policy = d.isRollback() ? null : d.release().policy();
        return policy == null ? List.of() : all(policy);
    }

    static List<Timed> all(Policy policy) {
        return Stream.<Timed>concat(
                        policy.duties().stream().flatMap(duty -> of(duty).stream()),
                        policy.timetable().stream().map(OfDate::new))
                .toList();
    }

    /** When what a policy names was done: the last answer to a duty or its waiver, the last word of an approval, a verdict, the end of a phase. */
    static Optional<Instant> doneAt(Dossier d, String name) {
        return name.contains(":")
                ? Reached.at(d, name)
                : d.guide()
                        .duty(name)
                        .filter(duty -> Duties.isDone(d, duty))
                        .flatMap(duty -> Stream.concat(
                                        Duties.answers(d, duty).stream()
                                                .map(answer -> answer.said().at()),
                                        Cells.of(duty).stream()
                                                .flatMap(cell -> DutyWaivers.of(d, duty, cell).stream())
                                                .flatMap(waiver -> Stream.ofNullable(waiver.confirmedAt())))
                                .max(Instant::compareTo));
    }
}
