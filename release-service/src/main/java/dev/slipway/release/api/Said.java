package dev.slipway.release.api;

import dev.slipway.contracts.Texts;
import dev.slipway.web.Problems;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.ErrorResponseException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a person says with a request. An emergency stop never fails for the shape of its reason: a line break in it, its
 * length, or that it is no text do not matter; it is put on record as one line, and cut where it is too long.
 *
 * @param reason one line of at most the given length; empty if none was given
 * @param body the whole body as JSON; an empty object if it was none
 */
record Said(String reason, JsonNode body) {
    private static final JsonMapper LENIENT = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
            .build();

    /** How much a body may be unlike {@code {"reason": "..."}}. */
    enum Form {
        /** What is no JSON is the reason. */
        ANY,
        /** What is no JSON is refused, as more than a reason stands in it. */
        JSON
    }

    static Said in(byte @Nullable [] body, @Nullable String contentType, Form form, int charactersMax) {
        String text = body == null ? "" : new String(body, StandardCharsets.UTF_8);
        if (contentType != null && contentType.startsWith(MediaType.APPLICATION_FORM_URLENCODED_VALUE)) {
            text = decoded(text);
        }
        if (text.isBlank()) {
            return new Said("", LENIENT.createObjectNode());
        }
        JsonNode json;
        try {
            json = LENIENT.readTree(text);
        } catch (JacksonException notJson) {
            if (form == Form.ANY) {
                return new Said(Texts.oneLine(text, charactersMax), LENIENT.createObjectNode());
            }
            throw malformed("The body is not JSON: %s.".formatted(notJson.getOriginalMessage()));
        }
        if (form == Form.JSON && !json.isObject()) {
            throw malformed("The body is no JSON object.");
        }
        JsonNode reason = json.isObject() ? json.path("reason") : json;
        if (form == Form.JSON && !(reason.isString() || reason.isNull() || reason.isMissingNode())) {
            throw malformed("The reason is no text.");
        }
        String said = reason.isMissingNode() || reason.isNull()
                ? ""
                : reason.isString() ? reason.asString() : reason.toString();
        return new Said(Texts.oneLine(said, charactersMax), json.isObject() ? json : LENIENT.createObjectNode());
    }

    /**
     * A reason that has to be given, as it is put on record.
     *
     * @param refusal what is answered where it says nothing: an example of what to send
     */
    static String reason(@Nullable String said, int charactersMax, String refusal) {
        if (said == null || !Texts.says(said)) {
            throw Problems.refused(HttpStatus.BAD_REQUEST, "no-reason", refusal);
        }
        return Texts.oneLine(said, charactersMax);
    }

    /** Another field of the body, a text; null if it is absent or null. */
    @Nullable
    String text(String field) {
        JsonNode value = body.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isString()) {
            throw malformed(field + " must be a text, is " + value.getNodeType() + ".");
        }
        return value.asString();
    }

    /** The same as one line of at most the given length; null also where it says nothing. */
    @Nullable
    String line(String field, int charactersMax) {
        String text = text(field);
        return text == null || !Texts.says(text) ? null : Texts.oneLine(text, charactersMax);
    }

    /** Another field of the body, a yes or no; no if it is absent or null. */
    boolean yes(String field) {
        JsonNode value = body.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return false;
        }
        if (!value.isBoolean()) {
            throw malformed(field + " must be true or false, is " + value.getNodeType() + ".");
        }
        return value.asBoolean();
    }

    private static ErrorResponseException malformed(String what) {
        return Problems.refused(HttpStatus.BAD_REQUEST, "malformed-body", what + " Send {\"reason\": \"...\"}.");
    }

    /** What a tool sends that takes any text for a form: {@code curl -d}. */
    private static String decoded(String form) {
        try {
            String text = URLDecoder.decode(form, StandardCharsets.UTF_8);
            return text.endsWith("=") ? text.substring(0, text.length() - 1) : text;
        } catch (IllegalArgumentException plain) {
            return form;
        }
    }
}
