package dev.slipway.release.git;

import dev.slipway.contracts.Sha;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.release.application.ApplicationInput;
import dev.slipway.release.application.SourceBranch;
import dev.slipway.release.saga.ReleaseInput;
import dev.slipway.release.saga.Revisions;
import dev.slipway.release.saga.Work;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.errors.RepositoryNotFoundException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.RepositoryCache;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.util.FS;
import org.jspecify.annotations.Nullable;

/** Repositories of this machine, bare or with a working tree that is left alone. */
final class JGitRevisions implements Revisions, SourceBranch {
    private static final String FILE = "file:";
    private static final int HEADS_SHOWN = 5;

    private final GitSettings settings;

    JGitRevisions(GitSettings settings) {
        this.settings = settings;
        IsolatedGit.install();
    }

    @Override
    public ReleaseInput read(Work.ReadRevision read) throws IOException {
        @Nullable File folder = folder(read.source());
        if (folder == null) {
            return new ReleaseInput.RevisionRefused(noRepository(read.source()));
        }
        try (Repository repository = open(folder);
                RevWalk walk = new RevWalk(repository)) {
            return people(repository, walk, read);
        } catch (MissingObjectException | IncorrectObjectTypeException _) {
            return new ReleaseInput.RevisionRefused(
                    "Revision %s is not a commit of %s. Push it, then propose the release again."
                            .formatted(read.sha().brief(), read.source().repository()));
        } catch (RepositoryNotFoundException _) {
            return new ReleaseInput.RevisionRefused(noRepository(read.source()));
        }
    }

    /** Authors and committers of all that the release brings: the revision itself and what the target lacks. */
    private ReleaseInput people(Repository repository, RevWalk walk, Work.ReadRevision read) throws IOException {
        ObjectId named = ObjectId.fromString(read.sha().value());
        RevCommit revision = walk.parseCommit(named);
        if (!revision.equals(named)) { // the object of a tag
            throw new IncorrectObjectTypeException(named, Constants.TYPE_COMMIT);
        }
        List<String> branches = branches(repository, read);
        if (branches.isEmpty()) {
            return new ReleaseInput.RevisionRefused(elsewhere(repository, read));
        }
        SortedSet<String> people = new TreeSet<>();
        add(people, revision);
        walk.markStart(revision);
        Ref target = repository.exactRef(Constants.R_HEADS + read.source().to());
        if (target != null) {
            walk.markUninteresting(walk.parseCommit(target.getObjectId()));
        }
        int commits = 0;
        for (RevCommit commit : walk) {
            add(people, commit);
            if (++commits > settings.commitsMax() || people.size() > settings.peopleMax()) {
                return new ReleaseInput.RevisionRefused(
                        "The release brings more than %d commits or %d people to %s, too many to tell who made it."
                                .formatted(
                                        settings.commitsMax(),
                                        settings.peopleMax(),
                                        read.source().to()));
            }
        }
        return new ReleaseInput.RevisionRead(List.copyOf(people), branches);
    }

    /** The branches that releases are made of on which the revision is, or whose head it is if it must be. */
    private static List<String> branches(Repository repository, Work.ReadRevision read) throws IOException {
        ObjectId revision = ObjectId.fromString(read.sha().value());
        List<String> on = new ArrayList<>();
        try (RevWalk walk = new RevWalk(repository)) {
            for (Ref branch : sources(repository, read.source())) {
                ObjectId head = branch.getObjectId();
                if (head.equals(revision)
                        || (!read.headOnly()
                                && walk.isMergedInto(walk.parseCommit(revision), walk.parseCommit(head)))) {
                    on.add(name(branch));
                }
            }
        }
        return on;
    }

    /** Why the revision is not where releases are made. */
    private static String elsewhere(Repository repository, Work.ReadRevision read) throws IOException {
        List<Ref> sources = sources(repository, read.source());
        String branches = read.source().branches();
        if (sources.isEmpty()) {
            return "There is no branch %s in %s, which the policy makes releases of. Push it, then propose the release again."
                    .formatted(branches, read.source().repository());
        }
        if (!read.headOnly()) {
            return "Revision %s is not on branch %s. Push it there, then propose the release again."
                    .formatted(read.sha().brief(), branches);
        }
        String heads = sources.stream()
                .limit(HEADS_SHOWN)
                .map(branch -> "%s is at %s"
                        .formatted(name(branch), new Sha(branch.getObjectId().name()).brief()))
                .collect(Collectors.joining(", "));
        return "Revision %s is not the head of branch %s: %s. Propose that one; or have the policy say onPush: ignore."
                .formatted(read.sha().brief(), branches, heads);
    }

    /** The branches that releases are made of, by name. */
    private static List<Ref> sources(Repository repository, Policy.Source source) throws IOException {
        if (source.isOneBranch()) {
            Ref branch = repository.exactRef(Constants.R_HEADS + source.from().getFirst());
            return branch == null || branch.getObjectId() == null ? List.of() : List.of(branch);
        }
        return repository.getRefDatabase().getRefsByPrefix(Constants.R_HEADS).stream()
                .filter(branch -> branch.getObjectId() != null && source.takes(name(branch)))
                .toList();
    }

    private static String name(Ref branch) {
        return branch.getName().substring(Constants.R_HEADS.length());
    }

    @Override
    public ApplicationInput.HeadSeen look(Look look) throws IOException {
        @Nullable File folder = folder(look.source());
        if (folder == null) {
            return new ApplicationInput.HeadSeen(look.pushed(), null);
        }
        try (Repository repository = open(folder)) {
            List<Ref> sources = sources(repository, look.source());
            List<String> there = sources.stream()
                    .filter(branch ->
                            branch.getObjectId().name().equals(look.pushed().value()))
                    .map(JGitRevisions::name)
                    .toList();
            @Nullable
            Sha elsewhere = sources.isEmpty()
                    ? null
                    : new Sha(sources.getFirst().getObjectId().name());
            return new ApplicationInput.HeadSeen(look.pushed(), there.isEmpty() ? elsewhere : look.pushed(), there);
        } catch (RepositoryNotFoundException _) {
            return new ApplicationInput.HeadSeen(look.pushed(), null);
        }
    }

    private static void add(SortedSet<String> people, RevCommit commit) {
        people.add(commit.getAuthorIdent().getEmailAddress().toLowerCase(Locale.ROOT));
        people.add(commit.getCommitterIdent().getEmailAddress().toLowerCase(Locale.ROOT));
    }

    @Override
    public ReleaseInput merge(Work.MergeRevision merge) throws IOException {
        @Nullable File folder = folder(merge.source());
        if (folder == null) {
            return new ReleaseInput.MergeRefused(noRepository(merge.source()));
        }
        List<String> refusals = new ArrayList<>();
        try (Repository repository = open(folder)) {
            JGitMerge work = new JGitMerge(repository, settings, merge);
            @Nullable ObjectId merged = work.merge(refusals);
            if (merged != null && work.tag(refusals)) {
                return new ReleaseInput.Merged(new Sha(merged.name()));
            }
            return new ReleaseInput.MergeRefused(String.join(" ", refusals));
        } catch (RepositoryNotFoundException _) {
            return new ReleaseInput.MergeRefused(noRepository(merge.source()));
        }
    }

    private static Repository open(File folder) throws IOException {
        return new FileRepositoryBuilder().setGitDir(folder).setMustExist(true).build();
    }

    /** The repository's own folder; null if the policy names none of this machine. */
    private static @Nullable File folder(Policy.Source source) {
        if (!source.repository().startsWith(FILE)) {
            return null;
        }
        Path path;
        try {
            path = Path.of(URI.create(source.repository()));
        } catch (IllegalArgumentException _) {
            path = Path.of(source.repository().substring(FILE.length()));
        }
        return path.isAbsolute() ? RepositoryCache.FileKey.resolve(path.toFile(), FS.DETECTED) : null;
    }

    private static String noRepository(Policy.Source source) {
        return "There is no Git repository at %s; the policy must name one by file: and an absolute path."
                .formatted(source.repository());
    }
}
