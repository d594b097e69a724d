package dev.slipway.contracts.policy;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * How much of the machine a program may take; null for as much as there is.
 *
 * @param memoryBytes 16 MB to 1 TB
 * @param processes of it and all that it starts, threads counted, 1 to 100,000
 * @param openFiles of each of its processes, 16 to 1,000,000
 * @param cpuWeight its part of the processors beside others that want them, 1 to 10,000, where 100 is usual
 */
public record Limits(
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long memoryBytes,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer processes,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer openFiles,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer cpuWeight) {
    /** Nothing is limited. */
    public static final Limits NONE = new Limits(null, null, null, null);

    static final long MEMORY_MIN = 16L << 20;
    static final long MEMORY_MAX = 1L << 40;

    public Limits {
        if (memoryBytes != null) {
            Ranges.require("target.limits.memory, in bytes,", memoryBytes, MEMORY_MIN, MEMORY_MAX);
        }
        require("target.limits.processes", processes, 1, 100_000);
        require("target.limits.openFiles", openFiles, 16, 1_000_000);
        require("target.limits.cpuWeight", cpuWeight, 1, 10_000);
    }

    @JsonIgnore
    public boolean isNone() {
        return equals(NONE);
    }

    private static void require(String what, @Nullable Integer value, int min, int max) {
        if (value != null) {
            Ranges.require(what, value, min, max);
        }
    }
}
