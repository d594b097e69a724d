package dev.slipway.deployment;

import dev.slipway.contracts.policy.SettingChange;
import dev.slipway.deployment.environment.Environment;
import dev.slipway.deployment.environment.EnvironmentInput;
import dev.slipway.deployment.target.AsStarted;
import dev.slipway.messaging.Aggregates;
import dev.slipway.messaging.Aggregates.Snapshot;
import dev.slipway.messaging.Cause;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has what verified versions were started with compared with what is there, over and over. An environment hears only of what
 * is otherwise than it knows. What fails is done again at the next turn.
 */
final class Comparing {
    private static final Logger log = LoggerFactory.getLogger(Comparing.class);

    private final Aggregates<Environment, EnvironmentInput> environments;
    private final AsStarted asStarted;
    private final int page;

    Comparing(Aggregates<Environment, EnvironmentInput> environments, AsStarted asStarted, int page) {
        this.environments = environments;
        this.asStarted = asStarted;
        this.page = page;
    }

    /** From a thread of its own, see {@code Recipe.repeatedly}. */
    void look() {
        environments.eachLive(page, this::look);
        asStarted.forgetGone();
    }

    private void look(Snapshot<Environment> found) {
        Optional<Environment.AsVerified> verified = found.state().asVerified();
        if (verified.isEmpty()) {
            return;
        }
        String key = verified.get().key();
        try {
            Optional<List<SettingChange>> changes =
                    asStarted.changes(key, verified.get().artifacts());
            if (changes.isPresent() && !changes.get().equals(verified.get().known())) {
                environments.submit(
                        found.id(), new EnvironmentInput.Compared(key, changes.get()), Cause.of("target:process"));
            }
        } catch (IOException | RuntimeException trouble) {
            log.warn("What {} was started with is compared again at the next turn: {}", key, trouble.toString());
        }
    }
}
