package dev.slipway.release.saga;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.slipway.contracts.Texts;
import dev.slipway.contracts.policy.Duty;
import dev.slipway.contracts.policy.GuideAnswer;
import dev.slipway.contracts.policy.GuideLine;
import dev.slipway.contracts.policy.NearestName;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.release.Cause;
import dev.slipway.release.application.Launch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who answers for a release, and who is asked for each of its duties: found when it begins, by who is there then, and pinned with
 * it (ADR 51). Later only somebody's word changes it.
 *
 * @param owner address, case folded; null where neither the proposal nor the policy names one
 * @param asked for each duty that applies, in the order of the policy
 * @param handed what was handed over since, oldest first
 */
public record Staff(
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String owner,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        List<Asked> asked,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        List<HandedOver> handed) {
    /** Kind of the cause when a release does not begin because somebody is missing. */
    static final String NOBODY = "nobody-there";

    /** Kind of the cause when its proposal names an owner whom nobody knows. */
    static final String UNKNOWN_OWNER = "unknown-owner";

    public Staff {
        asked = List.copyOf(asked);
        handed = List.copyOf(handed);
    }

    /**
     * Of whom a duty is asked.
     *
     * @param duty its id
     * @param people their addresses, case folded, each person once
     */
    public record Asked(String duty, List<String> people) {
        public Asked {
            people = List.copyOf(people);
        }

        private Asked with(String from, String to) {
            List<String> next = new ArrayList<>();
            people.stream()
                    .map(person -> person.equals(from) ? to : person)
                    .filter(person -> !next.contains(person))
                    .forEach(next::add);
            return new Asked(duty, next);
        }
    }

    /**
     * What one person had to answer for is another's.
     *
     * @param from address of whose it was
     * @param to address of whose it is
     * @param owner whether the release itself is among it
     * @param duties ids of the duties that are
     * @param by address of who said so
     * @param operator whether they said so as an operator, and neither as the owner nor of their own
     */
    public record HandedOver(
            String from,
            String to,
            boolean owner,
            List<String> duties,
            String by,
            boolean operator,
            Instant at,
            String reason) {
        public HandedOver {
            duties = List.copyOf(duties);
        }

        /** For people. */
        String text() {
            String what = Stream.concat(
                            owner ? Stream.of("the release itself") : Stream.of(),
                            duties.stream().map("duty "::concat))
                    .collect(Collectors.joining(", "));
            return "%s hands %s%s over to %s: %s".formatted(by, what, by.equals(from) ? "" : " of " + from, to, reason);
        }
    }

    /** Nothing where nobody is named and nothing asked, as of a way back. */
    static @Nullable Staff of(Launch launch) {
        return of(launch, _ -> launch.at());
    }

    /**
     * The same in a plan for another day.
     *
     * @param when by when somebody has to be there for a duty; for the release itself that is its beginning
     */
    static @Nullable Staff of(Launch launch, Function<Duty, Instant> when) {
        Policy policy = launch.policy();
        if (policy == null || launch.refused() != null || launch.rollback() != null) {
            return null;
        }
        Roster roster = new Roster(policy, launch.at());
        String named = ownerNamed(launch, policy);
        String owner =
                named == null ? null : roster.there(named).stream().findFirst().orElse(null);
        List<Asked> asked = applying(launch, policy)
                .map(duty -> new Asked(duty.id(), new Roster(policy, when.apply(duty)).there(duty.by())))
                .toList();
        return owner == null && asked.isEmpty() ? null : new Staff(owner, asked, List.of());
    }

    static Stream<Duty> applying(Launch launch, Policy policy) {
        Set<String> leftOut = LeftOut.of(launch).stream().map(LeftOut::duty).collect(Collectors.toSet());
        return policy.duties().stream().filter(duty -> !leftOut.contains(duty.id()));
    }

    private static @Nullable String ownerNamed(Launch launch, Policy policy) {
        String proposed = launch.proposal().owner();
        return proposed == null ? policy.staffed().owner() : proposed.strip();
    }

    /** Why it does not begin, where somebody is missing without whom it could not end. */
    static Optional<Cause> missing(Launch launch) {
        return missing(launch, _ -> launch.at());
    }

    /** The same in a plan for another day. */
    static Optional<Cause> missing(Launch launch, Function<Duty, Instant> when) {
        Policy policy = launch.policy();
        if (policy == null || launch.refused() != null || launch.rollback() != null) {
            return Optional.empty();
        }
        Roster roster = new Roster(policy, launch.at());
        return ownerless(launch, policy, roster)
                .or(() -> applying(launch, policy)
                        .flatMap(duty -> tooFew(policy, new Roster(policy, when.apply(duty)), duty).stream())
                        .findFirst());
    }

    private static Optional<Cause> tooFew(Policy policy, Roster roster, Duty duty) {
        return roster.there(duty.by()).size() < duty.people()
                ? Optional.of(nobodyFor(policy, roster, duty))
                : Optional.empty();
    }

    private static Optional<Cause> ownerless(Launch launch, Policy policy, Roster roster) {
        String named = ownerNamed(launch, policy);
        if (named == null || !roster.there(named).isEmpty()) {
            return Optional.empty();
        }
        if (Roster.named(policy, named).isEmpty()) {
            List<String> legal = policy.contacts().stream()
                    .filter(contact -> contact.address().isPresent())
                    .flatMap(contact ->
                            Stream.of(contact.role(), contact.address().orElseThrow()))
                    .distinct()
                    .toList();
            return Optional.of(Cause.of(
                    UNKNOWN_OWNER,
                    "No contact of the policy with an email has the role or the address %s, so nobody would own the release; %s Propose it again: --owner ROLE|EMAIL"
                            .formatted(
                                    Texts.shown(named),
                                    NearestName.to(named, legal)
                                            .map("did you mean %s?"::formatted)
                                            .orElseGet(() -> "legal are " + String.join(", ", legal) + "."))));
        }
        return Optional.of(Cause.of(
                NOBODY,
                "Nobody is there to own the release: %s. Name another one (--owner ROLE|EMAIL), or a deputy in the policy (deputies: {%s: EMAIL}), and propose it again."
                        .formatted(roster.away(named), named)));
    }

    /** Names the duty, the line of the guide that it answers, and what helps. */
    private static Cause nobodyFor(Policy policy, Roster roster, Duty duty) {
        String lines = policy.guide() == null
                ? ""
                : policy.guide().lines().stream()
                        .filter(line -> line.answer().by() == GuideAnswer.By.DUTY
                                && line.answer().name().equals(duty.id()))
                        .map(GuideLine::id)
                        .collect(Collectors.joining(", "));
        return new Cause(
                NOBODY,
                "Duty %s%s has nobody to ask: %s. It begins when a deputy of the role is named in the policy (deputies: {%s: EMAIL}), another contact of the role, or when they are back; then propose it again."
                        .formatted(
                                duty.id(),
                                lines.isEmpty() ? "" : " (line %s of the guide)".formatted(lines),
                                "of %s, %s".formatted(duty.by(), roster.away(duty.by())),
                                duty.by()),
                Texts.counted(roster.there(duty.by()).size(), "person", "people"),
                Texts.counted(duty.people(), "person", "people"));
    }

    /** The same after that. */
    Staff after(HandedOver handover) {
        List<HandedOver> all = new ArrayList<>(handed);
        all.add(handover);
        return new Staff(
                handover.owner() ? handover.to() : owner,
                asked.stream()
                        .map(each -> handover.duties().contains(each.duty())
                                ? each.with(handover.from(), handover.to())
                                : each)
                        .toList(),
                all);
    }

    /** Of whom the duty is asked; of everybody of its role in a release from before that was pinned. */
    static List<String> people(@Nullable Staff staff, Policy policy, Duty duty) {
        return Optional.ofNullable(staff).stream()
                .flatMap(known -> known.asked().stream())
                .filter(each -> each.duty().equals(duty.id()))
                .map(Asked::people)
                .findFirst()
                .orElseGet(() -> Roster.named(policy, duty.by()));
    }

    static List<String> people(Dossier d, Duty duty) {
        return people(d.staff(), d.guide(), duty);
    }

    /** Whether somebody with this address, case folded, is asked for the duty, under whichever of their addresses. */
    static boolean isAsked(@Nullable Staff staff, Policy policy, Duty duty, String email) {
        Set<String> person = policy.approvals().addressesOf(email);
        return people(staff, policy, duty).stream().anyMatch(person::contains);
    }

    /** Of whom it is asked, in a sentence: the role, where that is everybody of it. */
    static String whom(Dossier d, Duty duty) {
        List<String> people = people(d, duty);
        boolean role =
                people.stream().allMatch(email -> d.guide().rolesOf(email).contains(duty.by()))
                        && Roster.named(d.guide(), duty.by()).stream()
                                .allMatch(email -> isAsked(d.staff(), d.guide(), duty, email));
        return role ? duty.by() : String.join(", ", people);
    }

    /** Whom to tell that it is their turn: roles, and the addresses of those who have none of these. */
    static List<String> whom(Dossier d, List<Duty> duties) {
        return duties.stream()
                .flatMap(duty -> people(d, duty).stream()
                        .map(email -> d.guide().rolesOf(email).contains(duty.by()) ? duty.by() : email))
                .distinct()
                .toList();
    }

    /** Who answers for the release, to follow a sentence; empty where nobody is named. */
    static String owned(Dossier d) {
        Staff staff = d.staff();
        return staff == null || staff.owner() == null ? "" : " The release is owned by %s.".formatted(staff.owner());
    }
}
