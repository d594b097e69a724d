package dev.slipway.validation.evidence.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Moments as nearly all write them are read by hand, others by the JDK: both say the same. */
final class SecondsTest {
    private static final List<String> MOMENTS = List.of(
            "1970-01-01T00:00:00Z",
            "2024-02-29T23:59:59Z",
            "2025-02-29T00:00:00Z",
            "2026-13-01T00:00:00Z",
            "2026-11-28T17:53:49.35Z",
            "2026-11-28T17:53:49.350000001Z",
            "2026-11-28T17:53:49.3500000012Z",
            "2026-11-28T17:53:49.Z",
            "2026-11-28T17:53Z",
            "2026-11-28T24:00:00Z",
            "2026-11-28T17:60:00Z",
            "2026-11-28T17:53:60Z",
            "2026-11-28T17:53:4xZ",
            "2026-11-28t17:53:49z",
            "2026-11-28T18:53:50.5+01:00",
            "1969-12-31T23:59:59.5Z",
            "9999-12-31T23:59:59Z",
            "",
            "Z");

    @Test
    void a_time_between_two_moments_is_what_the_jdk_makes_of_it() {
        for (String start : MOMENTS) {
            for (String end : MOMENTS) {
                assertThat(Seconds.between(start, end))
                        .as("%s to %s", start, end)
                        .isEqualByComparingTo(plain(start, end));
            }
        }
    }

    private static BigDecimal plain(String start, String end) {
        try {
            Duration took = Duration.between(OffsetDateTime.parse(start), OffsetDateTime.parse(end));
            return took.isNegative()
                    ? BigDecimal.ZERO
                    : BigDecimal.valueOf(took.getSeconds()).add(BigDecimal.valueOf(took.getNano(), 9));
        } catch (DateTimeException none) {
            return BigDecimal.ZERO;
        }
    }
}
