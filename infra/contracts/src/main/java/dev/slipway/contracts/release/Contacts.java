package dev.slipway.contracts.release;

import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.release.RunbookView.Person;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whom a person may ask who is asked for something: shown wherever somebody is. */
public final class Contacts {
    /** Those of an application, in the order in which they are shown. */
    private static final List<String> ROLES = List.of("technical-lead", "devops", "support");

    private static final int SHOWN_MAX = 10;

    private Contacts() {}

    /** Technical lead, DevOps and support, in this order; where a policy has none of these, all that it has. */
    public static List<Person> of(List<Policy.Contact> all) {
        List<Policy.Contact> known = all.stream()
                .filter(each -> ROLES.contains(each.role()))
                .sorted(Comparator.comparingInt(each -> ROLES.indexOf(each.role())))
                .toList();
        return (known.isEmpty() ? all : known)
                .stream()
                        .map(each -> new Person(each.role(), each.name(), each.email(), each.slack()))
                        .toList();
    }

    /** Role, name, and how to reach them: {@code devops Ben (ben@example.test, #ops)}. */
    public static String text(Person person) {
        return "%s %s (%s)"
                .formatted(
                        person.role(),
                        person.name(),
                        Stream.of(person.email(), person.slack())
                                .flatMap(Stream::ofNullable)
                                .collect(Collectors.joining(", ")));
    }

    /** All of them in one line, at most 10 by name; empty where there is nobody. */
    public static String line(List<Person> people) {
        String named = people.stream().limit(SHOWN_MAX).map(Contacts::text).collect(Collectors.joining("; "));
        return people.size() > SHOWN_MAX ? "%s; and %d more".formatted(named, people.size() - SHOWN_MAX) : named;
    }
}
