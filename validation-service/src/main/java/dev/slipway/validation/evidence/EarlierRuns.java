package dev.slipway.validation.evidence;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.slipway.contracts.ApplicationName;
import dev.slipway.contracts.Sha;
import dev.slipway.contracts.WireJson;
import dev.slipway.contracts.policy.NoiseRuns;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * What the last runs before the one that is judged had measured: how far they differ is what chance does. Kept as bytes under
 * their digest like a report, beside those that a verdict was compared with, so that what comes later changes no verdict, and
 * who verifies one reckons with the same numbers.
 *
 * @param form which form of record this is; the first text of the bytes
 * @param runs one for each commit, the oldest first, at most {@value NoiseRuns#RUNS_MAX}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({"form", "application", "kind", "suite", "runs"})
public record EarlierRuns(
        String form,
        ApplicationName application,
        String kind,
        @Nullable String suite,
        List<Run> runs) {
    /** How many metrics of a run are kept. */
    public static final int FIGURES_MAX = 200;

    private static final String FORM = "slipway-earlier-runs-1";
    private static final byte[] BEGINNING = ("{\"form\":\"" + FORM + "\"").getBytes(StandardCharsets.UTF_8);

    public EarlierRuns {
        runs = List.copyOf(runs);
        if (runs.size() > NoiseRuns.RUNS_MAX) {
            throw new IllegalArgumentException(
                    "at most %d runs are looked at, not %d".formatted(NoiseRuns.RUNS_MAX, runs.size()));
        }
    }

    /**
     * The reports of one commit that a gate looked at.
     *
     * @param figures at most {@value #FIGURES_MAX}
     */
    public record Run(Sha sha, List<Figure> figures) {
        public Run {
            figures = figures.stream().limit(FIGURES_MAX).toList();
        }
    }

    /**
     * One metric, in the mean of that commit's reports.
     *
     * @param summary by name, as in {@link Measurement}; finite and above 0
     */
    public record Figure(String benchmark, String metric, String unit, Map<String, Double> summary) {
        public Figure {
            summary = Map.copyOf(summary);
        }
    }

    public static EarlierRuns of(ApplicationName application, String kind, @Nullable String suite, List<Run> runs) {
        return new EarlierRuns(FORM, application, kind, suite, runs);
    }

    /** The same record always has the same bytes. */
    public byte[] bytes() {
        return WireJson.mapper().writeValueAsBytes(this);
    }

    /** The record, or nothing if these bytes are something else. */
    public static Optional<EarlierRuns> read(byte[] bytes) {
        if (bytes.length < BEGINNING.length
                || Arrays.mismatch(bytes, 0, BEGINNING.length, BEGINNING, 0, BEGINNING.length) >= 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(WireJson.mapper().readValue(bytes, EarlierRuns.class));
        } catch (JacksonException unreadable) {
            return Optional.empty();
        }
    }
}
