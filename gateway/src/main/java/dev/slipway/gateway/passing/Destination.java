package dev.slipway.gateway.passing;

import dev.slipway.contracts.EnvironmentId;
import dev.slipway.gateway.split.AppPath;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a request goes: by the name of the host, with the path untouched, or else by its path.
 *
 * @param prefix what was taken off the path; empty if nothing was
 * @param target path and query as the version sees them, exactly as they were sent
 */
public record Destination(EnvironmentId environment, String prefix, String target) {
    /** Empty if neither the host nor the path names an environment. */
    public static Optional<Destination> find(@Nullable String host, String target, HostTable names) {
        Optional<Destination> byName =
                host == null ? Optional.empty() : names.find(host).map(found -> new Destination(found, "", target));
        return byName.isPresent() ? byName : byPath(target);
    }

    private static Optional<Destination> byPath(String target) {
        int question = target.indexOf('?');
        String path = question < 0 ? target : target.substring(0, question);
        String query = question < 0 ? "" : target.substring(question);
        return AppPath.parse(path).map(app -> new Destination(app.environment(), app.prefix(), app.rest() + query));
    }

    /** The path as the version sees it, without the query. */
    public String path() {
        int question = target.indexOf('?');
        return question < 0 ? target : target.substring(0, question);
    }

    /**
     * Whether the path could lead out of what it is put behind, read by whomever: no segment may be {@code .} or
     * {@code ..}, whatever its encoding and its parameters. An encoded slash ends a segment here, because the application
     * may read it so. Where nothing is put before the path there is nothing to lead out of.
     */
    public boolean leadsElsewhere() {
        if (prefix.isEmpty() || (target.indexOf('.') < 0 && target.indexOf('%') < 0)) {
            return false;
        }
        String lower = path().toLowerCase(Locale.ROOT)
                .replace("%2e", ".")
                .replace("%2f", "/")
                .replace("%5c", "/")
                .replace('\\', '/');
        return Arrays.stream(lower.split("/", -1))
                .map(segment -> segment.split(";", 2)[0])
                .anyMatch(segment -> segment.equals(".") || segment.equals(".."));
    }
}
