package dev.slipway.release.policy;

import dev.slipway.contracts.ApplicationName;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.policy.SettingChange;
import dev.slipway.contracts.policy.Target;
import dev.slipway.release.application.Freezes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is legal in a policy, yet will hardly be meant at the time at which it is put. */
public final class PolicyNotes {
    private PolicyNotes() {}

    /** One sentence each, for whoever puts the policy. */
    public static List<String> of(Policy policy, Instant now) {
        List<String> notes = new ArrayList<>();
        for (Policy.Freeze window : policy.freeze()) {
            if (!window.to().isAfter(now)) {
                notes.add("the freeze \"%s\" is over since %s and holds nothing any more"
                        .formatted(window.reason(), window.to()));
            }
        }
        if (Freezes.of(policy).neverEnd(now)) {
            notes.add("the weekly freezes leave no time at all in which a release may begin production");
        }
        ownerless(policy).ifPresent(notes::add);
        insistent(policy.environments().staging().target(), "staging", notes);
        insistent(policy.environments().production().target(), "production", notes);
        return notes;
    }

    /** What a policy that was put has otherwise than what runs: who puts it may take it for in force. */
    public static Optional<String> ofChanges(ApplicationName application, List<SettingChange> changes) {
        return changes.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "production runs on with what it was started with; its configuration differs in %s, which the next release brings, or one of the configuration alone: ./slipway release create --config-only --application %s"
                                .formatted(SettingChange.names(changes), application));
    }

    /** Where no contact has an email nobody can be named. */
    private static Optional<String> ownerless(Policy policy) {
        return policy.staffed().owner() != null
                ? Optional.empty()
                : policy.contacts().stream()
                        .filter(contact -> contact.address().isPresent())
                        .findFirst()
                        .map(contact ->
                                "nobody answers for a release whose proposal names no owner: name one for all of them, as in owner: %s"
                                        .formatted(contact.role()));
    }

    private static void insistent(Target target, String environment, List<String> notes) {
        if (target.insistsOnAPort()) {
            notes.add(
                    "environments.%s.target insists on a port: no second instance of it can run on one machine, so a rollout beside the version before, and the proof of the way back, will be refused; leave the number out where the program can be told its port: portEnv names the variable, {port} stands for it in command and env"
                            .formatted(environment));
        }
    }
}
