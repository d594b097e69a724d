package dev.slipway.validation.revision;

import dev.slipway.contracts.ApplicationName;
import dev.slipway.contracts.Sha;
import dev.slipway.contracts.ci.CiHeaders;
import dev.slipway.messaging.Inbound;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads the CDEvent {@code pipelinerun.finished} (https://cdevents.dev, 0.3 to 0.6) as a check of a revision. */
public final class CheckEvents {
    private static final String SUCCESS = "success";

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
        JsonNode subject = event.path("subject");
        JsonNode outcome = subject.path("content").path("outcome");
        boolean succeeded = outcome.isString()
                && outcome.asString().toLowerCase(Locale.ROOT).equals(SUCCESS);
        Check check = new Check(
                text(ours, "check"),
                succeeded,
                inbound.source() + " " + inbound.id(),
                run(subject),
                attempt(ours),
                finishedAt(inbound, event),
                inbound.extensions().getOrDefault(CiHeaders.PUBLISHER, "unknown"));
        return Optional.of(new Found(revision, check));
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
