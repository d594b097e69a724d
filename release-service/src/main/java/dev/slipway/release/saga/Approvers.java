package dev.slipway.release.saga;

import dev.slipway.contracts.Texts;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.release.Waiting;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Whether those who have approved are enough: as many as the policy wants, among them one for each role that it names, and one
 * of those who have to approve files that have changed.
 * Who could stand for several roles is matched so that most roles are filled (augmenting paths; at most 20 of each), and is
 * not spent on the first.
 */
final class Approvers {
    private static final int NOBODY = -1;

    /** Who is asked for an approval that may come from anybody, where the policy has such contacts. */
    private static final Set<String> HANDS_ON = Set.of("technical-lead", "devops");

    private Approvers() {}

    static boolean enough(Dossier d) {
        return d.approvals().size() >= d.guide().approvals().required()
                && missing(d).isEmpty();
    }

    /**
     * Roles of contacts that are asked: those of whom the policy wants a yes, and, where it wants more than these, whoever is
     * hands-on; every contact where there is nobody such.
     */
    static List<String> asked(Policy policy) {
        Set<String> asked = new LinkedHashSet<>(policy.approvals().roles());
        if (policy.approvals().roles().size() < policy.approvals().required()) {
            List<String> contacts =
                    policy.contacts().stream().map(Policy.Contact::role).toList();
            contacts.stream().filter(HANDS_ON::contains).forEach(asked::add);
            asked.addAll(asked.isEmpty() ? contacts : List.of());
        }
        return List.copyOf(asked);
    }

    /** The same, and those of whoever has to approve files that have changed. */
    static List<String> asked(Dossier d) {
        Set<String> asked = new LinkedHashSet<>(asked(d.guide()));
        asked.addAll(PathReviews.asked(d));
        return List.copyOf(asked);
    }

    /** Whose yes it waits for, and for which duties besides. */
    static Waiting waiting(Dossier d, Wait wait) {
        List<String> roles = new ArrayList<>(missingRoles(d.guide(), yes(d)));
        roles.addAll(PathReviews.words(d));
        String approvals = "%d of %s%s"
                .formatted(
                        d.approvals().size(),
                        Texts.counted(d.guide().approvals().required(), "approval", "approvals"),
                        (roles.isEmpty() ? "" : "; still wanted: " + String.join(", ", roles))
                                + Votes.words(d)
                                + ForwardOnly.words(d));
        boolean decided =
                enough(d) && (Ballot.of(d).tally() != null || Votes.openUntil(d).isEmpty());
        String say = enough(d) ? "object %s --reason WHY --as EMAIL" : "approve %s --as EMAIL";
        Waiting people = new Waiting(
                "people", approvals, wait.since(), wait.until(), "./slipway release " + say.formatted(d.id()));
        return Duties.waiting(d, wait, decided ? "" : "; and " + approvals)
                .map(duties -> enough(d)
                        ? duties
                        : new Waiting(duties.owner(), duties.what(), duties.since(), duties.until(), people.command()))
                .orElse(people);
    }

    /**
     * Roles that nobody who has approved is left for, in the order of the policy, then for which files nobody has approved who has
     * to.
     */
    static List<String> missing(Dossier d) {
        return missing(d.guide(), PathReviews.of(d), yes(d));
    }

    /**
     * The same of a policy, of files that have changed, and of those who said yes.
     *
     * @param yes their addresses
     */
    static List<String> missing(Policy policy, List<PathReviews.Wanted> wanted, Collection<String> yes) {
        List<String> missing = new ArrayList<>(missingRoles(policy, yes));
        PathReviews.missing(policy, wanted, yes).forEach(each -> missing.add(each.text()));
        return missing;
    }

    private static List<String> missingRoles(Policy policy, Collection<String> yes) {
        return missing(
                policy.approvals().roles(), yes.stream().map(policy::rolesOf).toList());
    }

    private static List<String> yes(Dossier d) {
        return d.approvals().stream().map(Dossier.Approval::email).toList();
    }

    /**
     * The same of roles and of people by the roles that each has.
     *
     * @return as few as can be
     */
    static List<String> missing(List<String> roles, List<Set<String>> people) {
        int[] filledBy = new int[roles.size()];
        Arrays.fill(filledBy, NOBODY);
        for (int person = 0; person < people.size(); person++) {
            place(person, roles, people, filledBy, new HashSet<>());
        }
        List<String> missing = new ArrayList<>();
        for (int role = 0; role < filledBy.length; role++) {
            if (filledBy[role] == NOBODY) {
                missing.add(roles.get(role));
            }
        }
        return missing;
    }

    /** Finds a role for a person, for which another may have to change to one of theirs. */
    private static boolean place(
            int person, List<String> roles, List<Set<String>> people, int[] filledBy, Set<Integer> looked) {
        for (int role = 0; role < filledBy.length; role++) {
            if (people.get(person).contains(roles.get(role))
                    && looked.add(role)
                    && (filledBy[role] == NOBODY || place(filledBy[role], roles, people, filledBy, looked))) {
                filledBy[role] = person;
                return true;
            }
        }
        return false;
    }
}
