package dev.slipway.git;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What may be used and how much of it. In a service these are the settings {@code slipway.git}.
 *
 * @param roots folders that {@code file:} repositories must lie under; none allows none
 * @param hosts hosts that {@code https:} repositories may be on, with their port where it is not 443; none allows none
 * @param otherOwners whether a {@code file:} repository may belong to another user than this process; its own hooks then
 *     run as this one, as with any push to a path
 * @param folder where scratch repositories and copies of {@code https:} ones are; null for a temporary one
 * @param caFile certificates of one's own authority in PEM, or null for the system's
 * @param credentials who to be at which host
 * @param signing what merges and tags are signed with, or null for unsigned ones
 * @param commandWithin longest time of one command, 1 s to 1 h
 * @param fetchWithin longest time of fetching from or pushing to a host, 1 s to 6 h
 * @param outputBytesMax output of one command, bytes, 100,000 to 1,000,000,000
 * @param copiesMax copies of {@code https:} repositories kept at once, 1 to 1,000; the one unused longest goes
 * @param copyBytesMax largest of them, bytes; a larger one is refused
 * @param conflictsShownMax conflicts that an answer tells in full, 1 to 100
 */
public record GitOptions(
        List<String> roots,
        List<String> hosts,
        boolean otherOwners,
        @Nullable Path folder,
        @Nullable Path caFile,
        List<Credential> credentials,
        @Nullable Signing signing,
        Duration commandWithin,
        Duration fetchWithin,
        int outputBytesMax,
        int copiesMax,
        long copyBytesMax,
        int conflictsShownMax) {
    @SuppressWarnings("NullAway") // what is left out in a list of settings arrives as null
    public GitOptions {
        roots = roots == null ? List.of() : List.copyOf(roots);
        hosts = hosts == null ? List.of() : List.copyOf(hosts);
        credentials = credentials == null ? List.of() : List.copyOf(credentials);
        require("command-within", commandWithin, Duration.ofHours(1));
        require("fetch-within", fetchWithin, Duration.ofHours(6));
        require("output-bytes-max", outputBytesMax, 100_000, 1_000_000_000);
        require("copies-max", copiesMax, 1, 1_000);
        require("copy-bytes-max", copyBytesMax, 1, Long.MAX_VALUE);
        require("conflicts-shown-max", conflictsShownMax, 1, 100);
    }

    /**
     * Who to be at a host. The password is only ever a file's, read by git itself when it asks.
     *
     * @param host as among the hosts
     * @param username for example x-access-token
     * @param passwordFile a file that holds nothing else
     */
    public record Credential(String host, String username, Path passwordFile) {
        public Credential {
            if (host.isBlank() || username.isBlank() || username.chars().anyMatch(Character::isISOControl)) {
                throw new IllegalArgumentException("slipway.git.credentials: each needs a host and a username");
            }
        }
    }

    /**
     * How merges and tags are signed.
     *
     * @param format openpgp, ssh or x509, as git's {@code gpg.format}
     * @param key as git's {@code user.signingKey}
     */
    public record Signing(String format, String key) {
        public Signing {
            if (!List.of("openpgp", "ssh", "x509").contains(format) || key.isBlank()) {
                throw new IllegalArgumentException(
                        "slipway.git.signing: the format is openpgp, ssh or x509, and the key is what git takes as user.signingKey; format is "
                                + format);
            }
        }
    }

    /** For a command at a terminal: any repository that belongs to this user, any host. */
    public static GitOptions ofThisUser() {
        return new GitOptions(
                List.of("/"),
                List.of("*"),
                false,
                null,
                null,
                List.of(),
                null,
                Duration.ofMinutes(2),
                Duration.ofMinutes(15),
                64_000_000,
                1,
                Long.MAX_VALUE,
                20);
    }

    private static void require(String what, Duration value, Duration most) {
        if (value.compareTo(Duration.ofSeconds(1)) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(
                    "slipway.git.%s must be 1 s to %d h, is %s".formatted(what, most.toHours(), value));
        }
    }

    private static void require(String what, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "slipway.git.%s must be %,d to %,d, is %,d".formatted(what, least, most, value));
        }
    }
}
