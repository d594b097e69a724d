package dev.slipway.deployment.target;

import dev.slipway.contracts.ConfigurationVersion;
import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.Sha;
import dev.slipway.contracts.policy.Placeholders;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a version before it is started, for the {@link Placeholders} of its command and environment.
 *
 * @param release that brought the version here
 * @param version that its artifacts were made as, which is what they say of themselves
 * @param sha null where nobody said it
 */
public record Facts(
        EnvironmentId environment,
        ReleaseId release,
        String version,
        @Nullable Sha sha) {
    /**
     * What the key of a running version says, {@code application@version/environment/attempt}, and who asks for it.
     *
     * @param key of a version that a rollout brought, or one that begins with it
     */
    public static Facts of(EnvironmentId environment, String key, @Nullable Sha sha) {
        ReleaseId release = new ReleaseId(key.substring(0, key.indexOf('/')));
        String attempt = release.value().substring(release.value().indexOf('@') + 1);
        int suffix = attempt.indexOf('~'); // SemVer knows none
        String version = suffix < 0 ? attempt : attempt.substring(0, suffix);
        return new Facts(environment, release, ConfigurationVersion.made(version), sha);
    }

    /** As far as a key says it. */
    static Facts ofKey(String key) {
        String[] parts = key.split("/", -1);
        return of(new EnvironmentId(new ReleaseId(parts[0]).application(), parts[1]), key, null);
    }

    /** The value of a placeholder; null if it is none of these, or not known. */
    @Nullable
    String value(String placeholder) {
        return switch (placeholder) {
            case Placeholders.VERSION -> version;
            case Placeholders.SHA -> sha == null ? null : sha.value();
            case Placeholders.RELEASE -> release.value();
            case Placeholders.ENVIRONMENT -> environment.environment();
            default -> null;
        };
    }
}
