package dev.slipway.release.saga;

import dev.slipway.contracts.policy.Dated;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.release.application.Launch;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who is away when a planned release needs them, and who stands in. That somebody is away stops nothing where another is there. */
public final class Absences {
    private Absences() {}

    /**
     * Somebody is away.
     *
     * @param of what for, such as {@code duty try-it} or {@code gate docs}
     * @param text who is away until when, and who is there for them, in sentences for a person
     */
    public record Absence(String of, String text) {}

    /** That a contact is away at that moment, and who stands in, in a sentence; empty where they are there. */
    public static Optional<String> of(Policy policy, Policy.Contact contact, Instant at) {
        Roster roster = new Roster(policy, at);
        return contact.address()
                .flatMap(address -> roster.awayUntil(address)
                        .map(until -> "They are away then, until %s, and %s."
                                .formatted(
                                        until,
                                        roster.deputy(address)
                                                .or(() -> roster.deputy(contact.role()))
                                                .map(deputy -> deputy + " stands in")
                                                .orElse("nobody stands in (deputies in the policy name who does)"))));
    }

    /** Of duties, and of dates of the timetable, each at the moment at which it is due, as far as that follows from the day. */
    public static List<Absence> of(Launch launch, Instant now) {
        Policy policy = launch.policy();
        if (policy == null || launch.refused() != null) {
            return List.of();
        }
        return Stream.concat(
                        Staff.applying(launch, policy)
                                .flatMap(duty -> absence(
                                        policy,
                                        Dated.words(duty.id()),
                                        duty.by(),
                                        Prospect.when(launch, duty.due(), now))
                                        .stream()),
                        policy.timetable().stream()
                                .flatMap(dated -> absence(
                                        policy,
                                        Dated.words(dated.of()),
                                        dated.by(),
                                        Prospect.when(launch, dated.due(), now))
                                        .stream()))
                .toList();
    }

    private static Optional<Absence> absence(Policy policy, String of, String by, Instant at) {
        Roster roster = new Roster(policy, at);
        String away = roster.away(by);
        if (away.isEmpty()) {
            return Optional.empty();
        }
        List<String> there = roster.there(by);
        return Optional.of(new Absence(
                of,
                "It is for %s at %s: %s. %s."
                        .formatted(
                                by,
                                at,
                                away,
                                there.isEmpty()
                                        ? "Nobody stands in: name a deputy in the policy (deputies: {%s: EMAIL})"
                                                .formatted(by)
                                        : there.stream().collect(Collectors.joining(", ")) + " is asked")));
    }
}
