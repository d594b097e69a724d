package dev.slipway.release.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.Sha;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.release.saga.ReleaseInput;
import dev.slipway.release.saga.Work;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.TagBuilder;
import org.eclipse.jgit.lib.TreeFormatter;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Merging into a bare repository in which others are at work as well. */
final class JGitMergeTest {
    private static final GitSettings SETTINGS = new GitSettings(100, 10, 3, "Slipway", "slipway@localhost");
    private static final ReleaseId RELEASE = new ReleaseId("hello@1.0.0");
    private static final String SOURCE = "refs/heads/production";
    private static final String MAIN = "refs/heads/main";
    private static final String TAG = "refs/tags/v1.0.0";

    @TempDir
    Path folder;

    private final JGitRevisions revisions = new JGitRevisions(SETTINGS);
    private Repository repository;
    private ObjectId start;
    private ObjectId released;

    @BeforeEach
    void aBareRepositoryWithARelease() throws IOException {
        repository = new FileRepository(gitDir());
        repository.create(true);
        start = commit(Map.of("README", "hello"));
        released = commit(Map.of("README", "hello", "a", "one"), start);
        point(MAIN, start);
        point("refs/heads/production", released);
    }

    @AfterEach
    void close() {
        repository.close();
    }

    private File gitDir() {
        return folder.resolve("hello.git").toFile();
    }

    private ObjectId commit(Map<String, String> files, ObjectId... parents) throws IOException {
        try (ObjectInserter inserter = repository.newObjectInserter()) {
            TreeFormatter tree = new TreeFormatter();
            for (Map.Entry<String, String> file : new TreeMap<>(files).entrySet()) {
                byte[] text = file.getValue().getBytes(StandardCharsets.UTF_8);
                tree.append(file.getKey(), FileMode.REGULAR_FILE, inserter.insert(Constants.OBJ_BLOB, text));
            }
            CommitBuilder commit = new CommitBuilder();
            commit.setTreeId(inserter.insert(tree));
            commit.setParentIds(parents);
            PersonIdent ada = new PersonIdent("Ada", "ada@example.test");
            commit.setAuthor(ada);
            commit.setCommitter(ada);
            commit.setMessage("feat: " + files.keySet());
            ObjectId id = inserter.insert(commit);
            inserter.flush();
            return id;
        }
    }

    private void point(String name, ObjectId to) throws IOException {
        RefUpdate update = repository.updateRef(name);
        update.setNewObjectId(to);
        update.setForceUpdate(true);
        assertThat(update.update()).isIn(RefUpdate.Result.NEW, RefUpdate.Result.FORCED, RefUpdate.Result.FAST_FORWARD);
    }

    private String at(String name) throws IOException {
        Ref ref = repository.exactRef(name);
        return ref == null ? "nothing" : ref.getObjectId().name();
    }

    private Work.MergeRevision work(ObjectId revision, String to) {
        return new Work.MergeRevision(
                RELEASE, new Policy.Source("file:" + gitDir(), "production", to), new Sha(revision.name()), "v1.0.0");
    }

    private ReleaseInput merge(ObjectId revision) throws IOException {
        return revisions.merge(work(revision, "main"));
    }

    private static void refused(ReleaseInput outcome, String why) {
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        ReleaseInput.MergeRefused.class,
                        refused -> assertThat(refused.toString()).contains(why));
    }

    private RevCommit parsed(String name) throws IOException {
        try (RevWalk walk = new RevWalk(repository)) {
            return walk.parseCommit(repository.resolve(name));
        }
    }

    @Test
    void a_merge_commit_is_made_even_where_the_branch_could_be_moved_on() throws IOException {
        ReleaseInput outcome = merge(released);

        RevCommit main = parsed(MAIN);
        assertThat(outcome).isEqualTo(new ReleaseInput.Merged(new Sha(main.name())));
        assertThat(main.getParents()).extracting(RevCommit::name).containsExactly(start.name(), released.name());
        assertThat(main.getFullMessage()).isEqualTo("chore(release): merge hello@1.0.0 into main\n");
        assertThat(main.getAuthorIdent().getName()).isEqualTo("Slipway");
    }

    @Test
    void what_is_merged_already_is_only_tagged() throws IOException {
        point(MAIN, released);

        assertThat(merge(released)).isEqualTo(new ReleaseInput.Merged(new Sha(released.name())));

        assertThat(at(MAIN)).isEqualTo(released.name());
        assertThat(parsed(TAG)).isEqualTo(released);
    }

    @Test
    void what_was_merged_earlier_stays_merged_although_the_branch_went_on() throws IOException {
        merge(released);
        ObjectId later = commit(Map.of("README", "later"), ObjectId.fromString(at(MAIN)));
        point(MAIN, later);

        assertThat(merge(released)).isEqualTo(new ReleaseInput.Merged(new Sha(later.name())));
        assertThat(at(MAIN)).isEqualTo(later.name());
    }

    @Test
    void a_target_branch_that_is_not_there_begins_at_the_release() throws IOException {
        ReleaseInput outcome = revisions.merge(work(released, "stable"));

        assertThat(outcome).isEqualTo(new ReleaseInput.Merged(new Sha(released.name())));
        assertThat(at("refs/heads/stable")).isEqualTo(released.name());
    }

    @ParameterizedTest
    @ValueSource(strings = {"main", "stable"})
    void a_revision_that_is_not_there_is_for_a_person(String to) throws IOException {
        refused(revisions.merge(work(ObjectId.fromString("1".repeat(40)), to)), "does not have");

        assertThat(at(MAIN)).isEqualTo(start.name());
        assertThat(at("refs/heads/stable")).isEqualTo("nothing");
        assertThat(at(TAG)).isEqualTo("nothing");
    }

    @Test
    void neither_a_tree_nor_a_tag_is_a_revision() throws IOException {
        ObjectId tree = parsed(released.name()).getTree();
        ObjectId tag = tagObject(released);

        refused(merge(tree), "does not have");
        for (ObjectId object : List.of(tree, tag)) {
            ReleaseInput read =
                    revisions.read(new Work.ReadRevision(work(object, "main").source(), new Sha(object.name()), false));
            assertThat(read)
                    .isInstanceOfSatisfying(
                            ReleaseInput.RevisionRefused.class,
                            refused -> assertThat(refused.toString()).contains("is not a commit"));
        }
    }

    private ObjectId tagObject(ObjectId of) throws IOException {
        try (ObjectInserter inserter = repository.newObjectInserter()) {
            TagBuilder tag = new TagBuilder();
            tag.setTag("other");
            tag.setObjectId(of, Constants.OBJ_COMMIT);
            tag.setTagger(new PersonIdent("Ada", "ada@example.test"));
            tag.setMessage("other\n");
            ObjectId id = inserter.insert(tag);
            inserter.flush();
            return id;
        }
    }

    @Test
    void histories_without_a_common_beginning_are_merged_if_nothing_conflicts() throws IOException {
        ObjectId foreign = commit(Map.of("b", "other"));

        assertThat(merge(foreign)).isInstanceOf(ReleaseInput.Merged.class);

        assertThat(repository.resolve(MAIN + ":README")).isNotNull();
        assertThat(repository.resolve(MAIN + ":b")).isNotNull();
    }

    @Test
    void a_file_changed_here_and_deleted_there_is_a_conflict() throws IOException {
        ObjectId deleted = commit(Map.of("a", "one"), start);
        ObjectId changed = commit(Map.of("README", "changed"), start);
        point(MAIN, changed);

        refused(merge(deleted), "conflicts");
        assertThat(at(MAIN)).isEqualTo(changed.name());
        assertThat(at(TAG)).isEqualTo("nothing");
    }

    @Test
    void a_tag_elsewhere_is_refused_and_said_again_when_asked_again() throws IOException {
        point(TAG, start);

        ReleaseInput first = merge(released);
        String merged = at(MAIN);
        ReleaseInput again = merge(released);

        refused(first, "Tag v1.0.0 stands at another revision");
        assertThat(again).isEqualTo(first);
        assertThat(at(MAIN)).isEqualTo(merged).isNotEqualTo(start.name());
        assertThat(at(TAG)).isEqualTo(start.name());
    }

    @Test
    void an_annotated_tag_at_the_same_revision_is_left_as_it_is() throws IOException {
        ObjectId tag = tagObject(released);
        point(TAG, tag);

        assertThat(merge(released)).isInstanceOf(ReleaseInput.Merged.class);
        assertThat(at(TAG)).isEqualTo(tag.name());
    }

    @ParameterizedTest
    @ValueSource(strings = {"x/../../../../stolen", "..", "a..b", "a.lock", "a b"})
    void a_branch_that_is_none_touches_nothing(String branch) throws IOException {
        refused(revisions.merge(work(released, branch)), "no legal name");

        try (var files = Files.walk(folder)) {
            assertThat(files.map(file -> file.getFileName().toString())).doesNotContain("stolen", "stolen.lock");
        }
        assertThat(at(TAG)).isEqualTo("nothing");
    }

    /** A repository in which somebody else pushes each time a merge was prepared. */
    private final class Busy extends FileRepository {
        private final List<ObjectId> pushes;
        private int pushed;

        Busy(List<ObjectId> pushes) throws IOException {
            super(gitDir());
            this.pushes = pushes;
        }

        @Override
        public ObjectInserter newObjectInserter() {
            try {
                if (pushed < pushes.size() && at(MAIN).equals(seen())) {
                    point(MAIN, pushes.get(pushed++));
                }
            } catch (IOException broken) {
                throw new IllegalStateException(broken);
            }
            return super.newObjectInserter();
        }

        /** Where the branch stood after the push before. */
        private String seen() {
            return pushed == 0 ? start.name() : pushes.get(pushed - 1).name();
        }
    }

    @Test
    void a_branch_that_moved_meanwhile_is_merged_where_it_is_now() throws IOException {
        ObjectId other = commit(Map.of("README", "hello", "b", "two"), start);
        try (Busy busy = new Busy(List.of(other))) {
            List<String> refusals = new ArrayList<>();

            ObjectId merged = new JGitMerge(busy, SETTINGS, work(released, "main")).merge(refusals);

            assertThat(refusals).isEmpty();
            assertThat(busy.pushed).isEqualTo(1);
            assertThat(merged).isNotNull().extracting(ObjectId::name).isEqualTo(at(MAIN));
            assertThat(parsed(MAIN).getParents())
                    .extracting(RevCommit::name)
                    .containsExactly(other.name(), released.name());
        }
    }

    @Test
    void a_branch_that_never_rests_is_left_to_a_person_with_all_that_others_pushed() throws IOException {
        List<ObjectId> pushes = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            ObjectId parent = pushes.isEmpty() ? start : pushes.getLast();
            pushes.add(commit(Map.of("README", "hello", "b", "text " + i), parent));
        }
        try (Busy busy = new Busy(pushes)) {
            List<String> refusals = new ArrayList<>();

            ObjectId merged = new JGitMerge(busy, SETTINGS, work(released, "main")).merge(refusals);

            assertThat(merged).isNull();
            assertThat(refusals).containsExactly("Branch main moved each time the release was to be merged.");
            assertThat(at(MAIN)).isEqualTo(pushes.get(busy.pushed - 1).name());
        }
    }

    @Test
    void a_locked_branch_is_tried_again_later() throws IOException {
        Path lock = Files.createFile(gitDir().toPath().resolve(MAIN + ".lock"));

        assertThatThrownBy(() -> merge(released))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(MAIN + " is locked");
        Files.delete(lock);

        assertThat(merge(released)).isInstanceOf(ReleaseInput.Merged.class);
    }

    @Test
    void more_people_than_can_be_told_are_refused() throws IOException {
        JGitRevisions few = new JGitRevisions(new GitSettings(100, 1, 3, "Slipway", "slipway@localhost"));
        Work.ReadRevision one = new Work.ReadRevision(work(released, "main").source(), new Sha(released.name()), false);

        assertThat(few.read(one))
                .isEqualTo(new ReleaseInput.RevisionRead(List.of("ada@example.test"), List.of("production")));
        ObjectId second = byBen(released);
        point(SOURCE, second);

        assertThat(few.read(new Work.ReadRevision(one.source(), new Sha(second.name()), true)))
                .isInstanceOfSatisfying(
                        ReleaseInput.RevisionRefused.class,
                        refused -> assertThat(refused.toString()).contains("1 people"));
    }

    private ObjectId byBen(ObjectId parent) throws IOException {
        try (ObjectInserter inserter = repository.newObjectInserter()) {
            CommitBuilder commit = new CommitBuilder();
            commit.setTreeId(parsed(parent.name()).getTree());
            commit.setParentId(parent);
            commit.setAuthor(new PersonIdent("Ben", "BEN@example.test"));
            commit.setCommitter(new PersonIdent("Ben", "ben@example.test"));
            commit.setMessage("feat: ben");
            ObjectId id = inserter.insert(commit);
            inserter.flush();
            return id;
        }
    }

    @Test
    void both_sides_of_a_merge_count_as_brought_by_it() throws IOException {
        ObjectId side = byBen(start);
        ObjectId both = commit(Map.of("README", "both"), released, side);
        point(SOURCE, both);

        assertThat(revisions.read(new Work.ReadRevision(work(both, "main").source(), new Sha(both.name()), true)))
                .isEqualTo(new ReleaseInput.RevisionRead(
                        List.of("ada@example.test", "ben@example.test"), List.of("production")));
        point(MAIN, side);
        assertThat(revisions.read(new Work.ReadRevision(work(both, "main").source(), new Sha(both.name()), true)))
                .isEqualTo(new ReleaseInput.RevisionRead(List.of("ada@example.test"), List.of("production")));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 101})
    void settings_have_ranges(int races) {
        assertThatThrownBy(() -> new GitSettings(1, 1, races, "x", "y")).hasMessageContaining("races-max");
        assertThatThrownBy(() -> new GitSettings(races * 1_000, races, 1, "x", "y"))
                .hasMessageContaining("commits-max");
    }
}
