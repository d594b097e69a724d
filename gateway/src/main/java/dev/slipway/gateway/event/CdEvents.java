package dev.slipway.gateway.event;

import dev.slipway.contracts.SemanticVersion;
import dev.slipway.contracts.Texts;
import dev.slipway.contracts.WireJson;
import dev.slipway.contracts.ci.CheckFinished;
import dev.slipway.contracts.ci.CiTypes;
import dev.slipway.contracts.ci.FeedbackGiven;
import dev.slipway.contracts.ci.Proposal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Checks a CDEvent (https://cdevents.dev, 0.6 and before) as far as Slipway relies on it: the context and the subject, and
 * in customData what proposes a release, reports a check or says what users say. The rest is taken as it comes.
 */
final class CdEvents {
    static final String TYPES = "dev.cdevents.";
    private static final int KEY_CHARS_MAX = 200;
    private static final String APPLICATION = "application";
    private static final String PROPOSAL = "{application, version, sha, artifacts: [{uri, digest}]}";
    private static final String CHECK = "{application, sha, check}";
    private static final String PUSH = "{application, sha}";
    private static final String FEEDBACK = "{application, release, from, text}";

    private CdEvents() {}

    /**
     * What the rest of the gateway needs from the data.
     *
     * @param application what customData names, or null
     * @param repairs whether it proposes what only an operator may, see {@link CiEvent}
     * @param subject what it is about
     */
    record Content(@Nullable String application, boolean repairs, EventSubject subject) {}

    /**
     * Checks the data of an event. Of another type than CDEvents' nothing is demanded.
     *
     * @throws EventRefused if a CDEvent is not well formed
     */
    static Content check(String type, JsonNode data) {
        if (!type.startsWith(TYPES)) {
            return new Content(null, false, new EventSubject.Foreign());
        }
        requireShape(data);
        JsonNode custom = data.path("customData");
        JsonNode application = custom.path(APPLICATION);
        if (application.isMissingNode()) {
            return new Content(null, false, nameless(type)); // an event for others, or with data of others
        }
        EventSubject subject = subject(type, custom);
        String key = application.asString("");
        boolean usable = application.isString() && !key.isBlank() && key.length() <= KEY_CHARS_MAX;
        boolean forOperators = custom.hasNonNull("fixes") || custom.hasNonNull("hotfix");
        return new Content(usable ? key : null, forOperators, subject);
    }

    /** What Slipway acts on needs an application by name. */
    private static EventSubject nameless(String type) {
        if (type.startsWith(CiTypes.ARTIFACT_PUBLISHED)) {
            return new EventSubject.Incomplete(APPLICATION, PROPOSAL);
        } else if (type.startsWith(CiTypes.PIPELINE_RUN_FINISHED)) {
            return new EventSubject.Incomplete(APPLICATION, CHECK);
        }
        return moves(type) ? new EventSubject.Incomplete(APPLICATION, PUSH) : new EventSubject.Foreign();
    }

    private static EventSubject subject(String type, JsonNode custom) {
        String application = custom.path(APPLICATION).asString("");
        if (type.startsWith(CiTypes.ARTIFACT_PUBLISHED)) {
            requireProposal(custom);
            String fixes = custom.path("fixes").asString("");
            return new EventSubject.Proposed(
                    application, custom.path("version").asString(""), fixes.isEmpty() ? null : fixes);
        } else if (type.startsWith(CiTypes.PIPELINE_RUN_FINISHED)) {
            requireCheck(custom);
            return new EventSubject.Checked(application, custom.path("check").asString(""));
        } else if (type.startsWith(CiTypes.TICKET_CREATED)) {
            return feedback(application, custom);
        } else if (begins(type) && custom.hasNonNull("check") && custom.hasNonNull("sha")) {
            requireCheck(custom);
            return new EventSubject.Begun(application, custom.path("check").asString(""));
        } else if (moves(type)) {
            return custom.hasNonNull("sha")
                    ? new EventSubject.Pushed(application)
                    : new EventSubject.Incomplete("sha", PUSH);
        }
        return new EventSubject.Foreign();
    }

    /** A ticket of an application without a release is one like others; with a release it is what users say of it. */
    private static EventSubject feedback(String application, JsonNode custom) {
        if (!custom.hasNonNull("release")) {
            return new EventSubject.Incomplete("release", FEEDBACK);
        }
        requireFields(custom, "customData", List.of("application", "release", "from", "text"));
        return new EventSubject.Said(
                application, convert(custom, FeedbackGiven.class).release().value());
    }

    /** Not every sender says of a run that begins what it says of one that has ended: what is not whole is for others. */
    private static boolean begins(String type) {
        return type.startsWith(CiTypes.PIPELINE_RUN_STARTED) || type.startsWith(CiTypes.PIPELINE_RUN_QUEUED);
    }

    private static boolean moves(String type) {
        return type.startsWith(CiTypes.CHANGE_MERGED) || type.startsWith(CiTypes.BRANCH);
    }

    private static void requireShape(JsonNode data) {
        requireObject("A CDEvent", data);
        JsonNode context = data.path("context");
        requireObject("context", context);
        for (String field : List.of("id", "source", "type")) {
            requireText("context." + field, context.path(field));
        }
        // 0.4.1 writes the version as "version", 0.5 and later as "specversion"
        for (String field : List.of("version", "specversion")) {
            if (!context.path(field).isMissingNode()) {
                requireText("context." + field, context.path(field));
            }
        }
        requireObject("subject", data.path("subject"));
        requireText("subject.id", data.path("subject").path("id"));
    }

    private static void requireProposal(JsonNode custom) {
        requireFields(custom, "customData", List.of("application", "version", "sha", "artifacts"));
        for (JsonNode artifact : custom.path("artifacts")) {
            requireFields(artifact, "customData.artifacts", List.of("uri", "digest"));
        }
        Proposal proposal = convert(custom, Proposal.class);
        if (SemanticVersion.of(proposal.version()).isEmpty()) {
            throw EventRefused.malformed(
                    "customData.version must be a version of SemVer 2.0.0 such as 1.4.0, is " + proposal.version());
        }
    }

    private static void requireCheck(JsonNode custom) {
        requireFields(custom, "customData", List.of("application", "sha", "check"));
        CheckFinished check = convert(custom, CheckFinished.class);
        try {
            Texts.requireLength("customData.check", check.check(), 1, KEY_CHARS_MAX);
        } catch (IllegalArgumentException illegal) {
            throw EventRefused.malformed(String.valueOf(illegal.getMessage()));
        }
    }

    private static <T> T convert(JsonNode custom, Class<T> shape) {
        try {
            return WireJson.mapper().treeToValue(custom, shape);
        } catch (JacksonException | IllegalArgumentException illegal) {
            Throwable root = illegal;
            while (root.getCause() != null) {
                root = root.getCause();
            }
            String message = root instanceof JacksonException json ? json.getOriginalMessage() : root.getMessage();
            throw EventRefused.malformed("customData: " + message);
        }
    }

    private static void requireFields(JsonNode node, String where, List<String> fields) {
        requireObject(where, node);
        for (String field : fields) {
            if (node.path(field).isMissingNode() || node.path(field).isNull()) {
                throw EventRefused.malformed("%s.%s is missing; needed are %s".formatted(where, field, fields));
            }
        }
    }

    private static void requireObject(String what, JsonNode node) {
        if (!node.isObject()) {
            throw EventRefused.malformed(
                    what + (node.isMissingNode() ? " is missing" : " must be an object, is " + node.getNodeType()));
        }
    }

    private static void requireText(String what, JsonNode node) {
        if (!node.isString() || !Texts.says(node.asString())) {
            throw EventRefused.malformed(
                    what + (node.isMissingNode() ? " is missing" : " must be a text that is not empty"));
        }
    }
}
