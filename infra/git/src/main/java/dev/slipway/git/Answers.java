package dev.slipway.git;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What Git is asked, and what it answers. Ids are full; texts are sentences for people. */
public final class Answers {
    private Answers() {}

    /**
     * Two branches of a repository.
     *
     * @param repository {@code file:} with an absolute path, or {@code https:}
     * @param from branch that releases are made of
     * @param to branch that they are merged into
     */
    public record Branches(String repository, String from, String to) {}

    /**
     * Read what a release brings.
     *
     * @param headOnly whether the revision must be the head of the source branch; else it must be on that branch
     * @param tag that it is to bear in the end, or null if it is not going to be merged
     * @param commitsMax commits that are read
     * @param peopleMax people who are told
     */
    public record Question(
            Branches branches,
            String revision,
            boolean headOnly,
            @Nullable String tag,
            int commitsMax,
            int peopleMax) {
        public Question {
            Names.requireId(revision);
        }
    }

    /** Whether a revision can be released. */
    public sealed interface Reading {
        /**
         * It can, as far as Git goes; they made it.
         *
         * @param committed when the revision was
         */
        record Read(People people, Instant committed) implements Reading {}

        /** It can not. */
        record Refused(String why) implements Reading {}
    }

    /** Whether a revision merges. */
    public sealed interface Trial {
        /**
         * It does.
         *
         * @param tree id of the tree that the merge makes; that of the target where it is merged already
         * @param already whether the target has it already
         */
        record Clean(String fromHead, String toHead, String tree, boolean already) implements Trial {}

        /**
         * It does not.
         *
         * @param more conflicts beyond those
         * @param commands by which a person resolves it
         */
        record Conflicting(String fromHead, String toHead, List<Conflict> conflicts, int more, List<String> commands)
                implements Trial {
            public Conflicting {
                conflicts = List.copyOf(conflicts);
                commands = List.copyOf(commands);
            }
        }

        /**
         * It cannot be tried.
         *
         * @param mayPass whether a push that is on its way may change that
         */
        record Refused(String why, boolean mayPass) implements Trial {}
    }

    /**
     * Merge a revision and tag it.
     *
     * @param message of the merge commit
     * @param tagMessage of the annotated tag
     * @param name who merges and tags
     * @param email their address
     * @param racesMax how often to merge anew because somebody else moved the branch
     */
    public record Merge(
            Branches branches,
            String revision,
            String tag,
            String message,
            String tagMessage,
            String name,
            String email,
            int racesMax) {
        public Merge {
            Names.requireId(revision);
        }
    }

    /** What came of a merge. */
    public sealed interface Merged {
        /** @param head what the target branch holds now */
        record Done(String head) implements Merged {}

        /** A person has to look. */
        record Refused(String why) implements Merged {}
    }

    /**
     * Where a branch is, and whether a revision is still on it.
     *
     * @param head of the branch; empty if there is no such branch
     * @param reachable whether the revision is that head or an ancestor of it
     */
    public record Standing(Optional<String> head, boolean reachable) {}

    /** Where a revision is among the branches of which releases are made. */
    public sealed interface Placed {
        /**
         * The repository could be read.
         *
         * @param heads of the branches with such names, by name
         * @param on those that the revision is on, in order of their names
         */
        record Found(SortedMap<String, String> heads, List<String> on) implements Placed {
            public Found {
                heads = Collections.unmodifiableSortedMap(new TreeMap<>(heads));
                on = List.copyOf(on);
            }
        }

        /** The repository cannot be used. */
        record Refused(String why) implements Placed {}
    }

    /**
     * What has come to a branch since a revision.
     *
     * @param branches whose history is at hand, those that there are; the first is the one that is asked about
     * @param revision the newest commit that counts; null for the head of the first branch
     * @param since a revision, of which nothing counts; null for the whole history
     * @param tags which tags are told: a name with {@code *} for anything; null for none
     * @param commitsMax commits that are told, the newest, 1 or more
     */
    public record HistoryQuestion(
            String repository,
            List<String> branches,
            @Nullable String revision,
            @Nullable String since,
            @Nullable String tags,
            int commitsMax) {
        public HistoryQuestion {
            branches = List.copyOf(branches);
            if (revision != null) {
                Names.requireId(revision);
            }
            if (since != null) {
                Names.requireId(since);
            }
        }
    }

    /** What has come to a branch. */
    public sealed interface History {
        /**
         * The repository could be read.
         *
         * @param head the newest commit that counts
         * @param commits the newest first
         * @param more whether there are older ones that are not told
         * @param tags names of those that were asked for, sorted
         */
        record Told(String head, List<Commit> commits, boolean more, List<String> tags) implements History {
            public Told {
                commits = List.copyOf(commits);
                tags = List.copyOf(tags);
            }
        }

        /** It cannot be told. */
        record Refused(String why) implements History {}
    }

    /**
     * A commit.
     *
     * @param merge whether it has several parents
     * @param at when it was committed
     * @param message as it stands, its subject first
     */
    public record Commit(String id, boolean merge, Instant at, String message) {}

    /**
     * Whether a tag of a revision is signed by one of these keys.
     *
     * @param sshKeys a line each: type and key
     * @param openPgpKeys armoured blocks of public keys
     */
    public record TagQuestion(
            String repository, String tag, String revision, List<String> sshKeys, List<String> openPgpKeys) {
        public TagQuestion {
            sshKeys = List.copyOf(sshKeys);
            openPgpKeys = List.copyOf(openPgpKeys);
        }
    }

    /** What is to be said of a tag's signature. */
    public sealed interface TagSigned {
        /**
         * It is signed.
         *
         * @param id of the tag itself
         * @param by fingerprint of the key
         */
        record By(String id, String by) implements TagSigned {}

        /** It is there, and nobody of them has signed it. */
        record Not(String why) implements TagSigned {}

        /** There is no such tag so far, or it cannot be told. */
        record Unknown(String why) implements TagSigned {}
    }

    /**
     * What lies in a revision, and what is in some of its files.
     *
     * @param branches which names of branches count, where its objects have to be fetched
     * @param below files and folders below which is looked, a folder with a slash at its end; none for everything
     * @param wanted whose content is read, by path
     */
    public record FilesQuestion(
            String repository,
            Predicate<String> branches,
            String revision,
            List<String> below,
            Predicate<String> wanted,
            FileBounds bounds) {
        public FilesQuestion {
            Names.requireId(revision);
            below = List.copyOf(below);
        }
    }

    /**
     * How much is looked at.
     *
     * @param entriesMax files and folders that are listed, 1 to 1,000,000
     * @param filesMax files that are read, 1 to 10,000
     * @param fileBytesMax largest file that is read; of a larger one that is told
     * @param bytesMax all that is read together
     * @param depthMax folders above a file that is read
     */
    public record FileBounds(int entriesMax, int filesMax, int fileBytesMax, int bytesMax, int depthMax) {}

    /** What lies in a revision. */
    public sealed interface Files {
        /**
         * The revision could be read.
         *
         * @param entries by path, from the top of the repository
         */
        record Told(SortedMap<String, TreeEntry> entries) implements Files {
            public Told {
                entries = Collections.unmodifiableSortedMap(new TreeMap<>(entries));
            }
        }

        /**
         * It cannot be told.
         *
         * @param mayPass whether a push that is on its way may change that
         */
        record Refused(String why, boolean mayPass) implements Files {}
    }

    /**
     * Which files a revision has otherwise than another.
     *
     * @param branches which names of branches count, where its objects have to be fetched
     * @param since the other revision; null for none, of which every file is another
     * @param wanted which paths are told
     * @param entriesMax changed files that are looked through, 1 to 1,000,000
     */
    public record ChangedQuestion(
            String repository,
            Predicate<String> branches,
            String revision,
            @Nullable String since,
            Predicate<String> wanted,
            int entriesMax) {
        public ChangedQuestion {
            Names.requireId(revision);
            if (since != null) {
                Names.requireId(since);
            }
        }
    }

    /** Which files have changed. */
    public sealed interface Changed {
        /**
         * The revision could be read.
         *
         * @param paths of files that were added, changed in content or mode, or taken away, and are wanted; in the order of Git
         * @param since what it was compared with; empty for nothing, also where the other revision is no longer there
         * @param more whether more files have changed than were looked through
         */
        record Told(List<String> paths, Optional<String> since, boolean more) implements Changed {
            public Told {
                paths = List.copyOf(paths);
            }
        }

        /** It cannot be told. */
        record Refused(String why) implements Changed {}
    }

    /**
     * What lies at a path.
     *
     * @param content of a {@link EntryKind#FILE} that was wanted; null for all else
     */
    public record TreeEntry(EntryKind kind, byte @Nullable [] content) {}

    /** What may lie at a path. */
    public enum EntryKind {
        FILE,
        FOLDER,
        /** A symbolic link, which is not followed. */
        LINK,
        /** A commit of another repository. */
        SUBMODULE,
        /** A file that was wanted and is no text: it has a byte 0 within its first 8,000. */
        BINARY,
        /** A file that was wanted and is larger than may be read. */
        TOO_LARGE
    }
}
