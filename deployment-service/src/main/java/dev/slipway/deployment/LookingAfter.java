package dev.slipway.deployment;

import dev.slipway.contracts.Digest;
import dev.slipway.deployment.environment.Environment;
import dev.slipway.deployment.environment.EnvironmentInput;
import dev.slipway.deployment.target.Collecting;
import dev.slipway.deployment.target.ProcessTarget;
import dev.slipway.deployment.target.TargetPort.Presence;
import dev.slipway.deployment.target.TargetSettings;
import dev.slipway.messaging.Aggregates;
import dev.slipway.messaging.Aggregates.Snapshot;
import dev.slipway.messaging.Cause;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is done over and over for every environment: its traffic table is said again, read fresh from its document, so
 * that a gateway can tell a table in force from an old one; it is counted what runs; and logs are bounded. Any number of instances may do so: what one of them reports twice changes nothing, as the environment decides
 * and the target adopts, and files are touched only under their key's lock. What fails is done again at the next turn. Each
 * has a thread of its own, so that none hangs on another.
 */
class LookingAfter {
    private static final Logger log = LoggerFactory.getLogger(LookingAfter.class);
    private static final String SELF = "service:deployment-service";

    private final Aggregates<Environment, EnvironmentInput> environments;
    private final ProcessTarget target;
    private final Collecting artifacts;
    private final EnvironmentSettings settings;
    private final TargetSettings targets;
    private final RolloutMetrics metrics;
    private final Absence absence;
    private final InstantSource clock;

    /** Of the first look after a start alone, which may take several tries. */
    private boolean firstLook = true;

    private Optional<Duration> firstAway = Optional.empty();

    private final Set<String> lookedAt = new HashSet<>();

    LookingAfter(
            Aggregates<Environment, EnvironmentInput> environments,
            ProcessTarget target,
            Collecting artifacts,
            EnvironmentSettings settings,
            TargetSettings targets,
            RolloutMetrics metrics,
            InstantSource clock) {
        this.environments = environments;
        this.target = target;
        this.artifacts = artifacts;
        this.settings = settings;
        this.targets = targets;
        this.metrics = metrics;
        this.absence = new Absence(targets.directory().resolve("looked-after"), settings.awayFrom());
        this.clock = clock;
    }

    /**
     * Before anything is heard, timed or performed, see {@code Recipe.first}: what was said before or is due by now would
     * have a table said that sends requests to what ended with Slipway, or let a deadline judge the time of its absence.
     */
    void lookFirst() {
        if (firstLook) {
            firstAway = absence.since(clock.instant());
            firstLook = false;
        }
        List<RuntimeException> troubles = new ArrayList<>();
        environments.eachLive(settings.page(), found -> {
            try {
                if (!lookedAt.contains(found.id())) {
                    catchUp(found, firstAway);
                    lookedAt.add(found.id());
                }
            } catch (RuntimeException trouble) {
                troubles.add(trouble);
            }
        });
        if (!troubles.isEmpty()) {
            throw troubles.getLast(); // those that were looked at are not looked at again
        }
    }

    /** From a thread of its own, see {@code Recipe.repeatedly}. */
    void sayTables() {
        AtomicInteger active = new AtomicInteger();
        Optional<Duration> away = absence.since(clock.instant());
        each(found -> {
            active.addAndGet(found.state().active() == null ? 0 : 1);
            catchUp(found, away);
            submit(found.id(), new EnvironmentInput.TableDue(), SELF);
        });
        metrics.rolloutsActive(active.get());
    }

    /** Tells an environment how long nobody looked, and what ended with Slipway, before its table sends requests there. */
    private void catchUp(Snapshot<Environment> found, Optional<Duration> away) {
        away.ifPresent(time -> submit(found.id(), new EnvironmentInput.CameBack(time), SELF));
        startAnew(
                found,
                found.state().thoughtToBeThere().stream()
                        .filter(key -> target.check(key) == Presence.ENDED_BY_US)
                        .toList());
    }

    private void startAnew(Snapshot<Environment> found, List<String> keys) {
        if (!keys.isEmpty()) {
            log.info("{} ended with Slipway, or with this machine: started anew", String.join(", ", keys));
            submit(found.id(), new EnvironmentInput.EndedByUs(keys), "target:process");
        }
    }

    void lookForProcesses() {
        AtomicInteger running = new AtomicInteger();
        each(found -> {
            List<String> ended = new ArrayList<>();
            for (String key : found.state().mayRun()) {
                Presence presence = target.check(key);
                running.addAndGet(presence == Presence.RUNNING ? 1 : 0);
                boundLog(key);
                if (presence == Presence.ENDED_BY_US) {
                    ended.add(key);
                }
            }
            startAnew(found, ended);
        });
        metrics.processes(running.get());
    }

    private void boundLog(String key) {
        try {
            target.boundLog(key);
        } catch (IOException trouble) {
            log.warn("The log of {} is bounded at the next turn: {}", key, trouble.toString());
        }
    }

    /** Every environment is looked at: what none of them needs may go. */
    void tidy() {
        Set<Digest> needed = new HashSet<>();
        environments.eachLive(
                settings.page(), found -> needed.addAll(found.state().neededArtifacts()));
        try {
            int gone = artifacts.prune(needed, targets.artifactsKept()) + target.forget();
            log.debug("Tidied up {} artifacts and stopped processes", gone);
        } catch (IOException trouble) {
            log.warn("It is tidied up at the next turn: {}", trouble.toString());
        }
    }

    private void submit(String id, EnvironmentInput input, String actor) {
        environments.submit(id, input, Cause.of(actor));
    }

    private void each(Consumer<Snapshot<Environment>> look) {
        try {
            environments.eachLive(settings.page(), found -> {
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
