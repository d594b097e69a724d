package dev.slipway.deployment.work;

import dev.slipway.contracts.deployment.Health;
import dev.slipway.contracts.policy.GrpcHealth;
import dev.slipway.contracts.policy.HealthChecks;
import dev.slipway.deployment.environment.Environment;
import dev.slipway.deployment.environment.Environment.Expected;
import dev.slipway.deployment.environment.EnvironmentInput;
import dev.slipway.deployment.target.TargetPort;
import dev.slipway.deployment.target.TargetPort.Answered;
import dev.slipway.deployment.target.TargetPort.Presence;
import dev.slipway.deployment.watch.Vitals;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks at every version that should run, for as long as it should: whether its process is there, and whether it answers
 * that it is well. What the looks add up to is counted here and kept nowhere; the environment hears only of what is
 * otherwise than it knows, again at each look until it knows, so that nothing is lost. Any number of instances may look:
 * what is not run by this one's target is not asked.
 */
public final class Lookout implements AutoCloseable {
    private final TargetPort target;
    private final BiConsumer<String, EnvironmentInput> tell;
    private final Duration lookEvery;
    private final LongSupplier nanos;
    private final Map<String, Seen> seen = new ConcurrentHashMap<>();
    private final ExecutorService asking = Executors.newVirtualThreadPerTaskExecutor();

    /**
     * @param tell takes what an environment is to hear, with its id
     * @param lookEvery how often {@link #look} is called
     */
    public Lookout(
            TargetPort target, BiConsumer<String, EnvironmentInput> tell, Duration lookEvery, LongSupplier nanos) {
        this.target = target;
        this.tell = tell;
        this.lookEvery = lookEvery;
        this.nanos = nanos;
    }

    /** One version, as this instance has seen it. */
    private static final class Seen {
        private Vitals vitals = Vitals.UNSEEN;
        private long askedAtNanos;
        private boolean asked;
        private boolean asking;
        /** What the last bad answer was, of each address. */
        private String unready = "";

        private String lifeless = "";
    }

    /** One look at all versions that one environment wants to run. Asks without waiting for the answers. */
    public void look(String environment, Environment state) throws InterruptedException {
        for (Expected expected : state.expectedToRun()) {
            Presence presence = target.check(expected.key());
            if (presence == Presence.RUNNING && expected.health() != Health.RESTARTING) {
                ask(environment, expected);
            } else {
                seen.remove(expected.key());
            }
            if (presence == Presence.GONE && expected.health() != Health.RESTARTING) {
                tell.accept(
                        environment,
                        new EnvironmentInput.ProcessGone(expected.key(), target.trouble(expected.key(), null)));
            }
        }
    }

    /** Whether no question to this version is on its way. */
    boolean idle(String key) {
        Seen version = seen.get(key);
        if (version == null) {
            return true;
        }
        synchronized (version) {
            return !version.asking;
        }
    }

    /** Nothing is remembered of versions that nobody wants any more. */
    public void forgetAllBut(Set<String> keys) {
        Set<String> gone = new HashSet<>(seen.keySet());
        gone.removeAll(keys);
        gone.forEach(seen::remove);
    }

    private void ask(String environment, Expected expected) {
        HealthChecks checks = expected.target().checks();
        Seen version = seen.computeIfAbsent(expected.key(), _ -> new Seen());
        long now = nanos.getAsLong();
        synchronized (version) {
            long early = lookEvery.toNanos() / 2; // looks come when they come: the nearest one is meant
            boolean due = !version.asked
                    || now - version.askedAtNanos >= checks.every().toNanos() - early;
            if (version.asking || !due) {
                return;
            }
            version.asking = true;
            version.asked = true;
            version.askedAtNanos = now;
        }
        asking.execute(() -> hear(environment, expected, checks, version));
    }

    private void hear(String environment, Expected expected, HealthChecks checks, Seen version) {
        try {
            Answered live = checks.live() == null
                    ? new Answered.NotAsked()
                    : target.ask(expected.key(), expected.target(), checks.live());
            Answered ready = target.ask(expected.key(), expected.target(), checks.ready());
            Vitals.Standing standing;
            synchronized (version) {
                version.vitals = note(version, live, checks.live(), true);
                version.vitals = note(version, ready, checks.ready(), false);
                standing = version.vitals.standing(checks);
            }
            say(environment, expected, checks, version, standing);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } finally {
            synchronized (version) {
                version.asking = false;
            }
        }
    }

    private static Vitals note(Seen version, Answered answered, @Nullable String path, boolean life) {
        if (answered instanceof Answered.Ill(String how)) {
            String seen = (path == null ? "" : GrpcHealth.words(path)) + " " + how;
            version.lifeless = life ? seen : version.lifeless;
            version.unready = life ? version.unready : seen;
        }
        return switch (answered) {
            case Answered.NotAsked _ -> version.vitals;
            case Answered.Well _ -> life ? version.vitals.live(true) : version.vitals.ready(true);
            case Answered.Ill _ -> life ? version.vitals.live(false) : version.vitals.ready(false);
        };
    }

    private void say(String environment, Expected expected, HealthChecks checks, Seen version, Vitals.Standing standing)
            throws InterruptedException {
        String key = expected.key();
        switch (standing) {
            case HANGS -> {
                seen.remove(key);
                tell.accept(
                        environment,
                        new EnvironmentInput.Hangs(key, target.trouble(key, words(version, checks, standing))));
            }
            case UNREADY -> {
                if (expected.health() == Health.UP) {
                    tell.accept(
                            environment,
                            new EnvironmentInput.TurnedUnready(
                                    key, target.trouble(key, words(version, checks, standing))));
                }
            }
            case READY -> {
                if (expected.health() == Health.UNREADY) {
                    tell.accept(environment, new EnvironmentInput.TurnedReady(key));
                }
            }
            case UNSURE -> {}
        }
    }

    private static String words(Seen version, HealthChecks checks, Vitals.Standing standing) {
        synchronized (version) {
            return "%s, %s"
                    .formatted(
                            standing == Vitals.Standing.HANGS ? version.lifeless : version.unready,
                            checks.down() == 1 ? "once" : checks.down() + " times in a row");
        }
    }

    /** Keys of what was looked at lately, for whoever forgets the rest. */
    public static List<String> keys(Environment state) {
        return state.expectedToRun().stream().map(Expected::key).toList();
    }

    @Override
    public void close() {
        asking.shutdownNow();
    }
}
