package dev.slipway.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.policy.MetricRule;
import dev.slipway.contracts.policy.MetricRule.As;
import dev.slipway.contracts.policy.MetricRule.Sense;
import dev.slipway.metrics.Exposition.Sample;
import dev.slipway.metrics.Standing.Crossed;
import dev.slipway.metrics.Standing.Holds;
import dev.slipway.metrics.Standing.Unsure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CourseTest {
    private static final Levels LEVELS = new Levels(0.01, 1, 120);
    private static final MetricRule DEPTH = value("queue_depth", Sense.BELOW, 100, false);
    private static final MetricRule FAILURES = ratio("failed_total", "jobs_total", Sense.BELOW, 0.05, false);
    private static final MetricRule MISSES = ratio("misses_total", "requests_total", Sense.BELOW, 1.2, true);
    private static final MetricRule ERRORS_A_SECOND = rate("errors_total", Sense.BELOW, 2);

    private static MetricRule value(String name, Sense sense, double bound, boolean beside) {
        return new MetricRule(name, Map.of(), As.VALUE, null, Map.of(), sense, bound, beside, false);
    }

    private static MetricRule rate(String name, Sense sense, double bound) {
        return new MetricRule(name, Map.of(), As.RATE, null, Map.of(), sense, bound, false, false);
    }

    private static MetricRule ratio(String name, String of, Sense sense, double bound, boolean beside) {
        return new MetricRule(name, Map.of(), As.RATIO, of, Map.of(), sense, bound, beside, false);
    }

    private static Look at(MetricRule rule, int second, double value, double of) {
        List<Sample> samples = new ArrayList<>(List.of(new Sample(rule.name(), Map.of("queue", "mail"), value)));
        if (rule.of() != null) {
            samples.add(new Sample(rule.of(), Map.of(), of));
        }
        return Look.of(rule, samples, second);
    }

    private static Look empty(MetricRule rule, int second) {
        return Look.of(rule, List.of(), second);
    }

    private static Course gauge(MetricRule rule, double... values) {
        Course course = Course.of(rule, LEVELS);
        for (int i = 0; i < values.length; i++) {
            course = course.after(at(rule, i, values[i], 0));
        }
        return course;
    }

    /** Counters that grow by so much at every look. */
    private static Course counter(MetricRule rule, int looks, double name, double of, double @Nullable [] beside) {
        Course course = Course.of(rule, LEVELS);
        for (int i = 0; i < looks; i++) {
            Look other = beside == null ? null : at(rule, i, i * beside[0], i * beside[1]);
            course = course.after(at(rule, i, i * name, i * of), other);
        }
        return course;
    }

    @Test
    void a_value_is_beyond_its_limit_when_five_looks_in_a_row_were_and_the_words_have_the_numbers() {
        assertThat(gauge(DEPTH, 130, 125, 140, 122, 190).standing(false))
                .isEqualTo(new Crossed("queue_depth was at least 122 in 5 looks in a row", "122", "< 100"));
        assertThat(gauge(DEPTH, 100, 100, 100, 100, 100).standing(false)).isInstanceOf(Crossed.class);
        assertThat(gauge(DEPTH, 130, 130, 99, 130, 130).standing(false))
                .isEqualTo(new Unsure("queue_depth is not within its limit < 100, but not for 5 looks in a row yet"));
        assertThat(gauge(DEPTH, 130, 130, 130, 130, 3).standing(false)).isEqualTo(new Holds("queue_depth 3"));
        assertThat(gauge(DEPTH, 3, 3, 3, 3).standing(false))
                .isEqualTo(new Unsure("queue_depth: too few looks with data so far"));
    }

    @Test
    void a_value_may_have_to_stay_above_its_limit() {
        MetricRule workers = value("workers", Sense.ABOVE, 3, false);

        assertThat(gauge(workers, 2, 1, 2, 3, 2).standing(false))
                .isEqualTo(new Crossed("workers was at most 3 in 5 looks in a row", "3", "> 3"));
        assertThat(gauge(workers, 2, 1, 2, 3, 4).standing(false)).isInstanceOf(Holds.class);
    }

    @Test
    void all_series_that_have_the_labels_count_together_and_others_do_not() {
        MetricRule mail = new MetricRule(
                "depth", Map.of("queue", "mail"), As.VALUE, null, Map.of(), Sense.BELOW, 100, false, false);
        List<Sample> samples = List.of(
                new Sample("depth", Map.of("queue", "mail", "worker", "1"), 60),
                new Sample("depth", Map.of("queue", "mail", "worker", "2"), 50),
                new Sample("depth", Map.of("queue", "print"), 900));
        Course course = Course.of(mail, LEVELS);
        for (int i = 0; i < 5; i++) {
            course = course.after(Look.of(mail, samples, i));
        }

        assertThat(course.standing(false))
                .isEqualTo(new Crossed("depth{queue=\"mail\"} was at least 110 in 5 looks in a row", "110", "< 100"));
    }

    @Test
    void a_value_beside_another_version_counts_by_its_least_after_the_most_of_the_others() {
        MetricRule threads = value("threads", Sense.BELOW, 1.5, true);

        assertThat(beside(threads, 160, 100).standing(true))
                .isEqualTo(new Crossed(
                        "threads was at least 160 in 5 looks in a row, and on the version beside it at most 100",
                        "160",
                        "< 1.5 times"));
        assertThat(beside(threads, 149, 100).standing(true)).isInstanceOf(Holds.class);
        assertThat(beside(threads, 0, 0).standing(true))
                .as("just like the version beside it")
                .isInstanceOf(Holds.class);
        assertThat(beside(threads, 160, -1).standing(true))
                .isEqualTo(new Unsure("threads: there are no times of what is below 0"));
    }

    private static Course beside(MetricRule rule, double canary, double other) {
        Course course = Course.of(rule, LEVELS);
        for (int i = 0; i < 5; i++) {
            course = course.after(at(rule, i, canary, 0), at(rule, i, other, 0));
        }
        return course;
    }

    @Test
    void a_share_beyond_its_limit_beyond_doubt_is_found_and_one_that_may_be_chance_is_not() {
        assertThat(counter(FAILURES, 15, 3, 20, null).standing(false))
                .isEqualTo(new Crossed("failed_total of jobs_total was 15 % (42 of 280)", "15 % (42 of 280)", "< 5 %"));
        assertThat(counter(FAILURES, 6, 3, 20, null).standing(false))
                .isEqualTo(new Unsure("failed_total of jobs_total is not within its limit < 5 %, which may be chance"));
        assertThat(counter(FAILURES, 60, 0.5, 20, null).standing(false))
                .isEqualTo(new Holds("failed_total of jobs_total 2.5 % (30 of 1180)"));
    }

    @Test
    void a_fault_that_comes_late_is_not_averaged_away() {
        Course course = counter(FAILURES, 1_000, 0.2, 20, null);
        double failed = 999 * 0.2;
        double jobs = 999 * 20;
        for (int i = 1; i <= 20; i++) {
            course = course.after(at(FAILURES, 999 + i, failed + 6 * i, jobs + 20 * i));
        }

        assertThat(course.standing(false))
                .isInstanceOfSatisfying(
                        Crossed.class,
                        crossed -> assertThat(crossed.text())
                                .isEqualTo("failed_total of jobs_total was 30 % (30 of 100) lately"));
    }

    @Test
    void one_lump_does_not_decide() {
        Course course = counter(ERRORS_A_SECOND, 10, 0, 0, null);
        course = course.after(at(ERRORS_A_SECOND, 10, 30, 0));
        assertThat(course.standing(false)).as("30 at once").isInstanceOf(Unsure.class);
        for (int i = 11; i < 60; i++) {
            course = course.after(at(ERRORS_A_SECOND, i, 30, 0));
            assertThat(course.standing(false)).isNotInstanceOf(Crossed.class);
        }
        assertThat(course.standing(false)).isEqualTo(new Holds("errors_total 0.5085/s (30 in 59 s)"));
    }

    @Test
    void a_rate_beyond_its_limit_is_found_by_the_time_that_passed_and_not_by_the_number_of_looks() {
        assertThat(counter(ERRORS_A_SECOND, 12, 6, 0, null).standing(false))
                .isEqualTo(new Crossed("errors_total was 6/s (66 in 11 s)", "6/s (66 in 11 s)", "< 2/s"));

        MetricRule alive = rate("jobs_total", Sense.ABOVE, 1);
        assertThat(counter(alive, 30, 0, 0, null).standing(false))
                .isEqualTo(new Crossed("jobs_total was 0/s (0 in 29 s)", "0/s (0 in 29 s)", "> 1/s"));
        assertThat(counter(alive, 30, 2, 0, null).standing(false)).isInstanceOf(Holds.class);
    }

    @Test
    void a_share_beside_that_of_another_version_has_both_in_its_words() {
        assertThat(counter(MISSES, 20, 4, 20, new double[] {10, 180}).standing(true))
                .isInstanceOfSatisfying(Crossed.class, crossed -> {
                    assertThat(crossed.text())
                            .isEqualTo("misses_total of requests_total was 20 % (76 of 380), and 5.556 % (190 of 3420)"
                                    + " on the version beside it");
                    assertThat(crossed.limit()).isEqualTo("< 1.2 times");
                });
        assertThat(counter(MISSES, 60, 1, 20, new double[] {9, 180}).standing(true))
                .as("the same share of a smaller traffic")
                .isInstanceOf(Holds.class);
    }

    @Test
    void without_a_version_beside_it_there_is_nothing_to_compare_with() {
        assertThat(counter(MISSES, 20, 4, 20, null).standing(false))
                .isEqualTo(new Holds("no version runs beside it to compare misses_total of requests_total with"));
    }

    @Test
    void no_data_is_unsure_whatever_was_seen_before() {
        Course seen = gauge(DEPTH, 3, 3, 3, 3, 3);

        assertThat(seen.after(empty(DEPTH, 5)).standing(false))
                .isEqualTo(new Unsure("queue_depth: it tells no such series of queue_depth"));
        assertThat(seen.after(at(DEPTH, 5, Double.NaN, 0)).standing(false))
                .isEqualTo(new Unsure("queue_depth: queue_depth is no number"));
        assertThat(seen.missing("GET /metrics answered 404, expected 200").standing(false))
                .isEqualTo(new Unsure("queue_depth: GET /metrics answered 404, expected 200"));
        assertThat(counter(FAILURES, 10, 0, 0, null).standing(false))
                .isEqualTo(new Unsure("failed_total of jobs_total: nothing of jobs_total was counted so far"));
        Course blind = Course.of(MISSES, LEVELS).after(at(MISSES, 0, 0, 1), empty(MISSES, 0));
        assertThat(blind.standing(true))
                .isEqualTo(
                        new Unsure("misses_total of requests_total: the version beside it: it tells no such series of"
                                + " misses_total"));
    }

    @Test
    void a_counter_that_is_not_written_before_it_counts_may_be_said_to_be_zero() {
        MetricRule lazy = new MetricRule(
                "failed_total", Map.of(), As.RATIO, "jobs_total", Map.of(), Sense.BELOW, 0.05, false, true);
        Course course = Course.of(lazy, LEVELS);
        for (int i = 0; i < 6; i++) {
            course = course.after(Look.of(lazy, List.of(new Sample("jobs_total", Map.of(), i * 10)), i));
        }
        assertThat(course.standing(false)).isEqualTo(new Holds("failed_total of jobs_total 0 % (0 of 50)"));

        course = course.after(at(lazy, 6, 3, 60));
        assertThat(course.standing(false))
                .as("what it begins with was added since")
                .isEqualTo(new Unsure("failed_total of jobs_total is not within its limit < 5 %, which may be chance"));
        assertThat(Course.of(lazy, LEVELS).after(empty(lazy, 0)).standing(false))
                .as("what it is of must be there")
                .isEqualTo(new Unsure("failed_total of jobs_total: it tells no such series of jobs_total"));
    }

    @Test
    void a_counter_that_began_anew_is_counted_from_zero() {
        Course course = Course.of(FAILURES, LEVELS);
        double[] jobs = {1_000, 1_010, 1_020, 5, 15, 25};
        for (int i = 0; i < jobs.length; i++) {
            course = course.after(at(FAILURES, i, i < 3 ? 500 : 0, jobs[i]));
        }

        assertThat(course.standing(false)).isEqualTo(new Holds("failed_total of jobs_total 0 % (0 of 45)"));
    }

    @Test
    void seconds_and_bytes_and_means_are_measured_and_not_counted() {
        MetricRule mean = ratio("took_seconds_sum", "took_seconds_count", Sense.BELOW, 0.2, false);
        assertThat(counter(mean, 7, 3, 10, null).standing(false))
                .isEqualTo(new Crossed(
                        "took_seconds_sum of took_seconds_count was at least 0.3 in 5 looks in a row", "0.3", "< 0.2"));
        assertThat(counter(mean, 7, 1, 10, null).standing(false)).isInstanceOf(Holds.class);
        assertThat(counter(mean, 7, 0, 0, null).standing(false)).isInstanceOf(Unsure.class);

        MetricRule sent = rate("sent_bytes_total", Sense.BELOW, 1_000_000);
        assertThat(counter(sent, 7, 1_500_000, 0, null).standing(false)).isInstanceOf(Crossed.class);
    }

    @Test
    void one_event_says_nothing_of_a_share_neither_good_nor_bad() {
        assertThat(counter(FAILURES, 10, 0, 0.2, null).standing(false))
                .isEqualTo(
                        new Unsure(
                                "failed_total of jobs_total: 2 of jobs_total counted so far, and nothing is said before there are 20"));
        MetricRule mean = ratio("took_seconds_sum", "took_seconds_count", Sense.BELOW, 0.2, false);
        assertThat(counter(mean, 7, 0.5, 1, null).standing(false))
                .as("six slow answers")
                .isInstanceOf(Unsure.class);
        assertThat(counter(MISSES, 30, 0, 10, new double[] {0, 0.5}).standing(true))
                .isEqualTo(
                        new Unsure(
                                "misses_total of requests_total: 15 of requests_total counted on the version beside it so far, and nothing is said before there are 20"));

        MetricRule few = new MetricRule(
                "failed_total", Map.of(), As.RATIO, "jobs_total", Map.of(), Sense.BELOW, 0.05, false, false, null, 2);
        assertThat(counter(few, 11, 0, 0.2, null).standing(false)).isInstanceOf(Holds.class);
    }

    private static MetricRule quantile(Sense sense, double bound, boolean beside) {
        return new MetricRule(
                "took_seconds", Map.of(), As.QUANTILE, null, Map.of(), sense, bound, beside, false, 0.95, null);
    }

    /** Of ten answers a second so many take up to 0.1 s, the rest up to 1 s. */
    private static Look answers(MetricRule rule, int second, int quick) {
        return Look.of(
                rule,
                List.of(
                        new Sample("took_seconds_bucket", Map.of("le", "0.1"), second * quick),
                        new Sample("took_seconds_bucket", Map.of("le", "1"), second * 10),
                        new Sample("took_seconds_bucket", Map.of("le", "+Inf"), second * 10),
                        new Sample("took_seconds_count", Map.of(), second * 10)),
                second);
    }

    private static Course answers(MetricRule rule, int looks, int quick, @Nullable Integer beside) {
        Course course = Course.of(rule, LEVELS);
        for (int i = 0; i < looks; i++) {
            course = course.after(answers(rule, i, quick), beside == null ? null : answers(rule, i, beside));
        }
        return course;
    }

    @Test
    void a_quantile_of_a_histogram_is_measured_over_the_latest_looks() {
        MetricRule p95 = quantile(Sense.BELOW, 0.5, false);
        assertThat(answers(p95, 7, 5, null).standing(false))
                .as("0.1 + 0.9 * (9.5 - 5) / 5")
                .isEqualTo(new Crossed(
                        "quantile 0.95 of took_seconds was at least 0.91 in 5 looks in a row", "0.91", "< 0.5"));
        assertThat(answers(p95, 7, 10, null).standing(false))
                .isEqualTo(new Holds("quantile 0.95 of took_seconds 0.095"));
        assertThat(answers(p95, 2, 10, null).standing(false)).isInstanceOf(Unsure.class);
    }

    @Test
    void one_slow_answer_after_many_quick_ones_decides_nothing_though_five_looks_see_no_other() {
        MetricRule p95 = quantile(Sense.BELOW, 0.5, false);
        Course course = answers(p95, 7, 10, null);
        for (int second = 7; second < 20; second++) {
            int slow = second < 14 ? 0 : 1;
            course = course.after(Look.of(
                    p95,
                    List.of(
                            new Sample("took_seconds_bucket", Map.of("le", "0.1"), 60),
                            new Sample("took_seconds_bucket", Map.of("le", "1"), 60 + slow),
                            new Sample("took_seconds_bucket", Map.of("le", "+Inf"), 60 + slow)),
                    second));
            assertThat(course.standing(false)).isInstanceOf(Holds.class);
        }
    }

    @Test
    void a_quantile_is_compared_with_that_of_the_version_beside_it() {
        MetricRule twice = quantile(Sense.BELOW, 2, true);

        assertThat(answers(twice, 7, 5, 10).standing(true))
                .isInstanceOfSatisfying(
                        Crossed.class,
                        crossed -> assertThat(crossed.text()).endsWith("and on the version beside it at most 0.095"));
        assertThat(answers(twice, 7, 10, 10).standing(true)).isInstanceOf(Holds.class);
        assertThat(answers(twice, 7, 5, null).standing(false)).isInstanceOf(Holds.class);
    }

    @Test
    void a_limit_above_the_highest_bucket_cannot_be_known_to_be_kept() {
        assertThat(answers(quantile(Sense.BELOW, 2, false), 7, 10, null).standing(false))
                .isEqualTo(new Unsure(
                        "quantile 0.95 of took_seconds: its buckets end at 1, so whether it is < 2 is not known"));
    }

    @Test
    void a_histogram_without_buckets_is_no_data() {
        MetricRule p95 = quantile(Sense.BELOW, 0.5, false);
        Look sums = Look.of(p95, List.of(new Sample("took_seconds_count", Map.of(), 10)), 0);
        Look odd = Look.of(p95, List.of(new Sample("took_seconds_bucket", Map.of("le", "much"), 10)), 0);

        assertThat(Course.of(p95, LEVELS).after(sums).standing(false))
                .isEqualTo(new Unsure("quantile 0.95 of took_seconds: it tells no such series of took_seconds_bucket"));
        assertThat(Course.of(p95, LEVELS).after(odd).standing(false))
                .isEqualTo(
                        new Unsure(
                                "quantile 0.95 of took_seconds: not every series of took_seconds_bucket has an upper bound le that is a number, and one +Inf"));
    }

    @Test
    void versions_that_keep_their_limits_are_hardly_ever_taken_back_however_often_one_looks() {
        int rolledBack = 0;
        int runs = 400;
        for (int seed = 0; seed < runs; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            rolledBack += crosses(FAILURES, random, 0.05, null) ? 1 : 0;
            rolledBack += crosses(ERRORS_A_SECOND, random, 0.1, null) ? 1 : 0;
            rolledBack += crosses(MISSES, random, 0.12, 0.1) ? 1 : 0;
        }

        assertThat(rolledBack)
                .as("of 1,200 just at their limits, at an alpha of 1 in 100")
                .isLessThanOrEqualTo(12);
    }

    @Test
    void versions_that_are_twice_beyond_their_limits_are_found_within_two_minutes() {
        int found = 0;
        int runs = 100;
        for (int seed = 0; seed < runs; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            found += crosses(FAILURES, random, 0.1, null) ? 1 : 0;
            found += crosses(ERRORS_A_SECOND, random, 0.2, null) ? 1 : 0;
            found += crosses(MISSES, random, 0.24, 0.1) ? 1 : 0;
        }

        assertThat(found).isGreaterThanOrEqualTo(290);
    }

    /** Twenty events a second for two minutes, each counted with this chance; the version beside it has as many. */
    private static boolean crosses(MetricRule rule, SplittableRandom random, double chance, @Nullable Double beside) {
        Course course = Course.of(rule, LEVELS);
        double[] counted = new double[2];
        for (int second = 0; second < 120; second++) {
            for (int event = 0; event < 20; event++) {
                counted[0] += random.nextDouble() < chance ? 1 : 0;
                counted[1] += beside != null && random.nextDouble() < beside ? 1 : 0;
            }
            Look other = beside == null ? null : at(rule, second, counted[1], second * 20);
            course = course.after(at(rule, second, counted[0], second * 20), other);
            if (course.standing(beside != null) instanceof Crossed) {
                return true;
            }
        }
        return false;
    }
}
