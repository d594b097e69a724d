package dev.slipway.validation.revision;

import dev.slipway.contracts.ApplicationName;
import dev.slipway.contracts.Sha;
import dev.slipway.contracts.ci.CiHeaders;
import dev.slipway.messaging.Inbound;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads the CDEvents {@code pipelinerun.finished}, {@code started} and {@code queued} (https://cdevents.dev, 0.3 to 0.6) as a check
 * of a revision.
 */
public final class CheckEvents {
    private static final String SUCCESS = "success";

    /** How CI systems say that a run has ended and says nothing; the specification leaves the word to them. */
    private static final Set<String> NEUTRAL = Set.of("neutral", "skip", "skipped");

    private CheckEvents() {}

    /** A check and the revision that it is about. */
    public record Found(RevisionId revision, Check check) {}

    /**
     * The check that the event tells of, or nothing if it is a pipeline run that means nothing to us.
     *
     * @throws IllegalArgumentException if its customData is ours and broken
     */
    public static Optional<Found> read(Inbound inbound, JsonNode event) {
        JsonNode ours = event.path("customData");
        boolean meansUs = ours.has("check") || (ours.has("application") && ours.has("sha"));
        if (!ours.isObject() || !meansUs) {
            return Optional.empty();
        }
        RevisionId revision =
                new RevisionId(new ApplicationName(text(ours, "application")), new Sha(text(ours, "sha")));
        String outcome = event.path("subject")
                .path("content")
                .path("outcome")
                .asString("")
                .toLowerCase(Locale.ROOT);
        return Optional.of(new Found(
                revision,
                check(
                        inbound,
                        event,
                        outcome.equals(SUCCESS),
                        NEUTRAL.contains(outcome) ? Check.Standing.NEUTRAL : null)));
    }

    /**
     * The check that has begun, or waits for its turn; nothing if it is a pipeline run that means nothing to us. Not every sender
     * says of a run that begins what it says of one that has ended, so that what is not whole means nothing.
     *
     * @throws IllegalArgumentException if its customData is ours and broken
     */
    public static Optional<Found> readBegun(Inbound inbound, JsonNode event) {
        JsonNode ours = event.path("customData");
        if (!ours.has("check") || !ours.has("application") || !ours.has("sha")) {
            return Optional.empty();
        }
        RevisionId revision =
                new RevisionId(new ApplicationName(text(ours, "application")), new Sha(text(ours, "sha")));
        return Optional.of(new Found(revision, check(inbound, event, false, Check.Standing.PENDING)));
    }

    private static Check check(Inbound inbound, JsonNode event, boolean succeeded, Check.@Nullable Standing standing) {
        JsonNode ours = event.path("customData");
        return new Check(
                text(ours, "check"),
                succeeded,
                inbound.source() + " " + inbound.id(),
                run(event.path("subject")),
                attempt(ours),
                finishedAt(inbound, event),
                inbound.extensions().getOrDefault(CiHeaders.PUBLISHER, "unknown"),
                standing);
    }

    /** The subject of such an event is the run; its id is unique within its source. */
    private static @Nullable String run(JsonNode subject) {
        JsonNode id = subject.path("id");
        return id.isString() && !id.asString().isBlank()
                ? (subject.path("source").asString("") + " " + id.asString()).strip()
                : null;
    }

    private static @Nullable Integer attempt(JsonNode ours) {
        JsonNode attempt = ours.path("attempt");
        if (attempt.isMissingNode() || attempt.isNull()) {
            return null;
        }
        if (!attempt.isInt()) {
            throw new IllegalArgumentException("customData.attempt must be a whole number, 1 or more");
        }
        return attempt.intValue();
    }

    /** The envelope's time is never after the arrival at the gateway. */
    private static Instant finishedAt(Inbound inbound, JsonNode event) {
        try {
            Instant claimed =
                    Instant.parse(event.path("context").path("timestamp").asString(""));
            return claimed.isAfter(inbound.at()) ? inbound.at() : claimed;
        } catch (DateTimeParseException _) {
            return inbound.at();
        }
    }

    private static String text(JsonNode ours, String field) {
        JsonNode value = ours.path(field);
        if (!value.isString()) {
            throw new IllegalArgumentException("customData." + field + " must be a text");
        }
        return value.asString();
    }
}
