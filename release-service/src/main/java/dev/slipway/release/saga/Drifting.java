package dev.slipway.release.saga;

import static dev.slipway.contracts.EnvironmentId.PRODUCTION;
import static dev.slipway.contracts.EnvironmentId.STAGING;

import dev.slipway.contracts.deployment.RolloutStatus;
import dev.slipway.contracts.deployment.Told;
import dev.slipway.contracts.policy.Drift;
import dev.slipway.contracts.policy.EnvValue;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.policy.SettingChange;
import dev.slipway.release.application.Launch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What both environments are given otherwise than when the last release was verified, for the check {@code settings}. What the
 * policy says was compared when the release was let begin; secrets are compared by the fingerprints that staging's machine has
 * told, then and now, as only those of one machine compare.
 */
final class Drifting {
    private static final String SECRET = "secret ";

    private Drifting() {}

    static boolean isMeant(Gate gate) {
        return gate.isOfSettings();
    }

    /** Whether a gate compares; without one nothing is kept for the next release either. */
    static boolean isMeant(Policy policy) {
        return policy.gates().stream().anyMatch(Drifting::isMeant);
    }

    /** What staging's machine has to tell for it; nothing where no gate compares. */
    static List<String> asked(Policy policy) {
        return isMeant(policy)
                ? secrets(policy).stream().map(Told.FINGERPRINT::concat).toList()
                : List.of();
    }

    /** Those that a program of either environment gets. */
    private static Set<String> secrets(Policy policy) {
        Policy.Environments environments = policy.environments();
        Set<String> names = new TreeSet<>();
        Stream.of(environments.staging().target(), environments.production().target())
                .flatMap(target -> target.env().values().stream())
                .map(EnvValue::secret)
                .flatMap(Stream::ofNullable)
                .forEach(names::add);
        return names;
    }

    /** The fingerprints that staging's machine has told for this release, by the names of their secrets. */
    static Map<String, String> fingerprints(Dossier d) {
        Map<String, String> told = new TreeMap<>();
        d.rollout(STAGING).map(RolloutStatus::placeholders).orElse(Map.of()).forEach((name, value) -> {
            if (name.startsWith(Told.FINGERPRINT)) {
                told.put(name.substring(Told.FINGERPRINT.length()), value);
            }
        });
        return told;
    }

    static Drift drift(Dossier d) {
        Launch.Before before = d.release().before();
        Map<String, String> now = fingerprints(d);
        Map<String, String> then = before == null ? Map.of() : before.fingerprints();
        List<Drift.Secret> secrets = secrets(d.guide()).stream()
                .limit(Drift.MAX)
                .map(name -> new Drift.Secret(name, then.get(name), now.get(name)))
                .toList();
        if (before == null) {
            return new Drift(null, List.of(), secrets, List.of());
        }
        List<Drift.Setting> settings = new ArrayList<>();
        List<SettingChange> staging = before.staging();
        if (staging != null) {
            staging.forEach(change -> settings.add(new Drift.Setting(STAGING, change)));
        }
        d.release().changes().stream()
                .filter(change -> !isCompared(change, secrets))
                .forEach(change -> settings.add(new Drift.Setting(PRODUCTION, change)));
        return new Drift(
                before.release(),
                settings.subList(0, Math.min(settings.size(), Drift.MAX)),
                secrets,
                staging == null
                        ? List.of("the configuration of staging, of which %s kept none".formatted(before.release()))
                        : List.of());
    }

    /** A secret that was changed behind Slipway's back is told once. */
    private static boolean isCompared(SettingChange change, List<Drift.Secret> secrets) {
        return secrets.stream()
                .anyMatch(secret -> secret.before() != null
                        && secret.now() != null
                        && change.name().equals(SECRET + secret.name()));
    }
}
