package dev.slipway.validation.evidence.stability;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.slipway.contracts.ApplicationName;
import dev.slipway.contracts.Sha;
import dev.slipway.contracts.WireJson;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * The runs that a gate's word on the stability of tests rests on, as they were when it looked. Kept as bytes under their
 * digest like a report: what comes later changes no verdict, and who verifies one counts the same again.
 *
 * @param form which form of record this is; the first text of the bytes
 * @param branch whose runs they are
 * @param asked how many the gate asks for
 * @param runs the last ones, the oldest first, at most as many as asked for
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({"form", "application", "kind", "suite", "branch", "asked", "runs"})
public record StabilityRecord(
        String form,
        ApplicationName application,
        String kind,
        @Nullable String suite,
        String branch,
        int asked,
        List<Run> runs) {
    private static final String FORM = "slipway-stability-1";
    private static final byte[] BEGINNING = ("{\"form\":\"" + FORM + "\"").getBytes(StandardCharsets.UTF_8);

    public StabilityRecord {
        runs = List.copyOf(runs);
        if (asked < 1) {
            throw new IllegalArgumentException("at least one run is asked for, not " + asked);
        }
    }

    /**
     * One run.
     *
     * @param run as CI calls it; null for a push that named none
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Run(Sha sha, @Nullable String run, List<Try> tries) {
        public Run {
            tries = List.copyOf(tries);
        }
    }

    /**
     * What one push of it says.
     *
     * @param failed tests that failed; those that passed when they were run again are in both lists
     * @param passed of the tests that failed somewhere on this commit those that passed here
     * @param assumed whether its reports are gone, so that what did not fail in it counts as passed
     * @param beyond how many more failed than are named
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Try(
            @Nullable String part,
            @Nullable Long attempt,
            List<String> failed,
            List<String> passed,
            boolean assumed,
            long beyond) {
        public Try {
            failed = List.copyOf(failed);
            passed = List.copyOf(passed);
        }
    }

    public static StabilityRecord of(
            ApplicationName application,
            String kind,
            @Nullable String suite,
            String branch,
            int asked,
            List<Run> runs) {
        return new StabilityRecord(FORM, application, kind, suite, branch, asked, runs);
    }

    /** The same record always has the same bytes. */
    public byte[] bytes() {
        return WireJson.mapper().writeValueAsBytes(this);
    }

    /** The record, or nothing if these bytes are something else. */
    public static Optional<StabilityRecord> read(byte[] bytes) {
        if (bytes.length < BEGINNING.length
                || Arrays.mismatch(bytes, 0, BEGINNING.length, BEGINNING, 0, BEGINNING.length) >= 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(WireJson.mapper().readValue(bytes, StabilityRecord.class));
        } catch (JacksonException unreadable) {
            return Optional.empty();
        }
    }
}
