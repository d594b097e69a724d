package dev.slipway.deployment.watch;

import dev.slipway.contracts.policy.Canary.Guardrails;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether a version on its way uses more memory than its policy allows. Memory is measured and not drawn: there is no chance
 * in it that a test would have to bound, only looks at a bad moment. So a limit is crossed when each of the last
 * {@value Course#IN_A_ROW} looks was beyond it; and a growth counts by the least of them, after the most that the version
 * beside it has grown by meanwhile, as what both do the traffic does.
 */
public final class MemoryGuard {
    /** Name of the guardrail that compares; the other is absolute. */
    public static final String GROWTH = "memoryGrowth";

    private static final double MEGABYTE = 1 << 20;

    private MemoryGuard() {}

    /**
     * A guardrail that is crossed.
     *
     * @param name as in the policy
     * @param text one sentence with the numbers
     */
    public record Crossed(String name, String text, String observed, String limit) {}

    /** Whether any guardrail is about memory. */
    public static boolean guards(Guardrails limits) {
        return limits.memoryBytesMax() != null || limits.memoryGrowthPercentMax() != null;
    }

    /** @param beside of the version beside it, over the same time; null where there is none */
    public static Optional<Crossed> crossed(Guardrails limits, Course canary, @Nullable Course beside) {
        Optional<Crossed> tooMuch = tooMuch(limits.memoryBytesMax(), canary);
        return tooMuch.isPresent() ? tooMuch : grown(limits.memoryGrowthPercentMax(), canary, beside);
    }

    private static Optional<Crossed> tooMuch(@Nullable Long limit, Course canary) {
        if (limit == null || !canary.known() || canary.least() < limit) {
            return Optional.empty();
        }
        return Optional.of(new Crossed(
                "memory",
                "its memory was at least %s in %d looks in a row".formatted(megabytes(canary.least()), Course.IN_A_ROW),
                megabytes(canary.least()),
                "< " + megabytes(limit)));
    }

    private static Optional<Crossed> grown(@Nullable Double limit, Course canary, @Nullable Course beside) {
        if (limit == null || !canary.compared() || (beside != null && !beside.compared())) {
            return Optional.empty();
        }
        double others = beside == null ? 0 : Math.max(0, beside.growthAtMost());
        double more = canary.growthAtLeast() - others;
        if (more < limit) {
            return Optional.empty();
        }
        String besides = beside == null
                ? "no version ran beside it"
                : "the version beside it by at most %s".formatted(percent(others));
        return Optional.of(new Crossed(
                GROWTH,
                "its memory grew by at least %s since its first share, from %s to %s; %s"
                        .formatted(
                                percent(canary.growthAtLeast()),
                                megabytes(canary.begun()),
                                megabytes(canary.least()),
                                besides),
                percent(more),
                "< " + percent(limit)));
    }

    private static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%.0f MB", bytes / MEGABYTE);
    }

    private static String percent(double value) {
        return String.format(Locale.ROOT, value == Math.rint(value) ? "%.0f %%" : "%.1f %%", value);
    }
}
