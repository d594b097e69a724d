package dev.slipway.deployment;

import dev.slipway.contracts.Digest;
import dev.slipway.deployment.environment.Environment;
import dev.slipway.deployment.environment.EnvironmentInput;
import dev.slipway.deployment.target.ArtifactStore;
import dev.slipway.deployment.target.ProcessTarget;
import dev.slipway.deployment.target.TargetPort.Presence;
import dev.slipway.deployment.target.TargetSettings;
import dev.slipway.messaging.Aggregates;
import dev.slipway.messaging.Aggregates.Snapshot;
import dev.slipway.messaging.Cause;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * What is done over and over for every environment: its traffic table is said again, read fresh from its document, so
 * that a gateway can tell a table in force from an old one; and it is looked whether what should run runs. Any number of
 * instances may do so. What fails is done again at the next turn.
 */
class LookingAfter {
    private static final Logger log = LoggerFactory.getLogger(LookingAfter.class);

    private final Aggregates<Environment, EnvironmentInput> environments;
    private final ProcessTarget target;
    private final ArtifactStore artifacts;
    private final EnvironmentSettings settings;
    private final TargetSettings targets;

    LookingAfter(
            Aggregates<Environment, EnvironmentInput> environments,
            ProcessTarget target,
            ArtifactStore artifacts,
            EnvironmentSettings settings,
            TargetSettings targets) {
        this.environments = environments;
        this.target = target;
        this.artifacts = artifacts;
        this.settings = settings;
        this.targets = targets;
    }

    @Scheduled(fixedDelayString = "${slipway.environments.table-every}")
    void sayTables() {
        each(found -> submit(found.id(), new EnvironmentInput.TableDue(), "service:deployment-service"));
    }

    @Scheduled(fixedDelayString = "${slipway.targets.look-every}")
    void lookForProcesses() {
        each(found -> found.state().expectedToRun().stream()
                .filter(key -> target.check(key) == Presence.GONE)
                .forEach(key -> submit(found.id(), new EnvironmentInput.ProcessGone(key), "target:process")));
    }

    /** Only where every environment is in view: what none of them needs may go. */
    @Scheduled(
            fixedDelayString = "${slipway.environments.tidy-every}",
            initialDelayString = "${slipway.environments.tidy-every}")
    void tidy() throws IOException {
        List<Snapshot<Environment>> all = environments.live(settings.max());
        if (all.size() < settings.max()) {
            Set<Digest> needed = new HashSet<>();
            all.forEach(found -> needed.addAll(found.state().neededArtifacts()));
            int gone = artifacts.prune(needed, targets.artifactsKept()) + target.forget(targets.stoppedKept());
            log.debug("Tidied up {} artifacts and stopped processes", gone);
        }
    }

    private void submit(String id, EnvironmentInput input, String actor) {
        environments.submit(id, input, Cause.of(actor));
    }

    private void each(Consumer<Snapshot<Environment>> look) {
        try {
            environments.live(settings.max()).forEach(found -> {
                try {
                    look.accept(found);
                } catch (RuntimeException trouble) {
                    log.warn(
                            "Environment {} is looked after again at the next turn: {}",
                            found.id(),
                            trouble.toString());
                }
            });
        } catch (RuntimeException away) {
            log.warn("Environments are looked after again at the next turn: {}", away.toString());
        }
    }
}
