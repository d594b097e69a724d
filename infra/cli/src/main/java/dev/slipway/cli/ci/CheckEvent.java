package dev.slipway.cli.ci;

import dev.slipway.contracts.ApplicationName;
import dev.slipway.contracts.Sha;
import dev.slipway.contracts.WireJson;
import dev.slipway.contracts.ci.CheckFinished;
import dev.slipway.contracts.ci.CiTypes;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/**
 * A run of a check that has ended, as the CDEvent {@code pipelinerun.finished} of the 0.5 series (https://cdevents.dev).
 *
 * @param id the same for the same run, however often it is told
 */
public record CheckEvent(String id, String source, String type, String json) {
    private static final String SPEC_VERSION = "0.5.1";

    /** @param run which run of the check; another run of it is another fact */
    public static CheckEvent of(String application, Sha sha, String check, boolean passed, String run, Instant at) {
        CheckFinished finished = new CheckFinished(new ApplicationName(application), sha, check, null);
        String source = "/cli/" + application;
        String type = CiTypes.PIPELINE_RUN_FINISHED + "0.3.0";
        String fact = "%s %s %s %s %s %s".formatted(source, type, sha, check, run, passed);
        String id =
                UUID.nameUUIDFromBytes(fact.getBytes(StandardCharsets.UTF_8)).toString();
        ObjectNode event = WireJson.mapper().createObjectNode();
        event.putObject("context")
                .put("specversion", SPEC_VERSION)
                .put("id", id)
                .put("source", source)
                .put("type", type)
                .put("timestamp", DateTimeFormatter.ISO_INSTANT.format(at.truncatedTo(ChronoUnit.MILLIS)));
        ObjectNode subject = event.putObject("subject");
        subject.put("id", "%s/%s/%s/%s".formatted(application, sha, check, run)).put("source", source);
        subject.putObject("content").put("pipelineName", check).put("outcome", passed ? "success" : "failure");
        event.put("customDataContentType", "application/json");
        event.set("customData", WireJson.mapper().valueToTree(finished));
        return new CheckEvent(id, source, type, WireJson.mapper().writeValueAsString(event));
    }
}
