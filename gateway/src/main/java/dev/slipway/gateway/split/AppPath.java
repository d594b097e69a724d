package dev.slipway.gateway.split;

import dev.slipway.contracts.ApplicationName;
import dev.slipway.contracts.EnvironmentId;
import java.util.Optional;

/**
 * A path of live traffic, {@code /apps/{application}/{environment}/...}.
 *
 * @param rest what the application sees of it, as it was sent: not decoded, with the leading slash
 */
public record AppPath(EnvironmentId environment, String rest) {
    public static final String ROOT = "/apps/";

    /** Empty if the path names no environment. */
    public static Optional<AppPath> parse(String rawPath) {
        String[] parts =
                rawPath.startsWith(ROOT) ? rawPath.substring(ROOT.length()).split("/", 3) : new String[0];
        if (parts.length < 2) {
            return Optional.empty();
        }
        try {
            EnvironmentId environment = new EnvironmentId(new ApplicationName(parts[0]), parts[1]);
            return Optional.of(new AppPath(environment, parts.length == 3 ? "/" + parts[2] : "/"));
        } catch (IllegalArgumentException notAnEnvironment) {
            return Optional.empty();
        }
    }

    /** What the application's own links would have to begin with. */
    public String prefix() {
        return ROOT + environment;
    }
}
