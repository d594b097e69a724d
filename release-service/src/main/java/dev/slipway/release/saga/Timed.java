package dev.slipway.release.saga;

import dev.slipway.contracts.policy.Dated;
import dev.slipway.contracts.policy.Due;
import dev.slipway.contracts.policy.Duty;
import dev.slipway.contracts.policy.Policy;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Something of a release that has a time by its policy: a duty that people answer, or what the policy's timetable gives a date
 * (ADR 61).
 */
sealed interface Timed {
    Due due();

    /** By which its mark is known: the id of a duty, or what the timetable calls it. */
    String name();

    /** Whether it is still waited for in a release that goes on. */
    boolean isOpen(Dossier d);

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

    record OfDuty(Duty duty, Due due) implements Timed {
        @Override
        public String name() {
            return duty.id();
        }

        @Override
        public boolean isOpen(Dossier d) {
            return !(d.state() instanceof ReleaseState.Merging)
                    && LeftOut.why(d, duty).isEmpty()
                    && !Duties.isDone(d, duty);
        }

        @Override
        public boolean isTheirTurn(Dossier d) {
            return Duties.awaited(d).contains(duty);
        }

        @Override
        public List<String> people(Dossier d) {
            return Staff.people(d, duty).stream()
                    .filter(email -> !Cells.openTo(d, duty, email).isEmpty())
                    .toList();
        }

        @Override
        public String asked(Dossier d, String by) {
            return "%s of %s, by %s (%s)".formatted(words(), Staff.whom(d, duty), by, Cells.progress(d, duty));
        }

        @Override
        public String plan(Dossier d) {
            return "%s answers %s".formatted(String.join(", ", people(d)), duty.id());
        }
    }

    record OfDate(Dated dated) implements Timed {
        @Override
        public Due due() {
            return dated.due();
        }

        @Override
        public String name() {
            return dated.of();
        }

        @Override
        public boolean isOpen(Dossier d) {
            return !Reached.isDone(Reached.standing(d, dated.of()));
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
        return Optional.ofNullable(duty.due()).map(due -> new OfDuty(duty, due));
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

    /** When what a policy names was done: the last answer to a duty, the last word of an approval, a verdict, the end of a phase. */
    static Optional<Instant> doneAt(Dossier d, String name) {
        return name.contains(":")
                ? Reached.at(d, name)
                : d.guide()
                        .duty(name)
                        .filter(duty -> Duties.isDone(d, duty))
                        .flatMap(duty -> Duties.answers(d, duty).stream()
                                .map(answer -> answer.said().at())
                                .max(Instant::compareTo));
    }
}
