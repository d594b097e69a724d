package dev.slipway.deployment.environment;

import dev.slipway.contracts.policy.SettingChange;
import java.util.List;
import java.util.Optional;

/**
 * What is said where a version is started with other values of its secrets than the version that it is compared with. What a
 * secret was is not kept, so a version that comes back has its artifacts, its command and its environment of then, and its
 * secrets of now.
 */
final class OtherSecrets {
    private OtherSecrets() {}

    /** A rollout's version has started: beside what it goes back to, or beside what serves. */
    static Active noted(Environment environment, Active active, Instance started) {
        Optional<Snapshot> back =
                active.plan().keptOnly() ? environment.kept(active.plan()) : Optional.<Snapshot>empty();
        if (back.isPresent()) {
            return restored(active, back.get(), started);
        }
        Snapshot verified = environment.verified();
        if (verified == null) {
            return active;
        }
        List<SettingChange> changes = started.secretsChangedFrom(verified.instance());
        return changes.isEmpty()
                ? active
                : active.noting("otherwise than in %s: %s".formatted(verified.version(), SettingChange.texts(changes)));
    }

    /** What was verified before runs again. */
    static Active restored(Active active, Snapshot to, Instance instance) {
        List<SettingChange> changes = instance.secretsChangedFrom(to.instance());
        return changes.isEmpty() ? active : active.noting(text(to, changes));
    }

    static String text(Snapshot to, List<SettingChange> changes) {
        return "%s is back with its configuration, but for secrets that were changed since, whose old values nobody keeps: %s"
                .formatted(to.version(), SettingChange.texts(changes));
    }
}
