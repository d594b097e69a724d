package dev.slipway.deployment.target;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Where artifacts may come from: files below the administrator's roots, and hosts of the administrator's list. What is not
 * listed is refused, so that a proposal cannot have this service read any file or ask any host.
 *
 * @param roots folders that {@code file:} artifacts must lie under once links are followed; none allows none
 * @param hosts hosts that {@code https:} artifacts may come from, redirects too, with their port where it is not 443;
 *     none allows none
 */
record ArtifactSources(List<Path> roots, List<String> hosts) {
    private static final int HTTPS_PORT = 443;

    ArtifactSources {
        roots = List.copyOf(roots);
        hosts = hosts.stream().map(host -> host.toLowerCase(Locale.ROOT)).toList();
    }

    /**
     * The artifact's file.
     *
     * @throws ArtifactStore.NoSuchArtifact if it is none, or lies elsewhere; the message names the remedy
     */
    Path file(URI uri) throws IOException {
        Path file = path(uri);
        if (!Files.isRegularFile(file)) {
            throw new ArtifactStore.NoSuchArtifact("There is no artifact at " + uri);
        }
        Path real = file.toRealPath();
        for (Path root : roots) {
            if (Files.isDirectory(root) && real.startsWith(root.toRealPath())) {
                return real;
            }
        }
        throw new ArtifactStore.NoSuchArtifact(
                "%s lies outside the folders that artifacts may come from (slipway.targets.artifact-roots: %s): put it there, or have the administrator add its folder (on one machine: ./slipway allow --folder FOLDER)"
                        .formatted(uri, roots.isEmpty() ? "none" : roots));
    }

    /** @throws ArtifactStore.NoSuchArtifact if the host is not listed; the message names the remedy */
    void requireHost(URI uri) {
        String host = String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT);
        boolean plain = uri.getPort() < 0 || uri.getPort() == HTTPS_PORT;
        String asked = plain ? host : host + ":" + uri.getPort();
        if (!"https".equalsIgnoreCase(uri.getScheme()) || !hosts.contains(asked)) {
            throw new ArtifactStore.NoSuchArtifact(
                    "%s is no host that artifacts may come from (slipway.targets.artifact-hosts: %s): the administrator may add it (on one machine: ./slipway allow --host HOST)"
                            .formatted(asked, hosts.isEmpty() ? "none" : hosts));
        }
    }

    private static Path path(URI uri) {
        try {
            return Path.of(uri);
        } catch (IllegalArgumentException strange) {
            throw new ArtifactStore.NoSuchArtifact("Not a file of this machine: " + uri);
        }
    }
}
