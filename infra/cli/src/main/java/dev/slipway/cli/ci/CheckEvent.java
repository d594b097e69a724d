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
import java.util.Locale;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/**
 * A run of a check that has ended or begun, as the CDEvent {@code pipelinerun.finished} or {@code pipelinerun.started} of the 0.5
 * series (https://cdevents.dev).
 *
 * @param id the same for the same run, however often it is told
 */
public record CheckEvent(String id, String source, String type, String json) {
    private static final String SPEC_VERSION = "0.5.1";

    /** How a run stands. */
    public enum Ended {
        PASSED("success"),
        FAILED("failure"),
        SKIPPED("skipped"),
        /** Not yet. */
        BEGUN("");

        private final String outcome;

        Ended(String outcome) {
            this.outcome = outcome;
        }

        /** For people and programs. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @param run which run of the check; another run of it is another fact */
    public static CheckEvent of(String application, Sha sha, String check, Ended how, String run, Instant at) {
        CheckFinished finished = new CheckFinished(new ApplicationName(application), sha, check, null);
        String source = "/cli/" + application;
        String type = (how == Ended.BEGUN ? CiTypes.PIPELINE_RUN_STARTED : CiTypes.PIPELINE_RUN_FINISHED) + "0.3.0";
        String said = how == Ended.PASSED || how == Ended.FAILED ? String.valueOf(how == Ended.PASSED) : how.word();
        String fact = "%s %s %s %s %s %s".formatted(source, type, sha, check, run, said);
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
        ObjectNode content = subject.putObject("content").put("pipelineName", check);
        if (how != Ended.BEGUN) {
            content.put("outcome", how.outcome);
        }
        event.put("customDataContentType", "application/json");
        event.set("customData", WireJson.mapper().valueToTree(finished));
        return new CheckEvent(id, source, type, WireJson.mapper().writeValueAsString(event));
    }
}
