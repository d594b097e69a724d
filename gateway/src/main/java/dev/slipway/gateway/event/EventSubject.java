package dev.slipway.gateway.event;

import org.jspecify.annotations.Nullable;

/** What an event is about, as far as Slipway acts on it. */
public sealed interface EventSubject {
    /** Of a type that Slipway only keeps, for others who read the topic. */
    record Foreign() implements EventSubject {}

    /**
     * Of a type that Slipway acts on, without what it would need.
     *
     * @param missing the field of customData
     * @param needed all that it needs there
     */
    record Incomplete(String missing, String needed) implements EventSubject {}

    /** @param fixes the release that it repairs, or null */
    record Proposed(
            String application, String version, @Nullable String fixes) implements EventSubject {}

    /** A check of a commit has ended. */
    record Checked(String application, String check) implements EventSubject {}

    /** Users say something of a release. */
    record Said(String application, String release) implements EventSubject {}

    /** A check of a commit has begun, or waits for its turn. */
    record Begun(String application, String check) implements EventSubject {}

    /** A branch has moved. */
    record Pushed(String application) implements EventSubject {}
}
