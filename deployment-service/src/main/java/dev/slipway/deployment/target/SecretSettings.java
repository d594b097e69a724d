package dev.slipway.deployment.target;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where secrets are, {@code slipway.deployment.*}.
 *
 * @param secretsFolder the administrator's files, {@code <application>/<name>} or {@code <name>}, owner-only; absent means
 *     that there are none
 */
@ConfigurationProperties("slipway.deployment")
public record SecretSettings(@Nullable Path secretsFolder) {}
