package dev.slipway.release.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.Sha;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.release.application.ApplicationInput;
import dev.slipway.release.application.SourceBranch;
import dev.slipway.release.saga.ReleaseInput;
import dev.slipway.release.saga.Revisions;
import dev.slipway.release.saga.Work;
import dev.slipway.web.guard.Guarded;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.timelimiter.TimeLimiterConfig;
import io.github.resilience4j.timelimiter.TimeLimiterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JGitRevisionsTest {
    private static final GitSettings SETTINGS = new GitSettings(100, 10, 3, "Slipway", "slipway@localhost");
    private static final ReleaseId RELEASE = new ReleaseId("hello@1.0.0");

    @TempDir
    Path folder;

    private final JGitRevisions revisions = new JGitRevisions(SETTINGS);
    private Git git;
    private RevCommit start;

    @BeforeEach
    void aRepositoryWithTwoBranches() throws IOException, GitAPIException {
        git = Git.init().setDirectory(folder.toFile()).setInitialBranch("main").call();
        start = commit("README", "hello", "Start@Example.test", "start@example.test");
        git.checkout().setCreateBranch(true).setName("production").call();
    }

    @AfterEach
    void close() {
        git.close();
    }

    private RevCommit commit(String file, String text, String author, String committer)
            throws IOException, GitAPIException {
        Files.writeString(folder.resolve(file), text);
        git.add().addFilepattern(file).call();
        return git.commit()
                .setMessage("feat: " + text)
                .setAuthor(new PersonIdent("A", author))
                .setCommitter(new PersonIdent("C", committer))
                .call();
    }

    private Policy.Source source() {
        return new Policy.Source(folder.toUri().toString(), "production", "main");
    }

    private ReleaseInput read(RevCommit revision) throws IOException {
        return revisions.read(new Work.ReadRevision(source(), new Sha(revision.name()), false));
    }

    private Work.MergeRevision merge(RevCommit revision, String tag) {
        return new Work.MergeRevision(RELEASE, source(), new Sha(revision.name()), tag);
    }

    private RevCommit head(String name) throws IOException {
        try (RevWalk walk = new RevWalk(git.getRepository())) {
            return walk.parseCommit(git.getRepository().resolve(name));
        }
    }

    @Test
    void everyone_who_wrote_or_committed_what_the_target_lacks_is_named_once() throws Exception {
        commit("a", "one", "Ada@Example.test", "ben@example.test");
        RevCommit revision = commit("b", "two", "ada@example.test", "Cleo@example.test");

        assertThat(read(revision))
                .isEqualTo(new ReleaseInput.RevisionRead(
                        java.util.List.of("ada@example.test", "ben@example.test", "cleo@example.test"),
                        java.util.List.of("production")));
    }

    @Test
    void a_revision_that_is_merged_already_still_has_its_own_author() throws Exception {
        assertThat(read(start))
                .isEqualTo(new ReleaseInput.RevisionRead(
                        java.util.List.of("start@example.test"), java.util.List.of("production")));
    }

    @Test
    void a_revision_that_is_not_there_is_refused() throws Exception {
        ReleaseInput read = revisions.read(new Work.ReadRevision(source(), new Sha("1".repeat(40)), false));
        ReleaseInput tree = revisions.read(
                new Work.ReadRevision(source(), new Sha(start.getTree().name()), false));

        assertThat(read).isInstanceOf(ReleaseInput.RevisionRefused.class);
        assertThat(tree).isInstanceOf(ReleaseInput.RevisionRefused.class);
    }

    @Test
    void a_repository_that_is_not_there_is_refused() throws Exception {
        for (String repository :
                new String[] {"file:" + folder.resolve("nowhere"), "file:relative/path", "https://example.test/x.git"
                }) {
            ReleaseInput read = revisions.read(new Work.ReadRevision(
                    new Policy.Source(repository, "production", "main"), new Sha("1".repeat(40)), false));

            assertThat(read).isInstanceOf(ReleaseInput.RevisionRefused.class);
        }
    }

    private ReleaseInput readHead(RevCommit revision) throws IOException {
        return revisions.read(new Work.ReadRevision(source(), new Sha(revision.name()), true));
    }

    @Test
    void where_a_push_supersedes_only_the_head_of_the_source_branch_is_a_release() throws Exception {
        RevCommit older = commit("a", "one", "ada@example.test", "ada@example.test");
        RevCommit head = commit("a", "two", "ada@example.test", "ada@example.test");

        assertThat(readHead(head)).isInstanceOf(ReleaseInput.RevisionRead.class);
        assertThat(readHead(older))
                .isInstanceOfSatisfying(
                        ReleaseInput.RevisionRefused.class,
                        refused -> assertThat(refused.reason())
                                .contains(
                                        "is not the head of branch production",
                                        head.name().substring(0, 7)));
        assertThat(read(older)).isInstanceOf(ReleaseInput.RevisionRead.class);
    }

    @Test
    void a_revision_of_another_branch_is_no_release() throws Exception {
        git.checkout().setCreateBranch(true).setName("aside").call();
        RevCommit aside = commit("a", "aside", "ada@example.test", "ada@example.test");

        assertThat(read(aside))
                .isInstanceOfSatisfying(
                        ReleaseInput.RevisionRefused.class,
                        refused -> assertThat(refused.reason()).contains("is not on branch production"));
    }

    @Test
    void a_source_branch_that_is_not_there_is_said() throws Exception {
        Policy.Source elsewhere = new Policy.Source(folder.toUri().toString(), "nowhere", "main");
        ReleaseInput read = revisions.read(new Work.ReadRevision(elsewhere, new Sha(start.name()), true));

        assertThat(read)
                .isInstanceOfSatisfying(
                        ReleaseInput.RevisionRefused.class,
                        refused -> assertThat(refused.reason()).contains("There is no branch nowhere"));
        assertThat(revisions.look(new SourceBranch.Look(elsewhere, new Sha(start.name()))))
                .isEqualTo(new ApplicationInput.HeadSeen(new Sha(start.name()), null));
    }

    private Policy.Source several() {
        return new Policy.Source(folder.toUri().toString(), java.util.List.of("production", "hotfix/*"), "main");
    }

    @Test
    void a_revision_may_be_on_any_branch_that_the_policy_lists_and_is_told_with_those() throws Exception {
        commit("a", "one", "ada@example.test", "ada@example.test");
        git.checkout()
                .setCreateBranch(true)
                .setName("hotfix/1.0.1")
                .setStartPoint(start)
                .call();
        RevCommit hotfix = commit("b", "two", "ben@example.test", "ben@example.test");
        Work.ReadRevision head = new Work.ReadRevision(several(), new Sha(hotfix.name()), true);
        Work.ReadRevision behind = new Work.ReadRevision(several(), new Sha(start.name()), false);

        assertThat(revisions.read(head))
                .isEqualTo(new ReleaseInput.RevisionRead(
                        java.util.List.of("ben@example.test"), java.util.List.of("hotfix/1.0.1")));
        assertThat(revisions.read(behind))
                .isInstanceOfSatisfying(
                        ReleaseInput.RevisionRead.class,
                        read -> assertThat(read.branches()).containsExactlyInAnyOrder("production", "hotfix/1.0.1"));
        assertThat(revisions.look(new SourceBranch.Look(several(), new Sha(hotfix.name()))))
                .isEqualTo(new ApplicationInput.HeadSeen(
                        new Sha(hotfix.name()), new Sha(hotfix.name()), java.util.List.of("hotfix/1.0.1")));
        git.branchRename().setNewName("elsewhere").call();
        assertThat(revisions.read(head))
                .isInstanceOfSatisfying(
                        ReleaseInput.RevisionRefused.class,
                        refused -> assertThat(refused.reason())
                                .contains("is not the head of branch production or hotfix/*: production is at"));
    }

    @Test
    void the_head_of_the_source_branch_is_what_git_shows_now() throws Exception {
        RevCommit head = commit("a", "one", "ada@example.test", "ada@example.test");

        assertThat(revisions.look(new SourceBranch.Look(source(), new Sha(start.name()))))
                .isEqualTo(new ApplicationInput.HeadSeen(new Sha(start.name()), new Sha(head.name())));
    }

    @Test
    void more_commits_than_can_be_told_are_refused() throws Exception {
        RevCommit last = start;
        for (int i = 0; i <= 4; i++) {
            last = commit("a", "text " + i, "ada@example.test", "ada@example.test");
        }
        JGitRevisions few = new JGitRevisions(new GitSettings(3, 10, 3, "Slipway", "slipway@localhost"));

        assertThat(few.read(new Work.ReadRevision(source(), new Sha(last.name()), false)))
                .isInstanceOf(ReleaseInput.RevisionRefused.class);
    }

    @Test
    void a_release_is_merged_and_tagged_and_again_is_the_same() throws Exception {
        RevCommit revision = commit("a", "one", "ada@example.test", "ada@example.test");

        ReleaseInput first = revisions.merge(merge(revision, "v1.0.0"));
        ReleaseInput again = revisions.merge(merge(revision, "v1.0.0"));

        RevCommit main = head("refs/heads/main");
        assertThat(first)
                .isEqualTo(new ReleaseInput.Merged(new Sha(main.name())))
                .isEqualTo(again);
        assertThat(main.getParents()).extracting(RevCommit::name).containsExactly(start.name(), revision.name());
        assertThat(main.getTree()).isEqualTo(revision.getTree());
        assertThat(main.getCommitterIdent().getEmailAddress()).isEqualTo("slipway@localhost");
        assertThat(git.getRepository().resolve("refs/tags/v1.0.0^{commit}")).isEqualTo(revision.toObjectId());
    }

    @Test
    void a_merge_that_was_tagged_no_more_is_taken_up_where_it_stopped() throws Exception {
        RevCommit revision = commit("a", "one", "ada@example.test", "ada@example.test");
        new JGitMerge(git.getRepository(), SETTINGS, merge(revision, "v1.0.0")).merge(new java.util.ArrayList<>());
        RevCommit merged = head("refs/heads/main");

        ReleaseInput again = revisions.merge(merge(revision, "v1.0.0"));

        assertThat(again).isEqualTo(new ReleaseInput.Merged(new Sha(merged.name())));
        assertThat(git.getRepository().resolve("refs/tags/v1.0.0^{commit}")).isEqualTo(revision.toObjectId());
    }

    @Test
    void changes_of_both_sides_are_kept() throws Exception {
        RevCommit revision = commit("a", "one", "ada@example.test", "ada@example.test");
        git.checkout().setName("main").call();
        RevCommit other = commit("b", "other", "ben@example.test", "ben@example.test");

        assertThat(revisions.merge(merge(revision, "v1.0.0"))).isInstanceOf(ReleaseInput.Merged.class);

        RevCommit main = head("refs/heads/main");
        assertThat(main.getParents()).extracting(RevCommit::name).containsExactly(other.name(), revision.name());
        assertThat(git.getRepository().resolve("refs/heads/main:a")).isNotNull();
        assertThat(git.getRepository().resolve("refs/heads/main:b")).isNotNull();
    }

    @Test
    void a_conflict_is_refused_and_leaves_everything_as_it_is() throws Exception {
        RevCommit revision = commit("README", "ours", "ada@example.test", "ada@example.test");
        git.checkout().setName("main").call();
        RevCommit other = commit("README", "theirs", "ben@example.test", "ben@example.test");

        ReleaseInput merged = revisions.merge(merge(revision, "v1.0.0"));

        assertThat(merged)
                .isEqualTo(new ReleaseInput.MergeRefused("Branch main conflicts with the release; merge it by hand."));
        assertThat(head("refs/heads/main").name()).isEqualTo(other.name());
        assertThat(git.getRepository().resolve("refs/tags/v1.0.0")).isNull();
    }

    @Test
    void a_tag_that_stands_elsewhere_is_refused() throws Exception {
        git.tag().setName("v1.0.0").setObjectId(start).setAnnotated(false).call();
        RevCommit revision = commit("a", "one", "ada@example.test", "ada@example.test");

        assertThat(revisions.merge(merge(revision, "v1.0.0"))).isInstanceOf(ReleaseInput.MergeRefused.class);
        assertThat(revisions.merge(merge(revision, "not a tag.."))).isInstanceOf(ReleaseInput.MergeRefused.class);
    }

    @Test
    void a_lightweight_tag_at_the_same_revision_is_success() throws Exception {
        RevCommit revision = commit("a", "one", "ada@example.test", "ada@example.test");
        git.tag().setName("v1.0.0").setObjectId(revision).setAnnotated(false).call();

        assertThat(revisions.merge(merge(revision, "v1.0.0"))).isInstanceOf(ReleaseInput.Merged.class);
    }

    @Test
    void bare_repositories_do_as_well() throws Exception {
        RevCommit revision = commit("a", "one", "ada@example.test", "ada@example.test");
        Path bare = folder.resolveSibling(folder.getFileName() + "-bare.git");
        Git.cloneRepository()
                .setURI(folder.toUri().toString())
                .setDirectory(bare.toFile())
                .setBare(true)
                .setCloneAllBranches(true)
                .call()
                .close();
        Policy.Source source = new Policy.Source("file:" + bare, "production", "main");

        ReleaseInput merged =
                revisions.merge(new Work.MergeRevision(RELEASE, source, new Sha(revision.name()), "v1.0.0"));

        assertThat(merged).isInstanceOf(ReleaseInput.Merged.class);
        try (Git there = Git.open(bare.toFile())) {
            ObjectId main = there.getRepository().resolve("refs/heads/main");
            assertThat(((ReleaseInput.Merged) merged).mergedAs().value()).isEqualTo(main.name());
        }
    }

    private static final class Scripted implements Revisions, SourceBranch {
        private final CountDownLatch never = new CountDownLatch(1);
        private final boolean hangs;
        private int calls;

        Scripted(boolean hangs) {
            this.hangs = hangs;
        }

        @Override
        public ReleaseInput read(Work.ReadRevision read) throws IOException {
            calls++;
            try {
                if (hangs) {
                    never.await();
                }
            } catch (InterruptedException interrupted) {
                throw new IOException(interrupted);
            }
            throw new IOException("disk is gone");
        }

        @Override
        public ApplicationInput.HeadSeen look(Look look) throws IOException {
            throw new IOException("disk is gone");
        }

        @Override
        public ReleaseInput merge(Work.MergeRevision merge) {
            return new ReleaseInput.MergeRefused("no");
        }
    }

    private static GuardedRevisions guarded(Scripted revisions) {
        CircuitBreakerConfig breaker = CircuitBreakerConfig.custom()
                .slidingWindowSize(2)
                .minimumNumberOfCalls(2)
                .build();
        TimeLimiterConfig limit = TimeLimiterConfig.custom()
                .timeoutDuration(Duration.ofMillis(100))
                .build();
        return new GuardedRevisions(
                revisions,
                new Guarded(
                        "git",
                        CircuitBreakerRegistry.of(breaker),
                        BulkheadRegistry.ofDefaults(),
                        TimeLimiterRegistry.of(limit)));
    }

    @Test
    void a_repository_that_hangs_is_let_go() {
        try (GuardedRevisions guarded = guarded(new Scripted(true))) {
            assertThatThrownBy(() -> guarded.read(new Work.ReadRevision(source(), new Sha("1".repeat(40)), false)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("git did not answer in time");
        }
    }

    @Test
    void a_repository_that_keeps_failing_is_left_alone_for_a_while() throws IOException {
        Scripted scripted = new Scripted(false);
        try (GuardedRevisions guarded = guarded(scripted)) {
            Work.ReadRevision read = new Work.ReadRevision(source(), new Sha("1".repeat(40)), false);
            assertThatThrownBy(() -> guarded.read(read)).hasMessageContaining("disk is gone");
            assertThatThrownBy(() -> guarded.read(read)).hasMessageContaining("disk is gone");

            assertThatThrownBy(() -> guarded.read(read)).hasMessageContaining("left alone for a while");
            assertThat(scripted.calls).isEqualTo(2);
        }
    }

    @Test
    void a_refusal_is_a_value_and_passes() throws IOException {
        try (GuardedRevisions guarded = guarded(new Scripted(false))) {
            assertThat(guarded.merge(new Work.MergeRevision(RELEASE, source(), new Sha("1".repeat(40)), "v")))
                    .isEqualTo(new ReleaseInput.MergeRefused("no"));
        }
    }
}
