package dev.slipway.validation.merge;

import dev.slipway.contracts.Sha;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.validation.assessment.MergeAnswer;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.errors.NoMergeBaseException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.RepositoryBuilder;
import org.eclipse.jgit.lib.RepositoryCache.FileKey;
import org.eclipse.jgit.merge.MergeStrategy;
import org.eclipse.jgit.merge.ResolveMerger;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.util.FS;

/**
 * Merges in memory with JGit. Branches and working tree stay as they are; objects that the merge makes may be left in the
 * repository, unreferenced, for its next clean-up.
 */
final class GitMergeCheck {
    private final int pathsShownMax;

    /** @param pathsShownMax conflicting files that an answer names */
    GitMergeCheck(int pathsShownMax) {
        this.pathsShownMax = pathsShownMax;
    }

    /**
     * Whether the revision merges.
     *
     * @throws IOException if the repository cannot be read
     */
    MergeAnswer tryMerge(Policy.Source source, Sha sha) throws IOException {
        Optional<File> folder = folder(source.repository());
        if (folder.isEmpty()) {
            return new MergeAnswer.Missing(
                    "Only repositories under file: can be read so far, not " + source.repository());
        }
        File git = FileKey.resolve(folder.get(), FS.DETECTED);
        if (git == null) {
            throw new IOException("There is no Git repository at " + source.repository());
        }
        try (Repository repository = new RepositoryBuilder()
                        .setGitDir(git)
                        .setMustExist(true)
                        .build();
                RevWalk walk = new RevWalk(repository)) {
            return tryMerge(repository, walk, source, sha);
        }
    }

    private MergeAnswer tryMerge(Repository repository, RevWalk walk, Policy.Source source, Sha sha)
            throws IOException {
        List<Ref> from = sources(repository, source);
        Ref to = repository.exactRef(Constants.R_HEADS + source.to());
        if (from.isEmpty() || to == null) {
            return new MergeAnswer.Missing("There is no branch " + (from.isEmpty() ? source.branches() : source.to()));
        }
        RevCommit toHead = walk.parseCommit(to.getObjectId());
        RevCommit released;
        try {
            released = walk.parseCommit(ObjectId.fromString(sha.value()));
        } catch (MissingObjectException | IncorrectObjectTypeException notThere) {
            return new MergeAnswer.Missing("There is no commit " + sha.brief());
        }
        for (Ref branch : from) {
            RevCommit fromHead = walk.parseCommit(branch.getObjectId());
            if (walk.isMergedInto(released, fromHead)) {
                return merge(repository, fromHead, toHead, released);
            }
        }
        return new MergeAnswer.Missing(
                "The commit %s is not on the branch %s".formatted(sha.brief(), source.branches()));
    }

    /** The branches that releases are made of. */
    private static List<Ref> sources(Repository repository, Policy.Source source) throws IOException {
        return repository.getRefDatabase().getRefsByPrefix(Constants.R_HEADS).stream()
                .filter(ref ->
                        ref.getObjectId() != null && source.takes(ref.getName().substring(Constants.R_HEADS.length())))
                .toList();
    }

    private MergeAnswer merge(Repository repository, RevCommit fromHead, RevCommit toHead, RevCommit released)
            throws IOException {
        ResolveMerger merger = (ResolveMerger) MergeStrategy.RECURSIVE.newMerger(repository, true);
        try {
            if (merger.merge(toHead, released)) {
                return new MergeAnswer.Clean(fromHead.name(), toHead.name());
            }
        } catch (NoMergeBaseException unrelated) {
            return new MergeAnswer.Conflicting(
                    fromHead.name(),
                    toHead.name(),
                    List.of("(the branches have no base that they can be merged from)"));
        }
        List<String> paths = merger.getUnmergedPaths().stream().sorted().toList();
        List<String> shown = paths.size() <= pathsShownMax ? paths : paths.subList(0, pathsShownMax);
        return new MergeAnswer.Conflicting(fromHead.name(), toHead.name(), shown);
    }

    private static Optional<File> folder(String repository) {
        try {
            URI address = URI.create(repository);
            return "file".equals(address.getScheme()) && address.getPath() != null
                    ? Optional.of(Path.of(address.getPath()).toFile())
                    : Optional.empty();
        } catch (IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }
}
