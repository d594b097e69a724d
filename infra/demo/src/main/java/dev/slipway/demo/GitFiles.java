package dev.slipway.demo;

import dev.slipway.demo.SampleRepository.Signatures;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheEditor;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;

/** Reads and commits text files in a Git repository that has no working tree. */
final class GitFiles {
    private static final int FILES_MAX = 500;
    private static final int FILE_BYTES_MAX = 1 << 20;

    private GitFiles() {}

    static Optional<ObjectId> head(Repository git, String branch) throws IOException {
        return Optional.ofNullable(git.resolve(Constants.R_HEADS + branch));
    }

    /**
     * The files of a commit by path.
     *
     * @throws IOException if the commit is not there, or holds more or larger files than a sample may, or other things
     *     than plain files
     */
    static Map<String, String> read(Repository git, ObjectId commit) throws IOException {
        try (RevWalk commits = new RevWalk(git);
                TreeWalk tree = new TreeWalk(git)) {
            tree.addTree(commits.parseCommit(commit).getTree());
            tree.setRecursive(true);
            Map<String, String> files = new TreeMap<>();
            while (tree.next()) {
                String file = tree.getPathString();
                if (!FileMode.REGULAR_FILE.equals(tree.getFileMode(0)) || files.size() == FILES_MAX) {
                    throw new IOException(
                            "only up to %d plain files are checked out, not %s".formatted(FILES_MAX, file));
                }
                byte[] content = git.open(tree.getObjectId(0)).getBytes(FILE_BYTES_MAX);
                files.put(file, new String(content, StandardCharsets.UTF_8));
            }
            return files;
        }
    }

    /** Adds a commit with the changed files to a branch, which need not exist yet. */
    static ObjectId commit(
            Repository git, String branch, Map<String, String> changed, String message, Signatures signatures)
            throws IOException {
        Optional<ObjectId> parent = head(git, branch);
        try (ObjectInserter inserter = git.newObjectInserter()) {
            DirCache files = filesOf(git, parent);
            DirCacheEditor editor = files.editor();
            for (Map.Entry<String, String> file : changed.entrySet()) {
                ObjectId blob =
                        inserter.insert(Constants.OBJ_BLOB, file.getValue().getBytes(StandardCharsets.UTF_8));
                editor.add(new Put(file.getKey(), blob));
            }
            editor.finish();
            CommitBuilder commit = new CommitBuilder();
            commit.setTreeId(files.writeTree(inserter));
            parent.ifPresent(commit::setParentId);
            commit.setAuthor(signatures.author());
            commit.setCommitter(signatures.committer());
            commit.setMessage(message);
            ObjectId id = inserter.insert(commit);
            inserter.flush();
            move(git, branch, parent.orElse(ObjectId.zeroId()), id);
            return id;
        }
    }

    static void branch(Repository git, String branch, ObjectId commit) throws IOException {
        move(git, branch, ObjectId.zeroId(), commit);
    }

    private static DirCache filesOf(Repository git, Optional<ObjectId> commit) throws IOException {
        if (commit.isEmpty()) {
            return DirCache.newInCore();
        }
        try (ObjectReader reader = git.newObjectReader();
                RevWalk commits = new RevWalk(reader)) {
            return DirCache.read(reader, commits.parseCommit(commit.get()).getTree());
        }
    }

    private static void move(Repository git, String branch, ObjectId from, ObjectId to) throws IOException {
        RefUpdate update = git.updateRef(Constants.R_HEADS + branch);
        update.setExpectedOldObjectId(from);
        update.setNewObjectId(to);
        RefUpdate.Result result = update.update();
        switch (result) {
            case NEW, FAST_FORWARD -> {}
            default -> throw new IllegalStateException("branch %s moved meanwhile (%s)".formatted(branch, result));
        }
    }

    private static final class Put extends DirCacheEditor.PathEdit {
        private final ObjectId blob;

        Put(String path, ObjectId blob) {
            super(path);
            this.blob = blob;
        }

        @Override
        public void apply(DirCacheEntry entry) {
            entry.setFileMode(FileMode.REGULAR_FILE);
            entry.setObjectId(blob);
        }
    }
}
