package dev.slipway.contracts.policy;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Where a step finds a value that later steps use: exactly one of a path and a header. What it finds is kept while the steps
 * are walked and never longer, and shown to nobody: it may be a secret.
 *
 * @param path a {@link BodyPath} to a text, number or truth value
 * @param header name of a line in the answer's head
 */
public record Saving(
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String path,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String header) {
    /** Longest value that is kept, in characters. */
    public static final int CHARACTERS_MAX = 4_096;

    public Saving {
        if ((path == null) == (header == null)) {
            throw new IllegalArgumentException("gates.http.save: a value is found at a path or in {header: NAME}");
        }
        if (path != null) {
            BodyPath.fault(path).ifPresent(fault -> {
                throw new IllegalArgumentException("gates.http.save: " + path + " " + fault);
            });
        }
        if (header != null) {
            HttpStep.requireHeader("gates.http.save", header);
        }
    }

    /** Where it is found, for people. */
    public String where() {
        return path == null ? "the header " + header : path;
    }
}
