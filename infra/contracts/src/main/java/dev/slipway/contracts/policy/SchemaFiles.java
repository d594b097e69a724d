package dev.slipway.contracts.policy;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.contracts.Texts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Files at the released revision that have to fit a JSON Schema. Exactly one of {@code schema} and {@code inline} says which.
 *
 * @param files patterns of {@link FilePaths}, 1 to 20; each has to fit at least one file
 * @param schema path of the schema at the same revision
 * @param inline the schema itself as JSON text, at most 64,000 characters
 */
public record SchemaFiles(
        List<String> files,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String schema,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String inline) {
    private static final int PATTERNS_MAX = 20;
    private static final int INLINE_CHARACTERS_MAX = 64_000;

    public SchemaFiles {
        Texts.requirePresent("schema.files", files);
        files = List.copyOf(files);
        Ranges.require("schema.files: number of patterns", files.size(), 1, PATTERNS_MAX);
        files.forEach(pattern -> FilePaths.requirePattern("schema.files", pattern));
        if ((schema == null) == (inline == null)) {
            throw new IllegalArgumentException("schema needs exactly one schema: a path, or the schema itself");
        }
        if (schema != null) {
            FilePaths.require("schema.schema", schema);
        }
        if (inline != null && inline.length() > INLINE_CHARACTERS_MAX) {
            throw new IllegalArgumentException(
                    "schema.schema has at most %,d characters, has %,d; keep it in a file of the repository"
                            .formatted(INLINE_CHARACTERS_MAX, inline.length()));
        }
    }

    /** Whether it is about this file. */
    public boolean takes(String path) {
        return files.stream().anyMatch(pattern -> FilePaths.fits(pattern, path));
    }

    /** What the schema is called, for people. */
    @JsonIgnore
    public String name() {
        return schema == null ? "the policy's schema" : schema;
    }
}
