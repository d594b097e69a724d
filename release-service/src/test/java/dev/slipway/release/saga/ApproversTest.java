package dev.slipway.release.saga;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.release.wiring.Examples;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ApproversTest {
    private static final List<String> ROLES = List.of("lead", "ops", "security", "support");

    @Test
    void who_could_fill_several_roles_is_not_spent_on_the_first() {
        assertThat(Approvers.missing(List.of("lead", "ops"), List.of(Set.of("lead", "ops"), Set.of("lead"))))
                .isEmpty();
        assertThat(Approvers.missing(List.of("lead", "ops"), List.of(Set.of("lead"), Set.of("lead", "ops"))))
                .isEmpty();
        assertThat(Approvers.missing(
                        List.of("lead", "ops", "security"),
                        List.of(Set.of("lead", "ops"), Set.of("lead", "security"), Set.of("lead"))))
                .isEmpty();
    }

    @Test
    void one_person_fills_one_role_and_a_role_named_twice_wants_two() {
        assertThat(Approvers.missing(List.of("lead", "ops"), List.of(Set.of("lead", "ops"))))
                .hasSize(1);
        assertThat(Approvers.missing(List.of("ops", "ops"), List.of(Set.of("ops"))))
                .containsExactly("ops");
        assertThat(Approvers.missing(List.of("lead"), List.of(Set.of(), Set.of("ops"))))
                .containsExactly("lead");
    }

    @Test
    void as_few_roles_are_missing_as_any_assignment_leaves() {
        long seed = 41;
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 2000; round++) {
            List<String> roles = IntStream.range(0, random.nextInt(1, 5))
                    .mapToObj(_ -> ROLES.get(random.nextInt(ROLES.size())))
                    .toList();
            List<Set<String>> people = IntStream.range(0, random.nextInt(0, 5))
                    .mapToObj(_ ->
                            ROLES.stream().filter(_ -> random.nextInt(3) == 0).collect(Collectors.toUnmodifiableSet()))
                    .toList();
            assertThat(Approvers.missing(roles, people))
                    .as("seed %d, round %d: %s by %s", seed, round, roles, people)
                    .hasSize(roles.size() - best(roles, people, 0));
        }
    }

    @Test
    void approvals_are_asked_of_the_roles_that_the_policy_wants_and_else_of_who_is_hands_on_or_of_everybody() {
        List<Policy.Contact> usual = Journey.demo().contacts();
        List<Policy.Contact> others = List.of(contact("quality"), contact("legal"));

        assertThat(Approvers.asked(policy(2, List.of("support", "support"), usual)))
                .containsExactly("support");
        assertThat(Approvers.asked(policy(2, List.of("support"), usual)))
                .containsExactly("support", "technical-lead", "devops");
        assertThat(Approvers.asked(policy(1, List.of(), usual))).containsExactly("technical-lead", "devops");
        assertThat(Approvers.asked(policy(1, List.of(), others))).containsExactly("quality", "legal");
        assertThat(Approvers.asked(policy(1, List.of("legal"), others))).containsExactly("legal");
    }

    private static Policy.Contact contact(String role) {
        return new Policy.Contact(role, "Cy", role + "@example.test", null);
    }

    private static Policy policy(int required, List<String> roles, List<Policy.Contact> contacts) {
        Policy demo = Journey.demo();
        return Examples.policy(
                demo.application(),
                demo.source(),
                contacts,
                new Policy.Approvals(required, Duration.ofHours(72), List.of(), roles),
                demo.checks(),
                demo.gates(),
                demo.environments(),
                demo.merge(),
                demo.onPush(),
                demo.freeze());
    }

    /** By trying every assignment. */
    private static int best(List<String> roles, List<Set<String>> people, int taken) {
        if (roles.isEmpty()) {
            return 0;
        }
        List<String> rest = roles.subList(1, roles.size());
        int best = best(rest, people, taken);
        for (int person = 0; person < people.size(); person++) {
            if ((taken & (1 << person)) == 0 && people.get(person).contains(roles.getFirst())) {
                best = Math.max(best, 1 + best(rest, people, taken | (1 << person)));
            }
        }
        return best;
    }

    @Test
    void a_release_waits_until_each_role_is_among_those_who_approved() {
        Policy policy =
                policy(2, List.of("technical-lead", "devops"), Journey.demo().contacts());
        Journey journey = new Journey(policy).awaitingApproval();
        journey.take(journey.approve("else@example.test")).take(journey.approve(Examples.ADA));
        assertThat(journey.dossier().state().phase()).isEqualTo(ReleasePhase.AWAITING_APPROVAL);
        assertThat(Objects.requireNonNull(Telling.waiting(journey.dossier())).what())
                .isEqualTo("2 of 2 approvals; still wanted: devops");

        journey.take(journey.approve(Examples.BEN));
        assertThat(journey.dossier().state().phase()).isEqualTo(ReleasePhase.STAGING);
    }
}
