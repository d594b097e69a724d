package dev.slipway.cli.gateway;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.slipway.cli.ci.CiRun;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.WireJson;
import dev.slipway.contracts.ci.Proposal;
import dev.slipway.contracts.notification.PageCheck;
import dev.slipway.contracts.release.AnnouncementView;
import dev.slipway.contracts.release.AnswerFile;
import dev.slipway.contracts.release.ApplicationView;
import dev.slipway.contracts.release.DoraView;
import dev.slipway.contracts.release.GuideView;
import dev.slipway.contracts.release.NextVersionView;
import dev.slipway.contracts.release.NotesEdit;
import dev.slipway.contracts.release.NotesView;
import dev.slipway.contracts.release.PlanView;
import dev.slipway.contracts.release.RehearsalView;
import dev.slipway.contracts.release.ReleaseView;
import dev.slipway.contracts.release.RunbookView;
import dev.slipway.demo.Gateways;
import dev.slipway.validation.evidence.ReportArchive;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

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
    public Created rollBack(String application, Rollback asked, String token) {
        byte[] body = WireJson.mapper().writeValueAsBytes(asked);
        return created(applicationPath(application) + "/rollback", body, anyKey(), token);
    }

    /** Releases the present policy's configuration with what production runs. */
    public Created configure(String application, String key, String token) {
        return created(applicationPath(application) + "/configuration", new byte[0], key, token);
    }

    /** Removes an application that nobody needs any more; its history stays. */
    public ApplicationView remove(String application, String reason, String token) {
        byte[] body = WireJson.mapper()
                .writeValueAsBytes(WireJson.mapper().createObjectNode().put("reason", reason));
        String path = applicationPath(application) + "/remove";
        GatewayClient.Answer answer =
                gateway.call(new GatewayClient.Call("POST", path, JSON, body, anyKey(), Map.of()), token);
        return GatewayClient.read(answer.body(), ApplicationView.class);
    }

    /** Says something above the facts of a release's notes, in place of what was said before. */
    public NotesView editNotes(String release, NotesEdit edit, String token) {
        GatewayClient.Answer answer = gateway.call(
                new GatewayClient.Call(
                        "PUT",
                        GatewayClient.releasePath(release) + "/notes",
                        JSON,
                        WireJson.mapper().writeValueAsBytes(edit),
                        anyKey(),
                        Map.of()),
                token);
        return GatewayClient.read(answer.body(), NotesView.class);
    }

    /**
     * What is asked of production.
     *
     * @param version to which it goes back; null for the one before
     * @param althoughForwardOnly why it goes back also behind a release that may only go forward; null where nobody says so
     */
    public record Rollback(
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String version,

            String reason,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String althoughForwardOnly) {}

    /** One part of what a release was judged by, in the service's words: {@code lines}, {@code more}. */
    public JsonNode seconds(String application, String release, int part, String token) {
        return GatewayClient.read(
                gateway.get(
                        applicationPath(application)
                                + "/seconds?release=%s&part=%d".formatted(Gateways.encode(release), part),
                        token),
                JsonNode.class);
    }

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

    /**
     * What is asked of a release.
     *
     * @param verb abort, pause, resume, promote, retry or resolve
     * @param full whether all traffic is meant, of a promotion
     * @param althoughForwardOnly why it is taken back although it may only go forward, of an abort; null where nobody says so
     */
    public record Steering(
            String verb,
            @Nullable String reason,
            boolean full,
            @Nullable String althoughForwardOnly) {}

    /** Steers a release. */
    public Steered steer(String id, Steering asked, String token) {
        String path = GatewayClient.releasePath(id) + "/" + asked.verb();
        ObjectNode body = WireJson.mapper()
                .createObjectNode()
                .put("reason", asked.reason() == null ? "" : asked.reason())
                .put("full", asked.full());
        if (asked.althoughForwardOnly() != null) {
            body.put("althoughForwardOnly", asked.althoughForwardOnly());
        }
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

    /**
     * What was taken in.
     *
     * @param digest of the first file, or of the record of a run without one
     * @param facts of all files, and how the run ended
     */
    public record Evidence(
            String digest,
            Map<String, BigDecimal> facts,
            List<TakenIn> files,
            List<PassedOver> passedOver,
            List<OfKind> kinds) {
        public Evidence {
            kinds = List.copyOf(kinds);
            facts = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(facts));
            files = List.copyOf(files);
            passedOver = List.copyOf(passedOver);
        }

        @JsonCreator
        static Evidence answered(
                @JsonProperty("digest") String digest,
                @JsonProperty("facts") Map<String, BigDecimal> facts,
                @JsonProperty("files") @Nullable List<TakenIn> files,
                @JsonProperty("passedOver") @Nullable List<PassedOver> passedOver,
                @JsonProperty("kinds") @Nullable List<OfKind> kinds) {
            return new Evidence(
                    digest,
                    facts,
                    files == null ? List.of() : files,
                    passedOver == null ? List.of() : passedOver,
                    kinds == null ? List.of() : kinds);
        }

        /** Why nothing of it counts for its suite, or null. */
        public @Nullable String outdone() {
            return kinds.stream()
                    .flatMap(kind -> Stream.ofNullable(kind.outdone()))
                    .findFirst()
                    .orElse(null);
        }
    }

    /** What was taken in of one kind, and why it does not count for its suite, or null. */
    public record OfKind(String kind, @Nullable String outdone) {}

    /** One file that was taken in. */
    public record TakenIn(
            String file, String digest, String dialect, Map<String, BigDecimal> facts, List<String> notes) {}

    /** One file that was not. */
    public record PassedOver(String file, String why) {}

    /**
     * Which evidence it is.
     *
     * @param suite what the policy's gate calls it, or null
     * @param of which run of the CI it comes from
     * @param branch that the run was for, or null
     * @param exit status of the run's command, or null if nobody knows
     */
    public record Report(
            String application,
            String sha,
            String kind,
            @Nullable String suite,
            CiRun of,
            @Nullable String branch,
            @Nullable Long exit) {
        /** The same without how the run ended, or with that alone. */
        public Report with(@Nullable Long status) {
            return new Report(application, sha, kind, suite, of, branch, status);
        }

        /** The same of another kind. */
        public Report of(String otherKind, @Nullable String otherSuite) {
            return new Report(application, sha, otherKind, otherSuite, of, branch, exit);
        }
    }

    /**
     * Hands in what a run left. Handed in again it changes nothing.
     *
     * @param file what a report that goes alone is called, or null
     * @param content a report, a ZIP of several, or nothing where the run wrote none
     */
    public Evidence evidence(Report report, @Nullable String file, byte[] content, String token) {
        String path = applicationPath(report.application()) + "/evidence?sha=" + report.sha()
                + parameter("kind", report.kind())
                + parameter("suite", report.suite())
                + parameter("run", report.of().run())
                + parameter("part", report.of().part())
                + parameter("attempt", report.of().attempt())
                + parameter("branch", report.branch())
                + parameter("exit", report.exit())
                + parameter("file", file);
        String key = UUID.nameUUIDFromBytes((path + UUID.nameUUIDFromBytes(content)).getBytes(StandardCharsets.UTF_8))
                .toString();
        String type = ReportArchive.is(content) ? "application/zip" : type(content);
        GatewayClient.Answer answer =
                gateway.call(new GatewayClient.Call("POST", path, type, content, key, Map.of()), token);
        return GatewayClient.read(answer.body(), Evidence.class);
    }

    private static String type(byte[] content) {
        boolean xml = content.length == 0
                || new String(content, 0, Math.min(content.length, 100), StandardCharsets.UTF_8)
                        .stripLeading()
                        .matches("(?s)\uFEFF?\\s*<.*");
        return xml ? "application/xml" : "application/octet-stream";
    }

    private static String parameter(String name, @Nullable Object value) {
        return value == null ? "" : "&" + name + "=" + Gateways.encode(value.toString());
    }

    /** Hands in a file that an answer to a duty is to stand with. Handed in again it changes nothing. */
    public AnswerFile handIn(String release, String duty, String name, byte[] content, String token) {
        String path = "%s/duties/%s/files?name=%s"
                .formatted(GatewayClient.releasePath(release), Gateways.encode(duty), Gateways.encode(name));
        GatewayClient.Answer answer = gateway.call(
                new GatewayClient.Call("POST", path, "application/octet-stream", content, anyKey(), Map.of()), token);
        return GatewayClient.read(answer.body(), AnswerFile.class);
    }

    /** The bytes of a file that stands with an answer; nothing where it is not kept any more. */
    public Optional<byte[]> file(String release, Digest digest, String token) {
        return gateway.bytes(
                "%s/files/%s".formatted(GatewayClient.releasePath(release), Gateways.encode(digest.value())), token);
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

    /** Why a gate says of a release what it says. */
    public GateWhy gate(String application, String release, String gate, String token) {
        return GatewayClient.read(
                gateway.get(
                        "%s/gates/%s?release=%s"
                                .formatted(
                                        applicationPath(application), Gateways.encode(gate), Gateways.encode(release)),
                        token),
                GateWhy.class);
    }

    /** An application's guide, and where a release is in it; the newest where none is named. */
    public GuideView guide(String application, @Nullable String release, String token) {
        String of = release == null ? "" : "?release=" + Gateways.encode(release);
        return GatewayClient.read(gateway.get(applicationPath(application) + "/guide" + of, token), GuideView.class);
    }

    /**
     * A day.
     *
     * @param date such as {@code 2026-01-31}; null for today
     */
    public record Day(@Nullable String date, ZoneId zone) {}

    /** What would come of a release; of the next version where none is named. */
    public RehearsalView rehearsal(
            String application, @Nullable String version, @Nullable String branch, Day day, String token) {
        String path = applicationPath(application) + "/guide/plan?zone="
                + Gateways.encode(day.zone().getId())
                + parameter("on", day.date())
                + parameter("version", version)
                + parameter("branch", branch);
        return GatewayClient.read(gateway.get(path, token), RehearsalView.class);
    }

    /** Whether an announcement could be put on this page. */
    public PageCheck page(String address, String token) {
        return GatewayClient.read(
                gateway.get("/api/v1/deliveries/pages?address=" + Gateways.encode(address), token), PageCheck.class);
    }

    /** As what notes and runbooks may come, for people. */
    public enum Written {
        MARKDOWN("text/markdown"),
        HTML("text/html");

        private final String mediaType;

        Written(String mediaType) {
            this.mediaType = mediaType;
        }

        String mediaType() {
            return mediaType;
        }
    }

    /** The notes of a release as a text, written by Slipway. */
    public String notes(String id, Written form, String token) {
        return gateway.get(notesPath(id), form.mediaType, token);
    }

    /** The same as values. */
    public NotesView notes(String id, String token) {
        return GatewayClient.read(gateway.get(notesPath(id), token), NotesView.class);
    }

    /** What comes of a release from here, step by step. */
    public PlanView plan(String id, String token) {
        return GatewayClient.read(gateway.get(GatewayClient.releasePath(id) + "/plan", token), PlanView.class);
    }

    /**
     * The runbook of a release as a text, written by Slipway.
     *
     * @param pinned whether as it was pinned, or else as it reads now
     */
    public String runbook(String id, boolean pinned, Written form, String token) {
        return gateway.get(runbookPath(id, pinned), form.mediaType, token);
    }

    /** The same as values. */
    public RunbookView runbook(String id, boolean pinned, String token) {
        return GatewayClient.read(gateway.get(runbookPath(id, pinned), token), RunbookView.class);
    }

    /** The draft of an announcement for a channel: mail, chat or text. */
    public AnnouncementView announcement(String id, String channel, String token) {
        String path = GatewayClient.releasePath(id) + "/announcement?channel=" + Gateways.encode(channel);
        return GatewayClient.read(gateway.get(path, token), AnnouncementView.class);
    }

    private static String runbookPath(String id, boolean pinned) {
        return GatewayClient.releasePath(id) + "/runbook" + (pinned ? "?pinned=true" : "");
    }

    private static String notesPath(String id) {
        return GatewayClient.releasePath(id) + "/notes";
    }

    /** DORA's metrics of an application, or of all where it is null; over as many days as Slipway thinks if nobody says. */
    public DoraView dora(@Nullable String application, @Nullable Integer days, String token) {
        String path = (application == null ? "/api/v1" : applicationPath(application)) + "/dora";
        return GatewayClient.read(gateway.get(days == null ? path : path + "?days=" + days, token), DoraView.class);
    }

    /** The next version of an application, and why; of a branch, where releases are made of several. */
    public NextVersionView nextVersion(String application, @Nullable String branch, String token) {
        String of = branch == null ? "" : "?branch=" + Gateways.encode(branch);
        return GatewayClient.read(
                gateway.get(applicationPath(application) + "/next-version" + of, token), NextVersionView.class);
    }

    /** The policy in force, with its hash, who put it and when. */
    public JsonNode policy(String application, String token) {
        return GatewayClient.read(gateway.get(applicationPath(application) + "/policy", token), JsonNode.class);
    }

    static String applicationPath(String application) {
        return "/api/v1/applications/" + Gateways.encode(application);
    }

    /** A key for one request. */
    public static String anyKey() {
        return UUID.randomUUID().toString();
    }
}
