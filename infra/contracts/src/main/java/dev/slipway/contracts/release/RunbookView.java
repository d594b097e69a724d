package dev.slipway.contracts.release;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.Texts;
import java.time.Instant;
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
 * @param pinned which runbook stands in the release's record; absent where none does
 */
public record RunbookView(
        PlanView plan,
        List<Person> contacts,
        List<Place> places,
        List<Command> commands,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Pinned pinned) {
    public RunbookView {
        Texts.requirePresent("plan", plan);
        contacts = List.copyOf(contacts);
        places = List.copyOf(places);
        commands = List.copyOf(commands);
    }

    /** One of which none is pinned. */
    public RunbookView(PlanView plan, List<Person> contacts, List<Place> places, List<Command> commands) {
        this(plan, contacts, places, commands, null);
    }

    /**
     * The runbook that stands in the release's record since it began, or since a decision changed its plan.
     *
     * @param digest of what is done, what is asked of whom, and each step's way back
     * @param at when it was pinned
     * @param why what pinned it, in words
     * @param shown whether the plan beside it is that one; else it is as it reads now
     * @param differences what reads otherwise now than it was pinned, one line a step; empty where nothing does
     * @param before those that it came after, oldest first
     */
    public record Pinned(
            Digest digest, Instant at, String why, boolean shown, List<String> differences, List<Earlier> before) {
        public Pinned {
            Texts.requirePresent("digest", digest);
            Texts.requirePresent("at", at);
            differences = List.copyOf(differences);
            before = List.copyOf(before);
        }
    }

    /** A runbook that another came after. */
    public record Earlier(Digest digest, Instant at, String why) {}

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
