package dev.slipway.release.api;

import dev.slipway.contracts.Texts;
import dev.slipway.web.Problems;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
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
            throw Problems.refused(
                    HttpStatus.BAD_REQUEST,
                    "malformed-body",
                    "The body is not JSON: %s. Send {\"reason\": \"...\"}.".formatted(notJson.getOriginalMessage()));
        }
        JsonNode reason = json.isObject() ? json.path("reason") : json;
        String said = reason.isMissingNode() || reason.isNull()
                ? ""
                : reason.isString() ? reason.asString() : reason.toString();
        return new Said(Texts.oneLine(said, charactersMax), json.isObject() ? json : LENIENT.createObjectNode());
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
