package dev.slipway.deployment;

import dev.slipway.deployment.environment.Environment;
import dev.slipway.deployment.environment.EnvironmentInput;
import dev.slipway.deployment.environment.Views;
import dev.slipway.deployment.target.TargetPort;
import dev.slipway.deployment.work.Lookout;
import dev.slipway.messaging.Aggregates;
import dev.slipway.messaging.Aggregates.Snapshot;
import dev.slipway.messaging.Cause;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has the versions of every environment looked at, over and over. What fails is done again at the next turn. */
final class Watching implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Watching.class);

    private final Aggregates<Environment, EnvironmentInput> environments;
    private final Lookout lookout;
    private final VersionMetrics metrics;
    private final int page;

    Watching(
            Aggregates<Environment, EnvironmentInput> environments,
            TargetPort target,
            VersionMetrics metrics,
            int page,
            Duration lookEvery) {
        this.environments = environments;
        this.metrics = metrics;
        this.page = page;
        this.lookout = new Lookout(target, this::tell, lookEvery, System::nanoTime);
    }

    /** From a thread of its own, see {@code Recipe.repeatedly}. */
    void look() {
        Set<String> wanted = new HashSet<>();
        VersionMetrics.Rows rows = metrics.rows();
        environments.eachLive(page, found -> {
            wanted.addAll(Lookout.keys(found.state()));
            rows.add(Views.of(found.state(), found.updatedAt()));
            look(found);
        });
        lookout.forgetAllBut(wanted);
        metrics.show(rows);
    }

    private void look(Snapshot<Environment> found) {
        try {
            lookout.look(found.id(), found.state());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException trouble) {
            log.warn("The versions of {} are looked at again at the next turn: {}", found.id(), trouble.toString());
        }
    }

    private void tell(String environment, EnvironmentInput input) {
        try {
            environments.submit(environment, input, Cause.of("target:process"));
        } catch (RuntimeException trouble) {
            log.warn("{} hears of its versions again at the next look: {}", environment, trouble.toString());
        }
    }

    @Override
    public void close() {
        lookout.close();
    }
}
