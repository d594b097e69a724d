package dev.slipway.cli.gateway;

import dev.slipway.contracts.WireJson;
import dev.slipway.contracts.ci.Proposal;
import dev.slipway.contracts.release.ReleaseView;
import dev.slipway.demo.Gateways;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What is asked of Slipway or told to it, beyond looking: proposals, evidence, checks, steering, rollbacks. */
public final class Requests {
    private static final String JSON = "application/json";

    private final GatewayClient gateway;

    public Requests(GatewayClient gateway) {
        this.gateway = gateway;
    }

    /**
     * What came of a proposal or a rollback.
     *
     * @param id of the release
     * @param location its address below the gateway's
     * @param text what came of it, for a person; empty if Slipway does not say
     */
    public record Created(String id, String location, String text) {}

    /**
     * Proposes a release.
     *
     * @param key of this one request, however often it is sent; another one may lead to the next attempt
     */
    public Created propose(Proposal proposal, String key, String token) {
        return created("/api/v1/releases", WireJson.mapper().writeValueAsBytes(proposal), key, token);
    }

    /** Goes back to a version that was verified before, the last one if none is named. */
    public Created rollBack(String application, @Nullable String version, String reason, String token) {
        byte[] body = WireJson.mapper().writeValueAsBytes(new Rollback(version, reason));
        return created(applicationPath(application) + "/rollback", body, anyKey(), token);
    }

    private record Rollback(
            @com.fasterxml.jackson.annotation.JsonInclude(com.fasterxml.jackson.annotation.JsonInclude.Include.NON_NULL)
            @Nullable
            String version,

            String reason) {}

    private Created created(String path, byte[] body, String key, String token) {
        GatewayClient.Answer answer =
                gateway.call(new GatewayClient.Call("POST", path, JSON, body, key, Map.of()), token);
        JsonNode said = GatewayClient.read(answer.body(), JsonNode.class);
        String id = said.path("id").asString("");
        return new Created(
                id,
                answer.location().orElseGet(() -> GatewayClient.releasePath(id)),
                said.path("text").asString(""));
    }

    /**
     * What came of a steering request.
     *
     * @param done whether it changed what the release does
     * @param text what was done and what could not be; empty if Slipway does not say
     */
    public record Steered(boolean done, String text, ReleaseView release) {}

    /** Steers a release: abort, pause, resume, promote, retry, resolve. */
    public Steered steer(String id, String verb, @Nullable String reason, boolean full, String token) {
        String path = GatewayClient.releasePath(id) + "/" + verb;
        JsonNode body = WireJson.mapper()
                .createObjectNode()
                .put("reason", reason == null ? "" : reason)
                .put("full", full);
        byte[] bytes = WireJson.mapper().writeValueAsBytes(body);
        GatewayClient.Answer answer =
                gateway.call(new GatewayClient.Call("POST", path, JSON, bytes, anyKey(), Map.of()), token);
        JsonNode said = GatewayClient.read(answer.body(), JsonNode.class);
        JsonNode release = said.path("release");
        return new Steered(
                said.path("done").asBoolean(true),
                said.path("text").asString(""),
                release.isObject()
                        ? GatewayClient.read(release.toString(), ReleaseView.class)
                        : gateway.release(id, token));
    }

    /** One report, as it was taken in. */
    public record Evidence(String digest, Map<String, BigDecimal> facts) {
        public Evidence {
            facts = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(facts));
        }
    }

    /**
     * Which report it is.
     *
     * @param suite what the policy's gate calls it, or null
     */
    public record Report(
            String application,
            String sha,
            String kind,
            @Nullable String suite) {}

    /** Hands in a report. Handed in again it changes nothing. */
    public Evidence evidence(Report report, byte[] content, String token) {
        String path = "%s/evidence?sha=%s&kind=%s%s"
                .formatted(
                        applicationPath(report.application()),
                        report.sha(),
                        Gateways.encode(report.kind()),
                        report.suite() == null ? "" : "&suite=" + Gateways.encode(report.suite()));
        String key = UUID.nameUUIDFromBytes((path + UUID.nameUUIDFromBytes(content)).getBytes(StandardCharsets.UTF_8))
                .toString();
        GatewayClient.Answer answer =
                gateway.call(new GatewayClient.Call("POST", path, "application/xml", content, key, Map.of()), token);
        return GatewayClient.read(answer.body(), Evidence.class);
    }

    /**
     * Publishes a CDEvent.
     *
     * @param id unique within its source: told again with the same one it is the same fact
     */
    public void publish(String id, String source, String type, String json, String token) {
        Map<String, String> envelope =
                Map.of("ce-specversion", "1.0", "ce-id", id, "ce-source", source, "ce-type", type);
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        gateway.call(new GatewayClient.Call("POST", "/api/v1/events", JSON, body, id, envelope), token);
    }

    public List<ReleaseView.TimelineEntry> timeline(String id, String token) {
        return List.of(GatewayClient.read(
                gateway.get(GatewayClient.releasePath(id) + "/timeline", token), ReleaseView.TimelineEntry[].class));
    }

    /** The policy in force, with its hash, who put it and when. */
    public JsonNode policy(String application, String token) {
        return GatewayClient.read(gateway.get(applicationPath(application) + "/policy", token), JsonNode.class);
    }

    private static String applicationPath(String application) {
        return "/api/v1/applications/" + Gateways.encode(application);
    }

    /** A key for one request. */
    public static String anyKey() {
        return UUID.randomUUID().toString();
    }
}
