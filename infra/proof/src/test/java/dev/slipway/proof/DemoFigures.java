package dev.slipway.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import tools.jackson.databind.JsonNode;

/**
 * What the first run of the demo comes to, computed by hand: version 1.0.0 is released and 1.1.0 taken back, so of two rollouts one
 * completed; and by the commits that the sample makes for them.
 */
final class DemoFigures {
    static final String NOTES_OF_THE_GOOD = """
            # hello 1.0.0

            Release hello@1.0.0 of revision SHA, COMPLETED since DAY. Production had verified no release before it.

            ## Breaking Changes

            None.

            ## New Features

            - greet by name over HTTP (SHA)

            ## Improvements

            None.

            ## Bug Fixes

            None.

            ## Other Changes

            - **release:** 1\\.0.0 (SHA)
            - start the hello service (SHA)

            ## Known Limitations

            None.

            ## Upgrade Recommendations

            - Back up existing data before the upgrade.
            - Review the compatibility notes: no commit says that it breaks anything.
            - Test it in a staging environment first: Slipway did, and staging verified exactly these artifacts at TIME.
            - There is no version before it to go back to.""";

    static final String NOTES_OF_THE_BAD = """
            # hello 1.1.0

            Release hello@1.1.0 of revision SHA, ROLLED\\_BACK since DAY. Changes since hello@1.0.0.

            ## Breaking Changes

            None.

            ## New Features

            None.

            ## Improvements

            - spread the kept greetings over ten stripes (SHA)
            - keep greetings ready in a striped cache (SHA)

            ## Bug Fixes

            None.

            ## Other Changes

            - **release:** 1\\.1.0 (SHA)

            ## Known Limitations

            None.

            ## Upgrade Recommendations

            - Back up existing data before the upgrade.
            - Review the compatibility notes: no commit says that it breaks anything.
            - Test it in a staging environment first: Slipway did, and staging verified exactly these artifacts at TIME.
            - To go back to 1.0.0, of which production has a snapshot (DIGEST), tried before: slipway app rollback hello --reason WHY""";

    private DemoFigures() {}

    /** Revisions, digests, days and moments are those of the run, and so is what was measured in it. */
    static String anyTime(String notes) {
        return notes.strip()
                .replaceAll("(?s)## (Disruption|Measured)\n.*?(?=## )", "")
                .replaceAll("\\d{4}-\\d{2}-\\d{2}T[\\d:.]+Z", "TIME")
                .replaceAll("\\d{4}-\\d{2}-\\d{2}", "DAY")
                .replaceAll("\\b[0-9a-f]{10}\\b", "SHA")
                .replaceAll("\\bsha256:[0-9a-f]{64}\\b", "DIGEST");
    }

    /**
     * When it happened of which the figures are, as others than they have recorded it.
     *
     * @param committed the good release's revision, as Git has it
     * @param completed the good release
     * @param failed the bad one, when production began to go back from it
     * @param healthy production, when it had the version before again
     */
    record Times(Instant committed, Instant completed, Instant failed, Instant healthy) {
        /**
         * @param commit seconds since 1970
         * @param good the good release's journal, as the API tells it
         * @param bad the bad one's
         */
        static Times of(String commit, JsonNode good, JsonNode bad) {
            return new Times(
                    Instant.ofEpochSecond(Long.parseLong(commit.strip())),
                    first(good, "COMPLETED"),
                    first(bad, "ROLLING_BACK"),
                    first(bad, "ROLLED_BACK"));
        }

        /** When the journal first has this state. */
        private static Instant first(JsonNode journal, String state) {
            return journal.valueStream()
                    .filter(entry -> entry.path("state").asString("").equals(state))
                    .map(entry -> Instant.parse(entry.path("at").asString()))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no entry %s in %s".formatted(state, journal)));
        }

        double leadSeconds() {
            return seconds(committed, completed);
        }

        double recoverySeconds() {
            return seconds(failed, healthy);
        }

        private static double seconds(Instant from, Instant to) {
            return Duration.between(from, to).toMillis() / 1_000.0;
        }
    }

    /** @param times by which its values are computed here once more */
    static void assertDora(JsonNode dora, Times times) {
        assertThat(dora.path("days").asInt()).isEqualTo(30);
        assertThat(dora.path("whole").asBoolean()).isTrue();
        assertMetric(
                dora.path("deploymentsPerDay"), 1.0 / 30, 1, "1 of 2 rollouts completed in 30 days; here per day.");
        assertMetric(
                dora.path("deploymentsPerWeek"), 7.0 / 30, 1, "1 of 2 rollouts completed in 30 days; here per week.");
        assertMetric(
                dora.path("changeFailureRate"),
                0.5,
                2,
                "1 of 2 rollouts failed: 1 taken back, 0 followed by a rollback or hotfix.");
        assertMetric(
                dora.path("reworkRate"),
                0,
                2,
                "0 of 2 releases that production was moved to were unplanned: hotfixes, fixes, ways back.");
        assertMetric(
                dora.path("leadTimeSeconds"),
                times.leadSeconds(),
                1,
                "Median of 1 of 1 completed changes, from commit to completion.");
        assertMetric(
                dora.path("recoverySeconds"),
                times.recoverySeconds(),
                1,
                "Median of 1 of 1 failed rollouts, from detection to a verified production.");
        assertThat(times.leadSeconds()).isPositive();
        assertThat(times.recoverySeconds()).isPositive();
    }

    private static void assertMetric(JsonNode metric, double value, int of, String why) {
        assertThat(metric.path("value").asDouble(-1)).as(why).isCloseTo(value, within(1e-9));
        assertThat(metric.path("of").asInt()).as(why).isEqualTo(of);
        assertThat(metric.has("before")).as(why).isFalse();
        assertThat(metric.path("trend").asString()).as(why).isEqualTo("UNKNOWN");
        assertThat(metric.path("why").asString()).isEqualTo(why);
    }
}
