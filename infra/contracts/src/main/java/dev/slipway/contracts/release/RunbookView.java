package dev.slipway.contracts.release;

import dev.slipway.contracts.Texts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The runbook of a release ({@code GET /api/v1/releases/{id}/runbook}): its whole plan, with each step's way back, whom to
 * call, where everything is, and what is typed. By the hashes of policy and guide in the plan it is that of exactly this
 * release.
 *
 * @param plan with the steps that are behind the release and those that it never came to
 * @param contacts of its policy, in the order of the policy; empty where it was refused for want of one
 * @param places where everything is
 * @param commands that a person may need, whatever the step
 */
public record RunbookView(PlanView plan, List<Person> contacts, List<Place> places, List<Command> commands) {
    public RunbookView {
        Texts.requirePresent("plan", plan);
        contacts = List.copyOf(contacts);
        places = List.copyOf(places);
        commands = List.copyOf(commands);
    }

    /**
     * Somebody to call.
     *
     * @param email address; null if not told by email
     * @param slack channel; null if not told over Slack
     */
    public record Person(
            String role,
            String name,
            @Nullable String email,
            @Nullable String slack) {}

    /**
     * Where something is.
     *
     * @param what it is, in a few words
     * @param address name of a host, path, address or digest, by what it is
     */
    public record Place(String what, String address) {}

    /**
     * Something to type.
     *
     * @param when one does, in a few words
     */
    public record Command(String when, String command) {}
}
