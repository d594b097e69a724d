package dev.slipway.contracts;

import dev.slipway.contracts.ci.CiTypes;
import dev.slipway.contracts.deployment.DeploymentTypes;
import dev.slipway.contracts.letters.LetterTypes;
import dev.slipway.contracts.notification.NotificationTypes;
import dev.slipway.contracts.release.ReleaseTypes;
import dev.slipway.contracts.traffic.TrafficTypes;
import dev.slipway.contracts.validation.ValidationTypes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** What Slipway says over Kafka, as AsyncAPI 3: made from the contracts, so that it cannot say anything else. */
final class AsyncApi {
    private static final String RELEASE = "release-service";
    private static final String VALIDATION = "validation-service";
    private static final String DEPLOYMENT = "deployment-service";
    private static final String NOTIFICATION = "notification-service";
    private static final String GATEWAY = "gateway";

    /**
     * Who sends what to whom over a topic.
     *
     * @param key what the record's key is
     */
    record Channel(String topic, String key, List<String> from, List<String> to, List<String> types) {}

    static final List<Channel> CHANNELS = List.of(
            new Channel(
                    Topics.CI_EVENTS,
                    "application",
                    List.of(GATEWAY),
                    List.of(RELEASE, VALIDATION),
                    List.of(
                            CiTypes.ARTIFACT_PUBLISHED,
                            CiTypes.PIPELINE_RUN_FINISHED,
                            CiTypes.PIPELINE_RUN_STARTED,
                            CiTypes.PIPELINE_RUN_QUEUED,
                            CiTypes.CHANGE_MERGED,
                            CiTypes.TICKET_CREATED,
                            CiTypes.BRANCH,
                            CiTypes.RELEASE_PROPOSED)),
            new Channel(
                    Topics.VALIDATION_COMMANDS,
                    "release",
                    List.of(RELEASE, DEPLOYMENT),
                    List.of(VALIDATION),
                    List.of(
                            ValidationTypes.ASSESS,
                            ValidationTypes.JUDGE,
                            ValidationTypes.STOP_JUDGING,
                            ValidationTypes.FORGET_EVIDENCE)),
            new Channel(
                    Topics.VALIDATION_RESULTS,
                    "release",
                    List.of(VALIDATION),
                    List.of(RELEASE, DEPLOYMENT),
                    List.of(
                            ValidationTypes.ASSESSMENT_STATUS,
                            ValidationTypes.JUDGEMENT_STATUS,
                            ValidationTypes.EVIDENCE_FORGOTTEN)),
            new Channel(
                    Topics.DEPLOYMENT_COMMANDS,
                    "application/environment",
                    List.of(RELEASE),
                    List.of(DEPLOYMENT),
                    List.of(
                            DeploymentTypes.PROVE_WAY_BACK,
                            DeploymentTypes.START_ROLLOUT,
                            DeploymentTypes.CONFIRM_VERIFIED,
                            DeploymentTypes.ROLL_BACK,
                            DeploymentTypes.ABORT,
                            DeploymentTypes.WITHDRAW,
                            DeploymentTypes.PAUSE,
                            DeploymentTypes.RESUME,
                            DeploymentTypes.PROMOTE,
                            DeploymentTypes.REMOVE_ENVIRONMENT)),
            new Channel(
                    Topics.DEPLOYMENT_EVENTS,
                    "release",
                    List.of(DEPLOYMENT),
                    List.of(RELEASE, NOTIFICATION),
                    List.of(
                            DeploymentTypes.ROLLOUT_STATUS,
                            DeploymentTypes.WAY_BACK_STATUS,
                            DeploymentTypes.INCIDENT_STATUS)),
            new Channel(
                    Topics.RELEASE_EVENTS,
                    "release",
                    List.of(RELEASE),
                    List.of(NOTIFICATION),
                    List.of(ReleaseTypes.RELEASE_STATUS, DeploymentTypes.INCIDENT_STATUS)),
            new Channel(
                    Topics.TRAFFIC,
                    "application/environment",
                    List.of(DEPLOYMENT),
                    List.of(GATEWAY),
                    List.of(TrafficTypes.TABLE)),
            new Channel(
                    Topics.TRAFFIC_SAMPLES,
                    "application/environment",
                    List.of(GATEWAY),
                    List.of(VALIDATION),
                    List.of(TrafficTypes.SAMPLE)),
            new Channel(
                    Topics.NOTIFICATION_EVENTS,
                    "release",
                    List.of(NOTIFICATION),
                    List.of(RELEASE),
                    List.of(NotificationTypes.DELIVERY_STATUS)),
            new Channel(
                    Topics.DEAD_LETTERS,
                    "service",
                    List.of(RELEASE, VALIDATION, DEPLOYMENT, NOTIFICATION),
                    List.of(NOTIFICATION),
                    List.of(LetterTypes.DEAD_LETTERS_STATUS)));

    private final JsonSchemas schemas = new JsonSchemas("#/components/schemas/");

    Map<String, Object> document() {
        Map<String, Object> channels = new LinkedHashMap<>();
        Map<String, Object> operations = new LinkedHashMap<>();
        Map<String, Object> messages = new TreeMap<>();
        for (Channel channel : CHANNELS) {
            channels.put(channel.topic(), channel(channel));
            channel.from().forEach(sender -> operations.put(sender + ".send." + channel.topic(), send(channel)));
            channel.to().forEach(hearer -> operations.put(hearer + ".receive." + channel.topic(), receive(channel)));
            channel.types().forEach(type -> messages.put(name(type), message(type)));
        }
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("asyncapi", "3.0.0");
        document.put(
                "info",
                ordered(
                        "title", "Slipway",
                        "version", "1",
                        "description",
                                "CloudEvents 1.0 in binary mode: ce_ headers, JSON value. Each topic but the compacted one has a"
                                        + " dead-letter topic of the same name with -dlt. Unknown fields are ignored, unknown"
                                        + " statuses are read as UNKNOWN."));
        document.put("defaultContentType", "application/json");
        document.put("channels", channels);
        document.put("operations", operations);
        document.put(
                "components",
                ordered(
                        "messages", messages,
                        "messageTraits", Map.of("cloudEvent", headers()),
                        "schemas", schemas.named()));
        return document;
    }

    private static Map<String, Object> channel(Channel channel) {
        Map<String, Object> messages = new LinkedHashMap<>();
        channel.types().forEach(type -> messages.put(name(type), ref("#/components/messages/" + name(type))));
        return ordered(
                "address",
                channel.topic(),
                "description",
                "Keyed by " + channel.key() + (channel.topic().equals(Topics.TRAFFIC) ? "; compacted." : "."),
                "messages",
                messages);
    }

    private static Map<String, Object> send(Channel channel) {
        return ordered("action", "send", "channel", ref("#/channels/" + channel.topic()));
    }

    private static Map<String, Object> receive(Channel channel) {
        return ordered("action", "receive", "channel", ref("#/channels/" + channel.topic()));
    }

    private Map<String, Object> message(String type) {
        Class<?> body = Objects.requireNonNull(WireSamples.BODIES.get(type), type);
        boolean cdEvent = type.endsWith(".");
        Map<String, Object> payload = schemas.of(body);
        return ordered(
                "name", cdEvent ? type + "*" : type,
                "traits", List.of(ref("#/components/messageTraits/cloudEvent")),
                "payload",
                        cdEvent
                                ? ordered(
                                        "type", "object",
                                        "description", "A CDEvent, any version. Slipway reads its customData.",
                                        "properties", Map.of("customData", payload))
                                : payload);
    }

    private static Map<String, Object> headers() {
        Map<String, Object> text = Map.of("type", "string");
        Map<String, Object> properties = new LinkedHashMap<>();
        for (String header : List.of("specversion", "id", "source", "type", "time")) {
            properties.put("ce_" + header, text);
        }
        for (String extension : List.of("correlationid", "causationid", "traceparent", "sourceversion", "publisher")) {
            properties.put("ce_" + extension, text);
        }
        return Map.of(
                "headers",
                ordered(
                        "type",
                        "object",
                        "properties",
                        properties,
                        "required",
                        List.of("ce_specversion", "ce_id", "ce_source", "ce_type")));
    }

    /** A message's key may not hold the dot at the end of a CDEvents prefix. */
    private static String name(String type) {
        return type.endsWith(".") ? type.substring(0, type.length() - 1) : type;
    }

    private static Map<String, Object> ref(String target) {
        return Map.of("$ref", target);
    }

    private static Map<String, Object> ordered(Object... pairs) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put((String) pairs[i], pairs[i + 1]);
        }
        return map;
    }
}
