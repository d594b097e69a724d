package dev.slipway.validation.revision;

import dev.slipway.contracts.ApplicationName;
import dev.slipway.contracts.Sha;
import dev.slipway.contracts.ci.CiHeaders;
import dev.slipway.messaging.Inbound;
import java.util.Locale;
import java.util.Optional;
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
        JsonNode outcome = event.path("subject").path("content").path("outcome");
        boolean succeeded = outcome.isString()
                && outcome.asString().toLowerCase(Locale.ROOT).equals(SUCCESS);
        String publisher = inbound.extensions().getOrDefault(CiHeaders.PUBLISHER, "unknown");
        String id = inbound.source() + " " + inbound.id();
        return Optional.of(new Found(revision, new Check(text(ours, "check"), succeeded, id, inbound.at(), publisher)));
    }

    private static String text(JsonNode ours, String field) {
        JsonNode value = ours.path(field);
        if (!value.isString()) {
            throw new IllegalArgumentException("customData." + field + " must be a text");
        }
        return value.asString();
    }
}
