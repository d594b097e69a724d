package dev.slipway.deployment;

import dev.slipway.contracts.Topics;
import dev.slipway.deployment.environment.Environment;
import dev.slipway.deployment.environment.EnvironmentInput;
import dev.slipway.deployment.environment.Rhythm;
import dev.slipway.deployment.environment.Rollout;
import dev.slipway.deployment.environment.Work;
import dev.slipway.deployment.target.AllowedPrograms;
import dev.slipway.deployment.target.Archives;
import dev.slipway.deployment.target.ArtifactStore;
import dev.slipway.deployment.target.AsStarted;
import dev.slipway.deployment.target.Collecting;
import dev.slipway.deployment.target.ProcessTarget;
import dev.slipway.deployment.target.RemoteArtifacts;
import dev.slipway.deployment.target.SecretSettings;
import dev.slipway.deployment.target.Secrets;
import dev.slipway.deployment.target.TargetSettings;
import dev.slipway.deployment.target.VersionClient;
import dev.slipway.deployment.work.RunningVersions;
import dev.slipway.deployment.work.Used;
import dev.slipway.deployment.work.WarmUpSettings;
import dev.slipway.deployment.work.WarmingUp;
import dev.slipway.messaging.Aggregates;
import dev.slipway.messaging.Recipe;
import dev.slipway.metrics.client.MetricsClient;
import dev.slipway.web.AccessRules;
import dev.slipway.web.Role;
import dev.slipway.web.guard.BreakerGauges;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;

/** Puts the core on the recipe, and the recipe on the target. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({
    EnvironmentSettings.class,
    TargetSettings.class,
    SecretSettings.class,
    WarmUpSettings.class,
    WatchSettings.class
})
class DeploymentWiring {
    private static final String SERVICE = "deployment-service";
    /** Not longer: a judgement does not say of which step it knows, so that it may be an answer to the step before. */
    private static final Duration ASK_AGAIN_MAX = Duration.ofSeconds(30);

    @Bean
    AccessRules accessRules() {
        return requests -> {
            AccessRules.allow(requests, HttpMethod.GET, "/api/v1/environments", Role.VIEWER);
            // Programs write what their users say: masking takes secrets out, and knows nothing of the rest.
            AccessRules.allow(requests, HttpMethod.GET, "/api/v1/environments/*/*/logs", Role.OPERATOR);
            AccessRules.allow(requests, HttpMethod.GET, "/api/v1/environments/*/*/secrets", Role.OPERATOR);
        };
    }

    @Bean
    Rhythm rhythm(org.springframework.core.env.Environment properties) {
        return Binder.get(properties).bind("slipway.rollouts", Rhythm.class).get();
    }

    @Bean
    RolloutMetrics rolloutMetrics(ObjectProvider<MeterRegistry> meters) {
        return new RolloutMetrics(meters.getIfAvailable(SimpleMeterRegistry::new));
    }

    @Bean
    BreakerGauges breakerGauges(CircuitBreakerRegistry breakers) {
        return new BreakerGauges(breakers);
    }

    @Bean(destroyMethod = "close")
    VersionClient versionClient(TargetSettings settings, BulkheadRegistry bulkheads) {
        return new VersionClient(settings, bulkheads.bulkhead("versions"));
    }

    @Bean
    RemoteArtifacts remoteArtifacts(TargetSettings settings, CircuitBreakerRegistry breakers) {
        return new RemoteArtifacts(settings, breakers.circuitBreaker("artifacts"));
    }

    @Bean
    ProcessTarget processTarget(
            TargetSettings settings, Secrets secrets, BulkheadRegistry bulkheads, InstantSource clock) {
        VersionClient health = new VersionClient(settings, bulkheads.bulkhead("health"));
        return new ProcessTarget(settings, new AllowedPrograms(settings.allowedPrograms()), secrets, health, clock);
    }

    @Bean
    Aggregates<Environment, EnvironmentInput> environments(
            Recipe recipe,
            Rhythm rhythm,
            Collecting artifacts,
            ProcessTarget target,
            VersionClient versions,
            WarmUpSettings warmUp,
            WatchSettings watch,
            RolloutMetrics metrics) {
        RunningVersions running = new RunningVersions(artifacts, target);
        WarmingUp warming = new WarmingUp(versions, warmUp);
        Aggregates<Environment, EnvironmentInput> environments = recipe.aggregates(
                        "environment",
                        Environment.class,
                        EnvironmentInput.class,
                        metrics.measuring(new Rollout(rhythm, watch.rhythm())))
                .onTimer(Rollout::onTimer)
                .backsOff(Rollout.ASKS_AGAIN, ASK_AGAIN_MAX, Rollout::isAnswered)
                .deadline(Rollout.GIVES_UP, Rollout::waitsForTheJudge)
                .urgent(EnvironmentMessages::keepsRoom)
                .task(Work.START, Work.Start.class, running::start)
                .task(Work.RESTART, Work.Start.class, running::restart)
                .task(Work.RESTORE, Work.Restore.class, running::restore)
                .task(Work.STOP, Work.Stop.class, running::stop)
                .task(Work.PROVE_WAY_BACK, Work.ProveWayBack.class, running::proveWayBack)
                .task(Work.WARM_UP, Work.WarmUp.class, warming::perform)
                .build();
        listen(recipe, environments);
        return environments;
    }

    /** What people say has consumers of its own, so that it is heard whatever waits before it. */
    static void listen(Recipe recipe, Aggregates<Environment, EnvironmentInput> environments) {
        EnvironmentMessages messages = new EnvironmentMessages(environments);
        recipe.listen(SERVICE, messages.commands(), Topics.DEPLOYMENT_COMMANDS);
        recipe.listen(SERVICE + ".results", messages.results(), Topics.VALIDATION_RESULTS);
        recipe.listenAhead(SERVICE + ".people", messages.ofPeople(), Topics.DEPLOYMENT_COMMANDS);
    }

    @Bean
    Collecting artifacts(TargetSettings settings, RemoteArtifacts remote) {
        return new Collecting(new ArtifactStore(settings, remote), new Archives(settings));
    }

    @Bean(destroyMethod = "close")
    Watching watching(
            Recipe recipe,
            Aggregates<Environment, EnvironmentInput> environments,
            ProcessTarget target,
            EnvironmentSettings settings,
            WatchSettings watch,
            ObjectProvider<MeterRegistry> meters) {
        VersionMetrics metrics = new VersionMetrics(meters.getIfAvailable(SimpleMeterRegistry::new), watch.measured());
        Watching watching = new Watching(environments, target, metrics, settings.page(), watch.lookEvery());
        recipe.repeatedly("versions", watch.lookEvery(), watching::look);
        return watching;
    }

    @Bean
    Secrets secrets(SecretSettings settings) {
        return new Secrets(settings.secretsFolder());
    }

    @Bean
    Comparing comparing(
            Recipe recipe,
            Aggregates<Environment, EnvironmentInput> environments,
            TargetSettings targets,
            Secrets secrets,
            EnvironmentSettings settings,
            WatchSettings watch) {
        Comparing comparing = new Comparing(environments, new AsStarted(targets, secrets), settings.page());
        recipe.repeatedly("what versions were started with", watch.compareEvery(), comparing::look);
        return comparing;
    }

    @Bean
    Used used() {
        return new Used();
    }

    @Bean(destroyMethod = "close")
    Measuring measuring(
            Recipe recipe,
            Aggregates<Environment, EnvironmentInput> environments,
            ProcessTarget target,
            Used used,
            EnvironmentSettings settings,
            WatchSettings watch,
            ObjectProvider<MeterRegistry> meters) {
        ResourceMetrics metrics =
                new ResourceMetrics(meters.getIfAvailable(SimpleMeterRegistry::new), watch.measured());
        Measuring measuring = new Measuring(
                environments, used, metrics, target, new MetricsClient(watch.programs()), settings.page());
        recipe.repeatedly("resources", watch.measureEvery(), measuring::look);
        return measuring;
    }

    @Bean
    LookingAfter lookingAfter(
            Recipe recipe,
            Aggregates<Environment, EnvironmentInput> environments,
            ProcessTarget target,
            Collecting artifacts,
            EnvironmentSettings settings,
            TargetSettings targets,
            RolloutMetrics metrics,
            InstantSource clock) {
        LookingAfter after = new LookingAfter(environments, target, artifacts, settings, targets, metrics, clock);
        recipe.first("what ended with Slipway", settings.tableEvery(), after::lookFirst);
        recipe.repeatedly("traffic tables", settings.tableEvery(), after::sayTables);
        recipe.repeatedly("processes", targets.lookEvery(), after::lookForProcesses);
        recipe.repeatedly("tidying up", settings.tidyEvery(), settings.tidyEvery(), after::tidy);
        return after;
    }
}
