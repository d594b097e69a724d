package dev.slipway.cli.ci;

import dev.slipway.cli.release.PolicyFile;
import dev.slipway.cli.shell.CommandFailed;
import dev.slipway.cli.shell.ExitCode;
import dev.slipway.contracts.Sha;
import dev.slipway.git.GitMissing;
import dev.slipway.git.GitProgram;
import dev.slipway.git.GitTrouble;
import dev.slipway.git.OwnRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where a command is run: the policy and the revision that it means if nobody says which. */
public final class Workplace {
    /** What a policy is called if nobody says how. */
    public static final String POLICY = "slipway.yaml";

    private static final Pattern FULL = Pattern.compile("[0-9a-f]{40}([0-9a-f]{24})?");

    private final Path folder;

    public Workplace(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    /** The nearest {@code slipway.yaml}, here or above. */
    public Optional<Path> policy() {
        for (Path at = folder; at != null; at = at.getParent()) {
            if (Files.isRegularFile(at.resolve(POLICY))) {
                return Optional.of(at.resolve(POLICY));
            }
        }
        return Optional.empty();
    }

    /** What was named, else what the policy here is for. */
    public String application(@Nullable String named) {
        if (named != null) {
            return named;
        }
        return policy().map(file -> PolicyFile.read(file).application())
                .orElseThrow(() -> new CommandFailed(
                        ExitCode.USAGE,
                        "which application? There is no %s in %s or above: say --application NAME, or write one with ./slipway init"
                                .formatted(POLICY, folder)));
    }

    /** What was named, in full, else the commit that is checked out here. */
    public Sha sha(@Nullable String named) {
        Optional<OwnRepository> around = around(named);
        if (around.isEmpty()) {
            return named == null ? without() : new Sha(named); // whoever is nowhere near a repository gives all of it
        }
        try {
            String revision = named == null ? "HEAD" : named;
            Optional<String> commit = around.get().commit(revision);
            if (commit.isPresent()) {
                return new Sha(commit.get());
            }
            if (named != null && FULL.matcher(named).matches()) {
                return new Sha(named); // it need not have been fetched here
            }
            throw new CommandFailed(
                    ExitCode.USAGE,
                    named == null
                            ? "%s has no commit yet: commit first"
                                    .formatted(around.get().root())
                            : "%s is no commit of %s: give a sha, a branch or a tag"
                                    .formatted(named, around.get().root()));
        } catch (GitTrouble unreadable) {
            throw new CommandFailed(ExitCode.USAGE, String.valueOf(unreadable.getMessage()), unreadable);
        }
    }

    /** The repository here; none, too, where there is no git program but all of the sha was given. */
    private Optional<OwnRepository> around(@Nullable String named) {
        try {
            return OwnRepository.around(GitProgram.find(), folder);
        } catch (GitMissing missing) {
            if (named != null && FULL.matcher(named).matches()) {
                return Optional.empty();
            }
            throw new CommandFailed(ExitCode.USAGE, String.valueOf(missing.getMessage()), missing);
        } catch (GitTrouble unusable) {
            throw new CommandFailed(ExitCode.USAGE, String.valueOf(unusable.getMessage()), unusable);
        }
    }

    private Sha without() {
        throw new CommandFailed(
                ExitCode.USAGE, "which revision? %s is in no Git repository: say --sha SHA".formatted(folder));
    }

    /** Those of the files that belong to the repository and differ from the commit: what is released is not what it says. */
    public List<Path> uncommitted(List<Path> files) {
        try {
            Optional<OwnRepository> around = OwnRepository.around(GitProgram.find(), folder);
            return around.isEmpty()
                    ? List.of()
                    : files.stream().filter(file -> changed(around.get(), file)).toList();
        } catch (GitMissing | GitTrouble unknown) {
            return List.of(); // a hint, not a rule
        }
    }

    private static boolean changed(OwnRepository repository, Path file) {
        try {
            Path real = file.toRealPath();
            return real.startsWith(repository.root().toRealPath())
                    && repository
                            .ask(
                                    "status",
                                    "--porcelain",
                                    "--untracked-files=no",
                                    "--ignore-submodules=all",
                                    "--",
                                    ":(literal,top)"
                                            + repository.root().toRealPath().relativize(real))
                            .filter(status -> !status.isEmpty())
                            .isPresent();
        } catch (IOException unknown) {
            return false;
        }
    }
}
