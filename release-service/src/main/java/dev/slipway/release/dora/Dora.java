package dev.slipway.release.dora;

import dev.slipway.contracts.release.DoraView;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/**
 * DORA's five metrics, a function of releases that have ended. Where nothing can be said a metric is absent, never zero: no
 * rollout ended, or of none it is known when its revision was committed, or none was bad and production recovered.
 */
public final class Dora {
    private static final int DAYS_OF_A_WEEK = 7;

    private final int days;
    private final Instant to;
    private final Duration watch;

    /**
     * @param days length of the window, 1 or more
     * @param to its end, exclusive
     * @param watch how long after its end a rollback or a hotfix still makes a rollout a failed one
     */
    public Dora(int days, Instant to, Duration watch) {
        this.days = days;
        this.to = to;
        this.watch = watch;
    }

    /** A window of whole seconds that also holds what ended in this one. */
    public static Dora upToNow(int days, Instant now, Duration watch) {
        return new Dora(days, now.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1), watch);
    }

    /** Begin of the window. */
    public Instant from() {
        return to.minus(Duration.ofDays(days));
    }

    /** Begin of the window before, from where on releases have to be known. */
    public Instant before() {
        return from().minus(Duration.ofDays(days));
    }

    /**
     * The metrics.
     *
     * @param application null for all together
     * @param ended in any order, each once
     * @param whole whether all are among them that have ended since {@link #before}
     */
    public DoraView of(@Nullable String application, List<Outcome> ended, boolean whole) {
        List<Outcome> all = ended.stream()
                .filter(each -> application == null || each.application().equals(application))
                .sorted(Comparator.comparing(Outcome::ended)
                        .thenComparing(each -> each.id().value()))
                .toList();
        Map<String, Outcome> remedies = remedies(all);
        Window now = new Window(all, remedies, from(), to, days);
        Optional<Window> earlier =
                whole ? Optional.of(new Window(all, remedies, before(), from(), days)) : Optional.empty();
        return new DoraView(
                application,
                days,
                from(),
                to,
                whole,
                watch,
                metric(now, earlier, window -> window.frequency(1, "day"), true),
                metric(now, earlier, window -> window.frequency(DAYS_OF_A_WEEK, "week"), true),
                metric(now, earlier, Window::leadTime, false),
                metric(now, earlier, Window::failures, false),
                metric(now, earlier, Window::recovery, false),
                metric(now, earlier, Window::rework, false));
    }

    private static DoraView.Metric metric(
            Window now, Optional<Window> earlier, Function<Window, Measured> measure, boolean moreIsBetter) {
        Measured measured = measure.apply(now);
        @Nullable
        Double before = earlier.map(window -> measure.apply(window).value()).orElse(null);
        return new DoraView.Metric(
                measured.value(),
                measured.of(),
                before,
                Measured.trend(measured.value(), before, moreIsBetter),
                measured.why());
    }

    /** The first remedy of each rollout that had one, by the rollout's id. */
    private Map<String, Outcome> remedies(List<Outcome> all) {
        Map<String, Outcome> remedies = new HashMap<>();
        for (Outcome remedy : all) {
            if (remedy.completed() && remedy.kind().unplanned()) {
                remedied(all, remedy)
                        .ifPresent(failed -> remedies.putIfAbsent(failed.id().value(), remedy));
            }
        }
        return remedies;
    }

    /** The last rollout before it that it can mean: the version that it leaves, the release that it fixes, else any. */
    private Optional<Outcome> remedied(List<Outcome> all, Outcome remedy) {
        return all.stream()
                .filter(each -> each.rollout() && each.completed() && !each.equals(remedy))
                .filter(each -> each.application().equals(remedy.application()))
                .filter(each -> !each.ended().isAfter(remedy.proposed())
                        && !remedy.proposed().isAfter(each.ended().plus(watch)))
                .filter(each -> remedy.leaves() == null || remedy.leaves().equals(each.version()))
                .filter(each -> remedy.fixes() == null
                        || remedy.fixes().equals(each.id().value()))
                .reduce((_, later) -> later);
    }

    /** One window's releases. */
    private record Window(List<Outcome> all, Map<String, Outcome> remedies, Instant from, Instant to, int days) {
        Window {
            all = all.stream()
                    .filter(each -> !each.ended().isBefore(from) && each.ended().isBefore(to))
                    .toList();
        }

        private List<Outcome> rollouts() {
            return all.stream().filter(Outcome::rollout).toList();
        }

        private boolean failed(Outcome rollout) {
            return !rollout.completed() || remedies.containsKey(rollout.id().value());
        }

        private Measured nothing() {
            return Measured.none("No rollout to production ended in these %d days.".formatted(days));
        }

        Measured frequency(int unit, String word) {
            List<Outcome> rollouts = rollouts();
            if (rollouts.isEmpty()) {
                return nothing();
            }
            int completed = count(rollouts, Outcome::completed);
            return new Measured(
                    (double) completed * unit / days,
                    completed,
                    "%d of %d rollouts completed in %d days; here per %s."
                            .formatted(completed, rollouts.size(), days, word));
        }

        Measured leadTime() {
            List<Outcome> completed = rollouts().stream()
                    .filter(each -> each.completed() && each.kind() != Outcome.Kind.CONFIGURATION)
                    .toList();
            double[] seconds = completed.stream()
                    .filter(each -> each.committed() != null)
                    .mapToDouble(each -> seconds(each.committed(), each.ended()))
                    .toArray();
            if (completed.isEmpty()) {
                return Measured.none("No change completed in these %d days.".formatted(days));
            }
            return Measured.median(
                    seconds,
                    seconds.length == 0
                            ? "Of none of %d completed changes it was kept when it was committed."
                                    .formatted(completed.size())
                            : "Median of %d of %d completed changes, from commit to completion."
                                    .formatted(seconds.length, completed.size()));
        }

        Measured failures() {
            List<Outcome> rollouts = rollouts();
            if (rollouts.isEmpty()) {
                return nothing();
            }
            int taken = count(rollouts, each -> !each.completed());
            int failed = count(rollouts, this::failed);
            return new Measured(
                    (double) failed / rollouts.size(),
                    rollouts.size(),
                    "%d of %d rollouts failed: %d taken back, %d followed by a rollback or hotfix."
                            .formatted(failed, rollouts.size(), taken, failed - taken));
        }

        Measured recovery() {
            List<Outcome> failed = rollouts().stream().filter(this::failed).toList();
            if (failed.isEmpty()) {
                return Measured.none("No rollout failed in these %d days.".formatted(days));
            }
            double[] seconds = failed.stream()
                    .map(this::recovered)
                    .flatMapToDouble(each -> each.isPresent() ? DoubleStream.of(each.getAsDouble()) : DoubleStream.of())
                    .toArray();
            return Measured.median(
                    seconds,
                    seconds.length == 0
                            ? "Of none of %d failed rollouts it is known when production was well again."
                                    .formatted(failed.size())
                            : "Median of %d of %d failed rollouts, from detection to a verified production."
                                    .formatted(seconds.length, failed.size()));
        }

        private OptionalDouble recovered(Outcome failed) {
            Outcome remedy = remedies.get(failed.id().value());
            @Nullable Instant detected = failed.detected();
            if (!failed.completed()) {
                return failed.restored() == null || detected == null
                        ? OptionalDouble.empty()
                        : OptionalDouble.of(seconds(detected, failed.restored()));
            }
            if (remedy == null) {
                return OptionalDouble.empty();
            }
            boolean told = detected != null && detected.isBefore(remedy.proposed());
            return OptionalDouble.of(seconds(told ? detected : remedy.proposed(), remedy.ended()));
        }

        Measured rework() {
            List<Outcome> moved = all.stream()
                    .filter(each -> each.rollout() || each.completed())
                    .toList();
            if (moved.isEmpty()) {
                return nothing();
            }
            int unplanned = count(moved, each -> each.kind().unplanned());
            return new Measured(
                    (double) unplanned / moved.size(),
                    moved.size(),
                    "%d of %d releases that production was moved to were unplanned: hotfixes, fixes, ways back."
                            .formatted(unplanned, moved.size()));
        }

        private static int count(List<Outcome> outcomes, Predicate<Outcome> which) {
            return (int) outcomes.stream().filter(which).count();
        }

        private static double seconds(@Nullable Instant from, Instant to) {
            return from == null ? 0 : Duration.between(from, to).toMillis() / 1_000.0;
        }
    }
}
