package dev.slipway.deployment;

import dev.slipway.contracts.deployment.EnvironmentView;
import dev.slipway.contracts.deployment.Resources;
import dev.slipway.deployment.environment.Environment;
import dev.slipway.deployment.environment.EnvironmentInput;
import dev.slipway.deployment.environment.Views;
import dev.slipway.deployment.target.ProcessTarget;
import dev.slipway.deployment.target.ResourceMeter;
import dev.slipway.deployment.work.MemoryWatch;
import dev.slipway.deployment.work.MetricsWatch;
import dev.slipway.deployment.work.Used;
import dev.slipway.messaging.Aggregates;
import dev.slipway.messaging.Aggregates.Snapshot;
import dev.slipway.messaging.Cause;
import dev.slipway.metrics.client.MetricsClient;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has what programs use measured, over and over: for whoever asks, for the metrics, and for the guardrails of versions on
 * their way. What fails is done again at the next turn.
 */
final class Measuring implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Measuring.class);

    private final Aggregates<Environment, EnvironmentInput> environments;
    private final ResourceMeter meter;
    private final Used used;
    private final MemoryWatch guards;
    private final MetricsWatch programs;
    private final ResourceMetrics metrics;
    private final int page;

    Measuring(
            Aggregates<Environment, EnvironmentInput> environments,
            Used used,
            ResourceMetrics metrics,
            ProcessTarget target,
            MetricsClient client,
            int page) {
        this.environments = environments;
        this.meter = target.meter();
        this.used = used;
        this.guards = new MemoryWatch(this::tell);
        this.programs =
                new MetricsWatch(target::metricsOf, client, this::tell, System::nanoTime, InstantSource.system());
        this.metrics = metrics;
        this.page = page;
    }

    /** From a thread of its own, see {@code Recipe.repeatedly}. */
    void look() {
        List<Snapshot<Environment>> all = new ArrayList<>();
        Set<String> keys = new HashSet<>();
        environments.eachLive(page, found -> {
            all.add(found);
            keys.addAll(found.state().mayRun());
        });
        Map<String, Resources> measured = meter.measure(keys);
        used.are(measured);
        List<EnvironmentView> views = new ArrayList<>();
        for (Snapshot<Environment> found : all) {
            views.add(used.in(found.state(), Views.of(found.state(), found.updatedAt())));
            guards.look(found.id(), found.state().guarded(), measured);
            programs.look(found.id(), found.state().metered());
        }
        guards.forgetAllBut(keys);
        programs.forgetAllBut(keys);
        metrics.show(views);
    }

    @Override
    public void close() {
        programs.close();
    }

    private void tell(String environment, EnvironmentInput input) {
        try {
            environments.submit(environment, input, Cause.of("target:process"));
        } catch (RuntimeException trouble) {
            log.warn("{} hears of what its program uses again at the next look: {}", environment, trouble.toString());
        }
    }
}
