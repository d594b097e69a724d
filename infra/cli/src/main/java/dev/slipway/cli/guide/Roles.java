package dev.slipway.cli.guide;

import dev.slipway.contracts.policy.Policy;
import dev.slipway.guide.Proposal;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Whom of a policy's contacts a guide means. Only who has an email can be asked. */
final class Roles {
    private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");
    /** What a line speaks of, and which roles know of such things. */
    private static final Map<Pattern, Pattern> KNOW = Map.of(
            Pattern.compile(
                    "(?i).*\\b(deploy\\w*|environments?|configur\\w*|scripts?|infrastructure|monitor\\w*|metrics|stability|performance"
                            + "|optimi[sz]ation|security|vulnerabilit\\w*|roll-?back|backups?|disruption|servers?)\\b.*"),
            Pattern.compile("(?i).*(devops|ops|operations|sre|platform|infra\\w*|security).*"),
            Pattern.compile("(?i).*\\b(users?|customers?|feedback|tickets?|support|documentation|docs)\\b.*"),
            Pattern.compile("(?i).*(support|community|docs?|success).*"),
            Pattern.compile("(?i).*\\b(tests?|tested|testing|devices?|browsers?|qa)\\b.*"),
            Pattern.compile("(?i).*(qa|quality|test\\w*).*"));

    private final Policy policy;
    private final Set<String> roles;

    Roles(Policy policy) {
        this.policy = policy;
        this.roles = policy.contacts().stream()
                .filter(contact -> contact.email() != null)
                .map(Policy.Contact::role)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    Set<String> all() {
        return roles;
    }

    /** The role of contacts that a name means: itself, one whose words are all in it, or that of a person of this name. */
    Optional<String> named(String name) {
        if (roles.contains(name)) {
            return Optional.of(name);
        }
        Set<String> words = words(name);
        Optional<String> role = roles.stream()
                .filter(each -> words.containsAll(words(each)))
                .max(Comparator.comparingInt(each -> words(each).size()));
        return role.or(() -> policy.contacts().stream()
                .filter(contact -> contact.email() != null)
                .filter(contact -> words(contact.name()).equals(words)
                        || Objects.requireNonNull(contact.email()).equalsIgnoreCase(name))
                .map(Policy.Contact::role)
                .findFirst());
    }

    /** All that can be asked, the likeliest first: whom the line names, who knows of it, who owns releases, the others. */
    List<String> likely(Proposal proposal) {
        String said = proposal.line().text() + " " + proposal.line().heading();
        Stream<String> named =
                proposal.role() == null ? Stream.empty() : named(proposal.role().name()).stream();
        Stream<String> know = KNOW.entrySet().stream()
                .filter(each -> each.getKey().matcher(said).matches())
                .flatMap(each -> roles.stream()
                        .filter(role -> each.getValue().matcher(role).matches()))
                .sorted();
        @Nullable String owner = policy.staffed().owner();
        return Stream.of(named, know, Stream.ofNullable(owner).filter(roles::contains), roles.stream())
                .flatMap(each -> each)
                .distinct()
                .toList();
    }

    /** Which contact is meant by the key of a line such as "Technical Lead: [Name]". */
    Optional<Integer> contact(String key) {
        Set<String> words = words(key);
        List<Policy.Contact> contacts = policy.contacts();
        return Stream.iterate(0, i -> i < contacts.size(), i -> i + 1)
                .filter(i -> words.containsAll(words(contacts.get(i).role())))
                .max(Comparator.comparingInt(i -> words(contacts.get(i).role()).size()));
    }

    /** How many people of a role can be asked. */
    long people(String role) {
        return policy.contacts().stream()
                .filter(contact -> contact.role().equals(role))
                .flatMap(contact -> contact.address().stream())
                .map(policy.approvals()::addressesOf)
                .distinct()
                .count();
    }

    static String slug(String name) {
        return String.join("-", words(name));
    }

    private static Set<String> words(String name) {
        return Arrays.stream(NO_WORD.split(name.toLowerCase(Locale.ROOT)))
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
