package dev.slipway.validation.evidence;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.WireJson;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * How the command of a test run ended. Kept as bytes under their digest like a report, so that what a verdict hashes says
 * it, and bound to the reports that came with it.
 *
 * @param form which form of record this is; the first text of the bytes
 * @param revision application and sha
 * @param exit status of the command, 0 for success, to 4294967295
 * @param reports digests of what the run wrote, none for a run that wrote nothing
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({"form", "revision", "kind", "suite", "run", "part", "attempt", "exit", "reports"})
public record RunRecord(
        String form,
        String revision,
        String kind,
        @Nullable String suite,
        @Nullable String run,
        @Nullable String part,
        @Nullable Long attempt,
        long exit,
        List<Digest> reports) {
    public static final String FACT = "run.exit";
    public static final long EXIT_MAX = 0xFFFF_FFFFL;
    private static final String FORM = "slipway-run-1";
    private static final byte[] BEGINNING = ("{\"form\":\"" + FORM + "\"").getBytes(StandardCharsets.UTF_8);

    public RunRecord {
        reports = List.copyOf(reports);
        if (exit < 0 || exit > EXIT_MAX) {
            throw new IllegalArgumentException("exit must be 0 to %d, is %d".formatted(EXIT_MAX, exit));
        }
    }

    public static RunRecord of(
            String revision,
            String kind,
            @Nullable String suite,
            @Nullable String run,
            @Nullable String part,
            @Nullable Long attempt,
            long exit,
            List<Digest> reports) {
        return new RunRecord(FORM, revision, kind, suite, run, part, attempt, exit, reports);
    }

    /** The same record always has the same bytes. */
    public byte[] bytes() {
        return WireJson.mapper().writeValueAsBytes(this);
    }

    /** The record, or nothing if these bytes are something else. */
    public static Optional<RunRecord> read(byte[] bytes) {
        if (bytes.length < BEGINNING.length
                || Arrays.mismatch(bytes, 0, BEGINNING.length, BEGINNING, 0, BEGINNING.length) >= 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(WireJson.mapper().readValue(bytes, RunRecord.class));
        } catch (JacksonException unreadable) {
            return Optional.empty();
        }
    }

    /** {@code run.exit}. */
    public static Facts facts(long exit) {
        return new Facts(List.of(new Fact(FACT, BigDecimal.valueOf(exit), Fact.Unit.STATUS)));
    }
}
