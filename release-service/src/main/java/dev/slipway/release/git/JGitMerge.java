package dev.slipway.release.git;

import dev.slipway.release.saga.Work;
import java.io.IOException;
import java.util.List;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.TagBuilder;
import org.eclipse.jgit.merge.MergeStrategy;
import org.eclipse.jgit.merge.ThreeWayMerger;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.jspecify.annotations.Nullable;

/** One merge, in core: no checkout, and references move only from the value that was seen. */
final class JGitMerge {
    private final Repository repository;
    private final GitSettings settings;
    private final Work.MergeRevision work;
    private final ObjectId released;
    private final String target;

    JGitMerge(Repository repository, GitSettings settings, Work.MergeRevision work) {
        this.repository = repository;
        this.settings = settings;
        this.work = work;
        this.released = ObjectId.fromString(work.sha().value());
        this.target = Constants.R_HEADS + work.source().to();
    }

    /** What the target branch holds afterwards; null, with a refusal, if a person has to look. */
    @Nullable
    ObjectId merge(List<String> refusals) throws IOException {
        if (!Repository.isValidRefName(target)) {
            return refuse(refusals, "has no legal name");
        }
        for (int races = 0; races < settings.racesMax(); races++) {
            try (RevWalk walk = new RevWalk(repository)) {
                RevCommit revision = walk.parseCommit(released);
                Ref head = repository.exactRef(target);
                if (head == null) {
                    if (move(ObjectId.zeroId(), released)) {
                        return released;
                    }
                    continue;
                }
                RevCommit onto = walk.parseCommit(head.getObjectId());
                if (walk.isMergedInto(revision, onto)) {
                    return onto;
                }
                @Nullable ObjectId merged = commit(onto, revision);
                if (merged == null) {
                    return refuse(refusals, "conflicts with the release; merge it by hand");
                }
                if (move(onto, merged)) {
                    return merged;
                }
            } catch (MissingObjectException | IncorrectObjectTypeException _) {
                return refuse(refusals, "cannot take a revision that the repository does not have");
            }
        }
        return refuse(refusals, "moved each time the release was to be merged");
    }

    private @Nullable ObjectId refuse(List<String> refusals, String why) {
        refusals.add("Branch %s %s.".formatted(work.source().to(), why));
        return null;
    }

    /** A merge commit; null if there are conflicts. */
    private @Nullable ObjectId commit(RevCommit onto, RevCommit revision) throws IOException {
        ThreeWayMerger merger = MergeStrategy.RECURSIVE.newMerger(repository, true);
        if (!merger.merge(onto, revision)) {
            return null;
        }
        CommitBuilder commit = new CommitBuilder();
        commit.setTreeId(merger.getResultTreeId());
        commit.setParentIds(onto, revision);
        commit.setAuthor(committer());
        commit.setCommitter(committer());
        commit.setMessage("chore(release): merge %s into %s\n"
                .formatted(work.release(), work.source().to()));
        try (ObjectInserter inserter = repository.newObjectInserter()) {
            ObjectId id = inserter.insert(commit);
            inserter.flush();
            return id;
        }
    }

    private boolean move(ObjectId from, ObjectId to) throws IOException {
        return update(target, from, to, "slipway: " + work.release());
    }

    /** Tags the released revision; false, with a refusal, if the tag stands elsewhere. */
    boolean tag(List<String> refusals) throws IOException {
        String name = Constants.R_TAGS + work.tag();
        if (!Repository.isValidRefName(name)) {
            refusals.add(work.tag() + " is not a legal tag name.");
            return false;
        }
        if (repository.exactRef(name) == null && update(name, ObjectId.zeroId(), annotation(), "")) {
            return true;
        }
        Ref there = repository.exactRef(name);
        ObjectId tagged = there == null ? null : peeled(there);
        if (released.equals(tagged)) {
            return true;
        }
        refusals.add("Tag %s stands at another revision; move it by hand.".formatted(work.tag()));
        return false;
    }

    private @Nullable ObjectId peeled(Ref tag) throws IOException {
        ObjectId peeled = repository.getRefDatabase().peel(tag).getPeeledObjectId();
        return peeled == null ? tag.getObjectId() : peeled;
    }

    private ObjectId annotation() throws IOException {
        TagBuilder tag = new TagBuilder();
        tag.setTag(work.tag());
        tag.setObjectId(released, Constants.OBJ_COMMIT);
        tag.setTagger(committer());
        tag.setMessage("Release " + work.release() + "\n");
        try (ObjectInserter inserter = repository.newObjectInserter()) {
            ObjectId id = inserter.insert(tag);
            inserter.flush();
            return id;
        }
    }

    private boolean update(String name, ObjectId from, ObjectId to, String message) throws IOException {
        RefUpdate update = repository.updateRef(name);
        update.setExpectedOldObjectId(from);
        update.setNewObjectId(to);
        update.setRefLogIdent(committer());
        update.setRefLogMessage(message, false);
        return switch (update.update()) {
            case NEW, FAST_FORWARD, NO_CHANGE -> true;
            case LOCK_FAILURE -> {
                if (stands(name, from)) {
                    throw new IOException(name + " is locked by somebody else");
                }
                yield false;
            }
            case REJECTED -> false;
            case NOT_ATTEMPTED,
                    FORCED,
                    REJECTED_CURRENT_BRANCH,
                    IO_FAILURE,
                    RENAMED,
                    REJECTED_MISSING_OBJECT,
                    REJECTED_OTHER_REASON -> throw new IOException(name + " could not be moved: " + update.getResult());
        };
    }

    private boolean stands(String name, ObjectId at) throws IOException {
        Ref there = repository.exactRef(name);
        return at.equals(there == null ? ObjectId.zeroId() : there.getObjectId());
    }

    private PersonIdent committer() {
        return new PersonIdent(settings.committerName(), settings.committerEmail());
    }
}
