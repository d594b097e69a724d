package dev.slipway.deployment.work;

import dev.slipway.contracts.policy.MetricRule;
import dev.slipway.contracts.policy.MetricsAddress;
import dev.slipway.deployment.environment.EnvironmentInput;
import dev.slipway.deployment.environment.EnvironmentInput.MetricsSeen;
import dev.slipway.deployment.environment.EnvironmentInput.OverLimit;
import dev.slipway.deployment.environment.Metered;
import dev.slipway.deployment.watch.MemoryGuard;
import dev.slipway.metrics.Course;
import dev.slipway.metrics.Exposition.Sample;
import dev.slipway.metrics.Look;
import dev.slipway.metrics.Standing;
import dev.slipway.metrics.client.MetricsClient;
import dev.slipway.metrics.client.MetricsClient.Answer;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Holds versions on their way to what their policies say of their own metrics. What was seen is kept here and nowhere: after
 * a restart of this service it begins anew for both sides. Any number of instances may look: what this machine does not run
 * is not asked.
 */
public final class MetricsWatch implements AutoCloseable {
    private static final double NANOS = 1e9;

    private final BiFunction<String, MetricsAddress, Optional<URI>> where;
    private final MetricsClient client;
    private final BiConsumer<String, EnvironmentInput> tell;
    private final LongSupplier nanos;
    private final InstantSource clock;
    private final Map<String, Seen> seen = new ConcurrentHashMap<>();
    private final ExecutorService asking = Executors.newVirtualThreadPerTaskExecutor();

    /**
     * @param where what runs under a key tells its metrics; empty if it does not run here
     * @param tell takes what an environment is to hear, with its id
     * @param nanos a clock that never jumps
     * @param clock by which what a program tells is fresh or not
     */
    public MetricsWatch(
            BiFunction<String, MetricsAddress, Optional<URI>> where,
            MetricsClient client,
            BiConsumer<String, EnvironmentInput> tell,
            LongSupplier nanos,
            InstantSource clock) {
        this.where = where;
        this.client = client;
        this.tell = tell;
        this.nanos = nanos;
        this.clock = clock;
    }

    /** One version, as this instance has seen it. */
    private static final class Seen {
        private List<Course> courses;
        private boolean asking;

        Seen(Metered metered) {
            this.courses = metered.rules().stream()
                    .map(rule -> Course.of(rule, metered.levels()))
                    .toList();
        }
    }

    /** One look at what an environment wants held to its policy, which asks without waiting for the answer. */
    public void look(String environment, @Nullable Metered metered) {
        if (metered == null) {
            return;
        }
        Optional<URI> address = where.apply(metered.key(), metered.metrics());
        if (address.isEmpty()) {
            return; // it is being started again, or runs on another machine
        }
        Seen version = seen.computeIfAbsent(metered.key(), _ -> new Seen(metered));
        synchronized (version) {
            if (version.asking) {
                return;
            }
            version.asking = true;
        }
        asking.execute(() -> ask(environment, metered, address.get(), version));
    }

    private void ask(String environment, Metered metered, URI address, Seen version) {
        try {
            Metered.Beside beside = metered.beside();
            Set<String> compared = names(metered.rules(), true);
            Answer canary = client.ask(address, metered.http2(), names(metered.rules(), false));
            Answer other = beside == null || compared.isEmpty() ? null : besides(beside, compared);
            double seconds = nanos.getAsLong() / NANOS;
            Instant now = clock.instant();
            List<Course> courses = version.courses.stream()
                    .map(course -> after(course, canary, other, seconds, now))
                    .toList();
            version.courses = courses;
            say(environment, metered, courses, beside != null);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } finally {
            synchronized (version) {
                version.asking = false;
            }
        }
    }

    private Answer besides(Metered.Beside beside, Set<String> names) throws InterruptedException {
        Optional<URI> address = where.apply(beside.key(), beside.metrics());
        return address.isEmpty()
                ? new Answer.Untold("it does not run")
                : client.ask(address.get(), beside.http2(), names);
    }

    private static Course after(Course course, Answer canary, @Nullable Answer other, double seconds, Instant now) {
        MetricRule rule = course.rule();
        return switch (canary.fresh(rule, now)) {
            case Answer.Untold(String why) -> course.missing(why);
            case Answer.Told(List<Sample> samples) -> {
                Look look = Look.of(rule, samples, seconds);
                yield switch (rule.beside() && other != null ? other.fresh(rule, now) : null) {
                    case null -> course.after(look);
                    case Answer.Untold(String why) -> course.missing("the version beside it: " + why);
                    case Answer.Told(List<Sample> others) -> course.after(look, Look.of(rule, others, seconds));
                };
            }
        };
    }

    /** What is crossed is told at each look until the environment has acted; what is missing when it is other than it knows. */
    private void say(String environment, Metered metered, List<Course> courses, boolean compared) {
        List<String> missing = new ArrayList<>();
        for (Course course : courses) {
            switch (course.standing(compared)) {
                case Standing.Crossed(String text, String observed, String limit) -> {
                    MemoryGuard.Crossed crossed = new MemoryGuard.Crossed("metrics", text, observed, limit);
                    tell.accept(environment, new OverLimit(metered.key(), crossed));
                    return;
                }
                case Standing.Unsure(String why) -> missing.add(why);
                case Standing.Holds _ -> {}
            }
        }
        String said = String.join("; ", missing);
        if (!said.equals(metered.missing())) {
            tell.accept(environment, new MetricsSeen(metered.key(), said));
        }
    }

    private static Set<String> names(List<MetricRule> rules, boolean besidesOnly) {
        Set<String> names = new HashSet<>();
        for (MetricRule rule : rules) {
            if (rule.beside() || !besidesOnly) {
                names.add(rule.series());
                Optional.ofNullable(rule.of()).ifPresent(names::add);
            }
        }
        return names;
    }

    /** Nothing is remembered of versions that do not run any more. */
    public void forgetAllBut(Set<String> keys) {
        seen.keySet().retainAll(keys);
    }

    @Override
    public void close() {
        asking.shutdownNow();
        client.close();
    }
}
