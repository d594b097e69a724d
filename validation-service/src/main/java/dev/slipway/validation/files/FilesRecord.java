package dev.slipway.validation.files;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.Sha;
import dev.slipway.contracts.WireJson;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * What lay where in a revision, as far as a gate looked. Kept as bytes under its digest like a report, and named first among
 * what a verdict rests on: so that whoever checks the verdict knows which content had which name, and what was not there.
 *
 * @param form which form of record this is; the first text of the bytes
 * @param entries in the order of their paths
 */
@JsonPropertyOrder({"form", "revision", "entries"})
public record FilesRecord(String form, Sha revision, List<Entry> entries) {
    private static final String FORM = "slipway-files-1";
    private static final byte[] BEGINNING = ("{\"form\":\"" + FORM + "\"").getBytes(StandardCharsets.UTF_8);

    /** What was at a path. */
    public enum Kind {
        FILE,
        FOLDER,
        LINK,
        SUBMODULE,
        BINARY,
        TOO_LARGE,
        ABSENT,
        @JsonEnumDefaultValue
        UNKNOWN
    }

    /**
     * One path.
     *
     * @param digest of what a file held that was read; null for all else
     */
    @JsonPropertyOrder({"path", "kind", "digest"})
    public record Entry(
            String path,
            Kind kind,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Digest digest) {}

    public FilesRecord {
        entries = List.copyOf(entries);
    }

    static FilesRecord of(Sha revision, List<Entry> entries) {
        return new FilesRecord(FORM, revision, entries);
    }

    /** The same record always has the same bytes. */
    public byte[] bytes() {
        return WireJson.mapper().writeValueAsBytes(this);
    }

    /** The record, or nothing if these bytes are something else. */
    public static Optional<FilesRecord> read(byte[] bytes) {
        if (bytes.length < BEGINNING.length
                || Arrays.mismatch(bytes, 0, BEGINNING.length, BEGINNING, 0, BEGINNING.length) >= 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(WireJson.mapper().readValue(bytes, FilesRecord.class));
        } catch (JacksonException unreadable) {
            return Optional.empty();
        }
    }
}
