package dev.slipway.git;

import dev.slipway.git.RepositoryAddress.Local;
import dev.slipway.git.RepositoryAddress.Remote;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Where repositories may be: {@code file:} ones under a root, {@code https:} ones on a host of the list. Asked when a policy
 * comes, and again whenever a repository is used.
 */
public final class Places {
    private static final String ANY = "*";

    private final List<Path> roots;
    private final List<String> hosts;

    /**
     * @param roots absolute folders
     * @param hosts names, with their port where it is not 443; {@code *} for any
     */
    public Places(List<String> roots, List<String> hosts) {
        this.roots = roots.stream()
                .filter(root -> !root.isBlank())
                .map(root -> Path.of(root.strip()).normalize())
                .toList();
        this.hosts = hosts.stream()
                .map(host -> host.strip().toLowerCase(Locale.ROOT))
                .filter(host -> !host.isEmpty())
                .toList();
        for (Path root : this.roots) {
            if (!root.isAbsolute()) {
                throw new IllegalArgumentException("slipway.git.roots: %s must be absolute".formatted(root));
            }
        }
    }

    /** Why a repository may not be used, in a sentence with the remedy; empty if it may. It need not be there yet. */
    public Optional<String> refusal(String repository) {
        try {
            admit(repository);
            return Optional.empty();
        } catch (Refused refused) {
            return Optional.of(refused.reason());
        }
    }

    RepositoryAddress admit(String repository) throws Refused {
        RepositoryAddress address = RepositoryAddress.of(repository);
        switch (address) {
            case Local local -> requireUnderRoot(local);
            case Remote remote -> requireKnownHost(remote);
        }
        return address;
    }

    private void requireUnderRoot(Local local) throws Refused {
        if (roots.isEmpty()) {
            throw Refused.forGood(
                    "No folder is set for file: repositories; an administrator sets slipway.git.roots (on one machine: ./slipway allow --folder FOLDER)");
        }
        Path real = real(local.path());
        if (roots.stream().noneMatch(root -> real.startsWith(real(root)))) {
            throw Refused.forGood(
                    "%s lies outside of %s, where repositories may be; move it there, or have an administrator add its folder to slipway.git.roots (on one machine: ./slipway allow --folder FOLDER)"
                            .formatted(local.path(), shown(roots)));
        }
    }

    private void requireKnownHost(Remote remote) throws Refused {
        if (hosts.contains(ANY) || hosts.contains(remote.host())) {
            return;
        }
        throw Refused.forGood(
                hosts.isEmpty()
                        ? "No host is set for https: repositories; an administrator sets slipway.git.hosts (on one machine: ./slipway allow --host HOST)"
                        : "%s is not among the hosts that repositories may be on (%s); an administrator adds it to slipway.git.hosts (on one machine: ./slipway allow --host HOST)"
                                .formatted(remote.host(), shown(hosts)));
    }

    private static String shown(List<?> all) {
        return String.join(", ", all.stream().limit(10).map(Object::toString).toList());
    }

    /** Where links lead, also where the last parts are not there yet. */
    private static Path real(Path path) {
        for (Path there = path; there != null; there = there.getParent()) {
            try {
                return there.toRealPath().resolve(there.relativize(path)).normalize();
            } catch (IOException _) {
                // the part above may be there
            }
        }
        return path;
    }
}
