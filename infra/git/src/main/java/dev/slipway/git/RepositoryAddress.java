package dev.slipway.git;

import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;

/** Where a repository is, read from what a policy says. */
sealed interface RepositoryAddress {
    /** For people and for commands that they type. */
    String shown();

    /** On this machine, absolute. */
    record Local(Path path) implements RepositoryAddress {
        @Override
        public String shown() {
            return path.toString();
        }
    }

    /** On another one, over TLS; names no user. */
    record Remote(URI uri) implements RepositoryAddress {
        @Override
        public String shown() {
            return uri.toString();
        }

        /** As among the configured hosts: with its port unless that is 443. */
        String host() {
            String host = uri.getHost().toLowerCase(Locale.ROOT);
            return uri.getPort() == -1 || uri.getPort() == 443 ? host : host + ":" + uri.getPort();
        }
    }

    /** @throws Refused if it says nothing that could be used */
    static RepositoryAddress of(String repository) throws Refused {
        if (repository.startsWith("file:")) {
            return local(repository);
        }
        if (repository.startsWith("https:")) {
            return remote(repository);
        }
        throw Refused.forGood(
                "a repository is file: with an absolute path, or https:, not " + Words.shown(repository, 200));
    }

    private static RepositoryAddress local(String repository) throws Refused {
        Path path;
        try {
            path = Path.of(localPath(repository));
        } catch (InvalidPathException _) {
            throw noPath(repository);
        }
        if (!path.isAbsolute() || path.toString().chars().anyMatch(Character::isISOControl)) {
            throw noPath(repository);
        }
        return new Local(path.normalize());
    }

    private static Refused noPath(String repository) {
        return Refused.forGood(
                "There is no Git repository at %s; the policy must name one by file: and an absolute path."
                        .formatted(Words.shown(repository, 200)));
    }

    /** A URI where it is one; what is none, as it has a blank or a stray percent sign, is a path as it stands. */
    private static String localPath(String repository) throws Refused {
        try {
            URI uri = new URI(repository);
            String host = uri.getRawAuthority();
            if (host != null && !host.isEmpty() && !host.equalsIgnoreCase("localhost")) {
                throw Refused.forGood("%s names another machine; a file: repository is on this one"
                        .formatted(Words.shown(repository, 200)));
            }
            if (uri.getPath() != null && uri.getRawQuery() == null && uri.getRawFragment() == null) {
                return uri.getPath();
            }
        } catch (java.net.URISyntaxException _) {
            // taken as it stands
        }
        String path = repository.substring("file:".length());
        if (path.startsWith("//localhost/")) {
            return path.substring("//localhost".length());
        }
        return path.startsWith("///") ? path.substring(2) : path;
    }

    private static RepositoryAddress remote(String repository) throws Refused {
        try {
            URI uri = new URI(repository);
            if (uri.getRawUserInfo() != null) {
                throw Refused.forGood(
                        "An https: repository names no user and no password; an administrator gives them for its host under slipway.git.credentials");
            }
            String path = uri.getRawPath();
            boolean usable = uri.getHost() != null
                    && path != null
                    && path.length() > 1
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null;
            if (usable) {
                return new Remote(uri);
            }
        } catch (java.net.URISyntaxException _) {
            // said below
        }
        throw Refused.forGood("An https: repository is https://HOST/PATH without query or fragment, not "
                + Words.shown(repository, 200));
    }
}
