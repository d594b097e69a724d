package dev.slipway.release.saga;

import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.policy.Policy.Contact;
import dev.slipway.contracts.policy.Staffing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who is there at a moment, of those whom a policy names. All that is known of people is what its contacts say, who is known by
 * an email; what it says of who is away; and who stands in. Whoever has several addresses is one person.
 */
final class Roster {
    private final Policy policy;
    private final Instant at;

    Roster(Policy policy, Instant at) {
        this.policy = policy;
        this.at = at;
    }

    /** Addresses of a role's contacts, or the one of a contact, case folded, each once; empty where there is no such. */
    static List<String> named(Policy policy, String name) {
        List<String> ofRole = policy.contacts().stream()
                .filter(contact -> contact.role().equals(name))
                .flatMap(contact -> contact.address().stream())
                .distinct()
                .toList();
        String email = Staffing.folded(name);
        return ofRole.isEmpty() && contact(policy, email).isPresent() ? List.of(email) : ofRole;
    }

    /** The contact with this address, case folded. */
    static Optional<Contact> contact(Policy policy, String email) {
        return policy.contacts().stream()
                .filter(contact -> contact.address().filter(email::equals).isPresent())
                .findFirst();
    }

    /** Who of a role, or for a person, is there: themselves, or who stands in. */
    List<String> there(String name) {
        List<String> there = new ArrayList<>();
        for (String email : named(policy, name)) {
            (isThere(email) ? Optional.of(person(policy, email)) : deputy(email))
                    .filter(person -> !there.contains(person))
                    .ifPresent(there::add);
        }
        if (there.isEmpty()) {
            deputy(name).ifPresent(there::add);
        }
        return List.copyOf(there);
    }

    /** The address by which this person is named, of those that they have: that of the first contact; the given one of others. */
    static String person(Policy policy, String email) {
        Set<String> person = policy.approvals().addressesOf(email);
        return policy.contacts().stream()
                .flatMap(contact -> contact.address().stream())
                .filter(person::contains)
                .findFirst()
                .orElse(email);
    }

    /** Who stands in for a role or a person, and is there. */
    Optional<String> deputy(String name) {
        return policy.staffed().deputyOf(name).filter(this::isThere).map(email -> person(policy, email));
    }

    boolean isThere(String email) {
        return awayUntil(email).isEmpty();
    }

    /** Until when whoever has this address is away, if they are. */
    Optional<Instant> awayUntil(String email) {
        return policy.approvals().addressesOf(email).stream()
                .flatMap(address -> policy.staffed().awayUntil(address, at).stream())
                .max(Instant::compareTo);
    }

    /** Why nobody else is there, for a person. */
    String away(String name) {
        return named(policy, name).stream()
                .flatMap(email -> awayUntil(email).map(until -> "%s is away until %s".formatted(email, until)).stream())
                .collect(Collectors.joining(", "));
    }
}
