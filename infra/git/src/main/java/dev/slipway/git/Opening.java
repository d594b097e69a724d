package dev.slipway.git;

import dev.slipway.git.Opened.LocalFolder;
import dev.slipway.git.RepositoryAddress.Local;
import dev.slipway.git.RepositoryAddress.Remote;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/** Opens repositories: checks that they may be used and can be, and makes the scratch repository beside them. */
final class Opening implements AutoCloseable {
    private static final int INFO_BYTES_MAX = 1 << 20;

    private final GitOptions options;
    private final GitRunner runner;
    private final Places places;
    private final Folders folders;
    private final Map<String, ReentrantLock> copiesInUse = new ConcurrentHashMap<>();

    Opening(GitProgram program, GitOptions options) {
        this.options = options;
        this.runner = new GitRunner(program.path(), options.outputBytesMax());
        this.places = new Places(options.roots(), options.hosts());
        this.folders = new Folders(options.folder());
    }

    /** @throws Refused if it may not be used, is none, or cannot be used as it is */
    Opened open(String repository) throws GitTrouble, Refused {
        RepositoryAddress address = places.admit(repository);
        try {
            Scratch scratch = new Scratch(runner, options.commandWithin(), folders.scratch());
            boolean opened = false;
            try {
                Opened result = switch (address) {
                    case Local local -> open(local, scratch);
                    case Remote remote -> open(remote, scratch);
                };
                opened = true;
                return result;
            } finally {
                if (!opened) {
                    scratch.close();
                }
            }
        } catch (IOException broken) {
            throw Opened.unusable(broken);
        }
    }

    private Opened open(Local local, Scratch scratch) throws IOException, Refused {
        Path found = gitDir(local);
        GitRunner.Ran said = scratch.elsewhere(
                found,
                "rev-parse",
                "--path-format=absolute",
                "--git-common-dir",
                "--git-path",
                "objects",
                "--show-object-format",
                "--is-shallow-repository",
                "--is-bare-repository");
        List<String> facts = Folders.lines(said.text());
        if (said.exit() != 0 || facts.size() != 5) {
            throw none(local, Words.ofErrors(said.err()));
        }
        Path gitDir = Path.of(facts.get(0));
        requireOwner(local, gitDir);
        if (facts.get(3).equals("true")) {
            throw Refused.forGood(
                    "%s is a shallow clone, which lacks the history that a merge needs: git -C %s fetch --unshallow"
                            .formatted(local.path(), Names.quoted(local.path().toString())));
        }
        scratch.format(facts.get(2));
        scratch.borrow(Path.of(facts.get(1)));
        copyAttributes(gitDir, scratch);
        scratch.environment("GIT_ALLOW_PROTOCOL", "file");
        if (options.otherOwners()) {
            scratch.user("[safe]\n\tdirectory = \"%s\"\n".formatted(escaped(gitDir.toString())));
        }
        LocalFolder folder = new LocalFolder(gitDir, facts.get(4).equals("true"));
        return new Opened(local, gitDir.toString(), folder, null, scratch, options.commandWithin());
    }

    /** As git itself tries what it is given for a path. */
    private static Path gitDir(Local local) throws Refused {
        Path path = local.path();
        for (Path candidate :
                List.of(path.resolve(".git"), path, Path.of(path + ".git", ".git"), Path.of(path + ".git"))) {
            if (Files.isRegularFile(candidate) || Files.exists(candidate.resolve("HEAD"))) {
                return candidate;
            }
        }
        throw none(local, "");
    }

    private static Refused none(Local local, String words) {
        return Refused.forGood(
                "There is no Git repository at %s; the policy must name one by file: and an absolute path.%s"
                        .formatted(local.path(), words.isEmpty() ? "" : " Git says: " + words));
    }

    private void requireOwner(Local local, Path gitDir) throws IOException, Refused {
        String owner = Files.getOwner(gitDir).getName();
        if (!options.otherOwners() && !owner.equals(folders.owner())) {
            throw Refused.forGood(
                    "%s belongs to %s and Slipway runs as %s, so Git calls its ownership dubious; an administrator who trusts it, hooks included, sets slipway.git.other-owners to true"
                            .formatted(local.path(), owner, folders.owner()));
        }
    }

    /** Those that hold for the whole repository beside what is committed. */
    private static void copyAttributes(Path gitDir, Scratch scratch) throws IOException {
        Path attributes = gitDir.resolve("info/attributes");
        if (Files.isRegularFile(attributes) && Files.size(attributes) <= INFO_BYTES_MAX) {
            Files.createDirectories(scratch.gitDir().resolve("info"));
            Files.copy(attributes, scratch.gitDir().resolve("info/attributes"));
        }
    }

    private Opened open(Remote remote, Scratch scratch) throws IOException, Refused {
        scratch.environment("GIT_ALLOW_PROTOCOL", "https");
        if (options.caFile() != null) {
            scratch.environment(
                    "GIT_SSL_CAINFO", options.caFile().toAbsolutePath().toString());
        }
        for (GitOptions.Credential credential : options.credentials()) {
            if (credential.host().equalsIgnoreCase(remote.host())) {
                introduce(remote, credential, scratch);
            }
        }
        Path copies = folders.copies();
        String name = digest(remote.shown());
        makeRoom(copies, name);
        ReentrantLock lock = copiesInUse.computeIfAbsent(name, _ -> new ReentrantLock());
        Copy copy = Copy.hold(copies.resolve(name), options.copyBytesMax(), lock);
        return new Opened(remote, remote.shown(), null, copy, scratch, options.fetchWithin());
    }

    /** The password is read by the shell that git starts when it is asked for one, and stands in no file of ours. */
    private static void introduce(Remote remote, GitOptions.Credential credential, Scratch scratch)
            throws IOException, Refused {
        if (!Files.isReadable(credential.passwordFile())) {
            throw new GitTrouble(
                    "the password file for %s cannot be read: %s".formatted(remote.host(), credential.passwordFile()));
        }
        scratch.environment(
                "SLIPWAY_GIT_PASSWORD_FILE",
                credential.passwordFile().toAbsolutePath().toString());
        scratch.user("""
                [credential "https://%s"]
                \tusername = "%s"
                \thelper = "!f() { test \\"$1\\" = get || return; IFS= read -r word <\\"$SLIPWAY_GIT_PASSWORD_FILE\\" || :; printf 'password=%%s\\\\n' \\"$word\\"; }; f"
                """.formatted(remote.host(), escaped(credential.username())));
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"");
    }

    /** Those that nobody has looked at for longest go, but for the one that is wanted now and those in use. */
    private void makeRoom(Path copies, String wanted) throws IOException {
        List<Path> kept;
        try (Stream<Path> all = Files.list(copies)) {
            kept = all.filter(Files::isDirectory)
                    .filter(path -> !path.getFileName().toString().startsWith(wanted))
                    .sorted(Comparator.comparingLong(path -> path.toFile().lastModified()))
                    .toList();
        }
        for (int i = 0; i <= kept.size() - options.copiesMax(); i++) {
            String name = kept.get(i).getFileName().toString().replaceFirst("-sha(1|256)$", "");
            ReentrantLock lock = copiesInUse.computeIfAbsent(name, _ -> new ReentrantLock());
            if (lock.tryLock()) {
                try {
                    Folders.delete(kept.get(i));
                } finally {
                    lock.unlock();
                }
            }
        }
    }

    static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public void close() {
        folders.close();
    }
}
