package dev.slipway.cli.ci;

import dev.slipway.cli.release.PolicyFile;
import dev.slipway.cli.shell.CommandFailed;
import dev.slipway.cli.shell.ExitCode;
import dev.slipway.contracts.Sha;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.Status;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.jspecify.annotations.Nullable;

/** Where a command is run: the policy and the revision that it means if nobody says which. */
public final class Workplace {
    /** What a policy is called if nobody says how. */
    public static final String POLICY = "slipway.yaml";

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
        try (Repository repository = open()) {
            @Nullable ObjectId commit = repository.resolve((named == null ? "HEAD" : named) + "^{commit}");
            if (commit != null) {
                return new Sha(commit.name());
            }
            throw new CommandFailed(
                    ExitCode.USAGE,
                    named == null
                            ? "%s has no commit yet: commit first".formatted(repository.getDirectory())
                            : "%s is no commit of %s: give a sha, a branch or a tag"
                                    .formatted(named, repository.getDirectory()));
        } catch (IOException | IllegalArgumentException unusable) {
            return named == null ? without() : new Sha(named); // whoever is nowhere near a repository gives all of it
        }
    }

    private Sha without() {
        throw new CommandFailed(
                ExitCode.USAGE, "which revision? %s is in no Git repository: say --sha SHA".formatted(folder));
    }

    /** Those of the files that belong to the repository and differ from the commit: what is released is not what it says. */
    public List<Path> uncommitted(List<Path> files) {
        try (Repository repository = open()) {
            if (repository.isBare()) {
                return List.of();
            }
            Path root = repository.getWorkTree().toPath().toRealPath();
            return files.stream()
                    .filter(file -> changed(repository, root, file))
                    .toList();
        } catch (IOException | IllegalArgumentException noRepository) {
            return List.of();
        }
    }

    private static boolean changed(Repository repository, Path root, Path file) {
        try {
            Path real = file.toRealPath();
            if (!real.startsWith(root)) {
                return false;
            }
            String path = root.relativize(real).toString();
            Status status = Git.wrap(repository).status().addPath(path).call();
            return status.getModified().contains(path)
                    || status.getChanged().contains(path)
                    || status.getAdded().contains(path);
        } catch (IOException | GitAPIException unknown) {
            return false; // a hint, not a rule
        }
    }

    private Repository open() throws IOException {
        return new FileRepositoryBuilder()
                .findGitDir(folder.toFile())
                .setMustExist(true)
                .build();
    }
}
