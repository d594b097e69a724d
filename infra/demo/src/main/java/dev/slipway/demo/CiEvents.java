package dev.slipway.demo;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tells what a build is and which checks it passed, as CDEvents of the 0.5 series (https://cdevents.dev). What CDEvents
 * has no field for (application, sha, digests, the check's name) stands in {@code customData}.
 */
public final class CiEvents {
    private static final String SPEC_VERSION = "0.5.1";
    private static final String ARTIFACT_PUBLISHED = "dev.cdevents.artifact.published.0.3.0";
    private static final String PIPELINE_RUN_FINISHED = "dev.cdevents.pipelinerun.finished.0.3.0";

    private final JsonMapper json = JsonMapper.shared();
    private final URI source;
    private final String application;

    /** @param source the CI that speaks, a URI reference such as {@code /ci/hello} */
    public CiEvents(URI source, String application) {
        this.source = source;
        this.application = application;
    }

    /** Proposes the build for release. */
    public CiEvent artifactPublished(Build build, Instant at) {
        ObjectNode event = json.createObjectNode();
        String id = begin(event, ARTIFACT_PUBLISHED, build.sha() + build.version() + build.digest(), at);
        ObjectNode subject = event.putObject("subject");
        subject.put("id", purl(build)).put("source", source.toString()).putObject("content");
        ObjectNode data = customData(event, build).put("version", build.version());
        data.putArray("artifacts")
                .addObject()
                .put("uri", build.uri().toString())
                .put("digest", build.digest());
        return new CiEvent(id, source, ARTIFACT_PUBLISHED, json.writeValueAsString(event));
    }

    /**
     * Says that a required check of the build's commit passed.
     *
     * @param check its name in the policy, such as {@code unit-tests}
     */
    public CiEvent checkPassed(Build build, String check, Instant at) {
        String run = "%s/%s/%s".formatted(application, build.sha(), check);
        ObjectNode event = json.createObjectNode();
        String id = begin(event, PIPELINE_RUN_FINISHED, run + "/" + build.run().attempt(), at);
        ObjectNode subject = event.putObject("subject");
        subject.put("id", run).put("source", source.toString());
        subject.putObject("content").put("pipelineName", check).put("outcome", "success");
        customData(event, build).put("check", check).put("attempt", build.run().attempt());
        return new CiEvent(id, source, PIPELINE_RUN_FINISHED, json.writeValueAsString(event));
    }

    private String begin(ObjectNode event, String type, String fact, Instant at) {
        String id = UUID.nameUUIDFromBytes((source + " " + type + " " + fact).getBytes(StandardCharsets.UTF_8))
                .toString();
        event.putObject("context")
                .put("specversion", SPEC_VERSION)
                .put("id", id)
                .put("source", source.toString())
                .put("type", type)
                .put("timestamp", DateTimeFormatter.ISO_INSTANT.format(at.truncatedTo(ChronoUnit.MILLIS)));
        return id;
    }

    private ObjectNode customData(ObjectNode event, Build build) {
        event.put("customDataContentType", "application/json");
        return event.putObject("customData").put("application", application).put("sha", build.sha());
    }

    /** See https://github.com/package-url/purl-spec, type generic. */
    private String purl(Build build) {
        return "pkg:generic/%s@%s?checksum=%s&file_name=%s"
                .formatted(encode(application), encode(build.version()), build.digest(), encode(fileName(build)));
    }

    private static String fileName(Build build) {
        return build.jar().getFileName().toString();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
