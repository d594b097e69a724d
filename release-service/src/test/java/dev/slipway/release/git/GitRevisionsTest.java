package dev.slipway.release.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.Sha;
import dev.slipway.contracts.policy.Guide;
import dev.slipway.contracts.policy.GuideAnswer;
import dev.slipway.contracts.policy.GuideLine;
import dev.slipway.contracts.policy.PathReview;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.release.GuideFileView;
import dev.slipway.contracts.release.GuideFileView.Difference;
import dev.slipway.contracts.release.GuideFileView.Kind;
import dev.slipway.contracts.release.GuideFileView.State;
import dev.slipway.git.Git;
import dev.slipway.git.GitOptions;
import dev.slipway.git.GitProgram;
import dev.slipway.guide.GuideFile;
import dev.slipway.release.application.ApplicationInput;
import dev.slipway.release.application.SourceBranch;
import dev.slipway.release.notes.History;
import dev.slipway.release.saga.ChangedFiles;
import dev.slipway.release.saga.ReleaseInput;
import dev.slipway.release.saga.Revisions;
import dev.slipway.release.saga.Work;
import dev.slipway.testkit.git.TestRepository;
import dev.slipway.web.guard.Guarded;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.timelimiter.TimeLimiterConfig;
import io.github.resilience4j.timelimiter.TimeLimiterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Git answers, as a release hears it; what Git does is tested with its adapter. */
final class GitRevisionsTest {
    private static final GitSettings SETTINGS = new GitSettings(100, 10, 50, 50, 3, "Slipway", "slipway@localhost");
    private static final ReleaseId RELEASE = new ReleaseId("hello@1.0.0");

    @TempDir
    Path folder;

    private final Git git = new Git(GitProgram.find(), GitOptions.ofThisUser());
    private final GitRevisions revisions = new GitRevisions(git, SETTINGS);
    private TestRepository repository;
    private String start;

    @BeforeEach
    void aRepositoryWithTwoBranches() {
        repository = TestRepository.in(folder.resolve("hello"));
        start = repository.by("Start", "start@example.test").commit("README", "hello\n");
        repository.by("Ada", "Ada@Example.test", "GitHub", "noreply@github.com").on("production");
    }

    @AfterEach
    void close() {
        git.close();
    }

    private Policy.Source source() {
        return new Policy.Source(repository.url(), "production", "main");
    }

    private Work.MergeRevision merge(String revision) {
        return new Work.MergeRevision(RELEASE, source(), new Sha(revision), "v1.0.0", List.of());
    }

    @Test
    void who_made_a_revision_is_read_with_those_that_nobody_logs_in_by() throws IOException {
        String revision = repository.commit("a", "one\n");

        assertThat(revisions.read(new Work.ReadRevision(source(), new Sha(revision), true, "v1.0.0")))
                .isEqualTo(new ReleaseInput.RevisionRead(
                        List.of("ada@example.test", "noreply@github.com"),
                        List.of("GitHub <noreply@github.com>"),
                        List.of("production"),
                        Instant.ofEpochSecond(Long.parseLong(repository.git("log", "-1", "--format=%ct")))));
    }

    private static Guide guide(String file, @Nullable String sha256) {
        return new Guide(
                file,
                List.of(
                        new GuideLine(
                                "tests",
                                "Run the unit tests",
                                List.of("Releasing"),
                                2,
                                List.of(),
                                GuideAnswer.UNANSWERED),
                        new GuideLine(
                                "press", "Tell the press", List.of("Releasing"), 3, List.of(), GuideAnswer.UNANSWERED)),
                "0".repeat(64),
                List.of(),
                sha256);
    }

    private GuideFileView guideFile(String revision, Guide guide) throws IOException {
        Work.ReadRevision read =
                new Work.ReadRevision(source(), new Sha(revision), false, null, guide, null, List.of());
        return Objects.requireNonNull(((ReleaseInput.RevisionRead) revisions.read(read)).guideFile());
    }

    @Test
    void the_file_of_a_guide_is_read_at_the_revision_and_compared_line_by_line() throws IOException {
        String text = "# Releasing\n- [ ] Run the unit tests\n- [ ] Tell the press\n";
        String same = repository.commit("docs/RELEASE.md", text);
        Guide pinned = guide("docs/RELEASE.md", GuideFile.sha256(text));

        assertThat(guideFile(same, pinned))
                .isEqualTo(
                        new GuideFileView("docs/RELEASE.md", State.SAME, null, GuideFile.sha256(text), List.of(), 0));
        assertThat(guideFile(same, guide("docs/RELEASE.md", null)).state()).isEqualTo(State.SAME);

        String other = "# Releasing\n- [ ] Run all the unit tests\n- [ ] Check the licences\n";
        String moved = repository.commit("docs/RELEASE.md", other);
        GuideFileView differs = guideFile(moved, pinned);
        assertThat(differs.state()).isEqualTo(State.DIFFERS);
        assertThat(differs.sha256()).isEqualTo(GuideFile.sha256(other));
        assertThat(differs.lines())
                .extracting(Difference::kind, Difference::text, Difference::was, Difference::line)
                .containsExactly(
                        tuple(Kind.CHANGED, "Run all the unit tests", "Run the unit tests", 2),
                        tuple(Kind.ADDED, "Check the licences", null, 3),
                        tuple(Kind.GONE, "Tell the press", null, null));
        assertThat(differs.lines())
                .extracting(Difference::id)
                .startsWith("tests")
                .endsWith("press");
        assertThat(differs.lines().get(1).after()).isEqualTo("tests");
        assertThat(guideFile(same, pinned).state())
                .as("of its own revision alone")
                .isEqualTo(State.SAME);
    }

    @Test
    void a_file_that_is_not_there_or_is_no_guide_is_said_and_stops_nothing() throws IOException {
        String revision = repository.commit("a", "one\n");
        assertThat(guideFile(revision, guide("RELEASE.md", null)).state()).isEqualTo(State.MISSING);
        assertThat(guideFile(revision, guide("../RELEASE.md", null)))
                .extracting(GuideFileView::state, GuideFileView::why)
                .containsExactly(
                        State.UNREADABLE, "it is no path from the top of the repository, such as docs/RELEASE.md");

        String large = repository.commit("RELEASE.md", "- [ ] Tell the press\n".repeat(60_000));
        assertThat(guideFile(large, guide("RELEASE.md", null)).why()).contains("has more than 1,000,000 bytes");
        String binary = repository.commit("RELEASE.md", "a\0b");
        assertThat(guideFile(binary, guide("RELEASE.md", null)).why()).isEqualTo("it is no text");
        String pointer = repository.commit("RELEASE.md", "version https://git-lfs.github.com/spec/v1\noid 1\n");
        assertThat(guideFile(pointer, guide("RELEASE.md", null)).why()).contains("Git LFS");
        String folder = repository.commit("GUIDE/RELEASE.md", "text");
        assertThat(guideFile(folder, guide("GUIDE", null)).why()).isEqualTo("it is a folder");
    }

    @Test
    void no_more_of_a_difference_is_kept_than_fits_and_the_rest_is_counted() throws IOException {
        StringBuilder many = new StringBuilder("# Releasing\n- [ ] Run the unit tests\n- [ ] Tell the press\n");
        for (int i = 0; i < 300; i++) {
            many.append("- [ ] Check the mirror of town ").append(i).append("\n");
        }
        String revision = repository.commit("RELEASE.md", many.toString());

        GuideFileView file = guideFile(revision, guide("RELEASE.md", null));

        assertThat(file.lines()).hasSize(GuideFileView.LINES_MAX);
        assertThat(file.more()).isEqualTo(300 - GuideFileView.LINES_MAX);
    }

    @Test
    void what_it_changes_of_certain_files_is_told_since_the_last_verified_revision_or_of_all_files()
            throws IOException {
        PathReview scripts = new PathReview(List.of("deploy/**"), List.of("devops"));
        String verified =
                repository.write("deploy/old.sh", "o\n").write("a", "1\n").commitAll("verified");
        String revision =
                repository.write("deploy/new.sh", "n\n").write("a", "2\n").commitAll("next");

        assertThat(changed(revision, new Sha(verified), scripts))
                .isEqualTo(new ChangedFiles(
                        new Sha(verified), false, List.of(new ChangedFiles.Match(0, 1, List.of("deploy/new.sh")))));
        assertThat(changed(revision, null, scripts))
                .isEqualTo(new ChangedFiles(
                        null, false, List.of(new ChangedFiles.Match(0, 2, List.of("deploy/new.sh", "deploy/old.sh")))));
        assertThat(changed(revision, new Sha("e".repeat(40)), scripts).since())
                .as("what is no longer there is compared with as nothing")
                .isNull();
    }

    private ChangedFiles changed(String revision, @Nullable Sha since, PathReview rule) throws IOException {
        ReleaseInput read = revisions.read(
                new Work.ReadRevision(source(), new Sha(revision), true, null, null, since, List.of(rule)));
        return Objects.requireNonNull(((ReleaseInput.RevisionRead) read).changed());
    }

    @Test
    void a_revision_may_be_on_any_branch_that_the_policy_lists_and_is_told_with_those() throws IOException {
        Policy.Source several = new Policy.Source(repository.url(), List.of("production", "hotfix/*"), "main");
        repository.commit("a", "one\n");
        repository.git("checkout", "-q", "-b", "hotfix/1.0.1", start);
        String hotfix = repository.by("Ben", "ben@example.test").commit("b", "two\n");
        Work.ReadRevision head = new Work.ReadRevision(several, new Sha(hotfix), true, "v1.0.1");

        assertThat(revisions.read(head)).isInstanceOfSatisfying(ReleaseInput.RevisionRead.class, read -> {
            assertThat(read.people()).containsExactly("ben@example.test");
            assertThat(read.branches()).containsExactly("hotfix/1.0.1");
        });
        assertThat(revisions.read(new Work.ReadRevision(several, new Sha(start), false, null)))
                .isInstanceOfSatisfying(
                        ReleaseInput.RevisionRead.class,
                        read -> assertThat(read.branches()).containsExactly("hotfix/1.0.1", "production"));
        assertThat(revisions.look(new SourceBranch.Look(several, new Sha(hotfix))))
                .isEqualTo(new ApplicationInput.HeadSeen(new Sha(hotfix), new Sha(hotfix), List.of("hotfix/1.0.1")));
        assertThat(revisions.merge(new Work.MergeRevision(RELEASE, several, new Sha(hotfix), "v1.0.1", List.of())))
                .isInstanceOf(ReleaseInput.Merged.class);

        repository.git("branch", "-m", "elsewhere");

        assertThat(revisions.merge(new Work.MergeRevision(RELEASE, several, new Sha(hotfix), "v1.0.1", List.of())))
                .as("what is merged already, whose branch is gone as hosts do it")
                .isInstanceOf(ReleaseInput.Merged.class);
        assertThat(revisions.read(head))
                .isInstanceOfSatisfying(
                        ReleaseInput.RevisionRefused.class,
                        refused -> assertThat(refused.reason())
                                .contains("is not the head of branch production or hotfix/*: production is at"));
    }

    @Test
    void a_revision_or_a_tag_that_will_not_do_is_refused_before_anything_is_validated() throws IOException {
        String revision = repository.commit("a", "one\n");
        repository.git("tag", "v1.0.0", start);

        assertThat(revisions.read(new Work.ReadRevision(source(), new Sha(start), true, null)))
                .isInstanceOfSatisfying(
                        ReleaseInput.RevisionRefused.class,
                        refused -> assertThat(refused.reason()).contains("is not the head of branch production"));
        assertThat(revisions.read(new Work.ReadRevision(source(), new Sha(revision), true, "v1.0.0")))
                .isInstanceOfSatisfying(
                        ReleaseInput.RevisionRefused.class,
                        refused -> assertThat(refused.reason()).contains("Tag v1.0.0 stands at another revision"));
    }

    @Test
    void the_message_of_the_tag_names_what_the_release_goes_without() throws IOException {
        String revision = repository.commit("a", "one\n");

        revisions.merge(new Work.MergeRevision(
                RELEASE, source(), new Sha(revision), "v1.0.0", List.of("gate smoke waived by ada and ben: slow")));

        assertThat(repository.git("tag", "-l", "--format=%(contents)", "v1.0.0"))
                .contains("Release " + RELEASE, "Known limitations:", "- gate smoke waived by ada and ben: slow");
    }

    @Test
    void the_head_of_the_source_branch_is_what_git_shows_now() throws IOException {
        String head = repository.commit("a", "one\n");
        Policy.Source elsewhere = new Policy.Source(repository.url(), "nowhere", "main");

        assertThat(revisions.look(new SourceBranch.Look(source(), new Sha(start))))
                .isEqualTo(new ApplicationInput.HeadSeen(new Sha(start), new Sha(head)));
        assertThat(revisions.look(new SourceBranch.Look(elsewhere, new Sha(start))))
                .isEqualTo(new ApplicationInput.HeadSeen(new Sha(start), null));
    }

    @Test
    void a_release_is_merged_and_tagged_in_slipway_s_name_and_again_is_the_same() throws IOException {
        String revision = repository.commit("a", "one\n");

        ReleaseInput first = revisions.merge(merge(revision));

        assertThat(first)
                .isEqualTo(new ReleaseInput.Merged(new Sha(repository.head("main"))))
                .isEqualTo(revisions.merge(merge(revision)));
        assertThat(repository.git("log", "-1", "--format=%an <%ae> %s", "main"))
                .isEqualTo("Slipway <slipway@localhost> chore(release): merge hello@1.0.0 into main");
        assertThat(repository.git("for-each-ref", "--format=%(subject)", "refs/tags/v1.0.0"))
                .isEqualTo("Release hello@1.0.0");
    }

    @Test
    void what_cannot_be_merged_is_for_a_person() throws IOException {
        String revision = repository.commit("README", "theirs\n");
        repository.on("main").commit("README", "ours\n");
        repository.on("aside");

        assertThat(revisions.merge(merge(revision)))
                .isInstanceOfSatisfying(
                        ReleaseInput.MergeRefused.class,
                        refused -> assertThat(refused.reason())
                                .contains("Branch main conflicts with the release", "Merge conflict in README"));
    }

    @Test
    void what_has_come_to_a_branch_is_told_with_the_tags_of_versions() throws IOException {
        repository.git("tag", "v1.0.0", start);
        String fix = repository.commitAll("fix: one");

        assertThat(revisions.read(new History.Question(source(), List.of("production"), null, new Sha(start), "v*")))
                .isEqualTo(new History.Told.Read(
                        new Sha(fix),
                        List.of(new History.Commit(new Sha(fix), false, "fix: one\n")),
                        false,
                        List.of("v1.0.0")));
        assertThat(revisions.read(new History.Question(source(), List.of("nowhere"), null, null, null)))
                .isInstanceOf(History.Told.Refused.class);
    }

    /** A repository that hangs or breaks; others do not. */
    private static final class Scripted implements Revisions, SourceBranch {
        private final CountDownLatch never = new CountDownLatch(1);
        private final boolean hangs;
        private int calls;

        Scripted(boolean hangs) {
            this.hangs = hangs;
        }

        @Override
        public ReleaseInput read(Work.ReadRevision read) throws IOException {
            if (!read.source().repository().contains("broken")) {
                return new ReleaseInput.RevisionRead(List.of());
            }
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

    private static GuardedRevisions guarded(Scripted revisions, Duration within) {
        CircuitBreakerConfig breaker = CircuitBreakerConfig.custom()
                .slidingWindowSize(2)
                .minimumNumberOfCalls(2)
                .build();
        TimeLimiterConfig limit =
                TimeLimiterConfig.custom().timeoutDuration(within).build();
        BulkheadConfig each = BulkheadConfig.custom()
                .maxConcurrentCalls(1)
                .maxWaitDuration(Duration.ofMillis(10))
                .build();
        return new GuardedRevisions(
                revisions,
                new Guarded(
                        "git",
                        CircuitBreakerRegistry.of(Map.of("git", breaker)),
                        BulkheadRegistry.of(Map.of(
                                "git-each",
                                each,
                                "default",
                                BulkheadConfig.custom().maxConcurrentCalls(2).build())),
                        TimeLimiterRegistry.of(limit)));
    }

    private static Work.ReadRevision at(String repository) {
        return new Work.ReadRevision(
                new Policy.Source("file:/" + repository, "production", "main"), new Sha("1".repeat(40)), false, null);
    }

    @Test
    void a_repository_that_hangs_is_let_go() {
        try (GuardedRevisions guarded = guarded(new Scripted(true), Duration.ofMillis(100))) {
            assertThatThrownBy(() -> guarded.read(at("broken")))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("did not answer in time");
        }
    }

    @Test
    void a_repository_that_hangs_leaves_room_for_the_others() throws Exception {
        Scripted scripted = new Scripted(true);
        try (GuardedRevisions guarded = guarded(scripted, Duration.ofMinutes(1))) {
            Thread hanging = Thread.ofVirtual().start(() -> {
                try {
                    guarded.read(at("broken"));
                } catch (IOException _) {
                    // the test is over
                }
            });
            org.awaitility.Awaitility.await().until(() -> scripted.calls == 1);

            assertThatThrownBy(() -> guarded.read(at("broken"))).hasMessageContaining("too many calls");
            assertThat(guarded.read(at("good"))).isInstanceOf(ReleaseInput.RevisionRead.class);
            hanging.interrupt();
        }
    }

    @Test
    void a_repository_that_keeps_failing_is_left_alone_for_a_while_and_no_other() throws IOException {
        Scripted scripted = new Scripted(false);
        try (GuardedRevisions guarded = guarded(scripted, Duration.ofMinutes(1))) {
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> guarded.read(at("broken"))).hasMessageContaining("disk is gone");
            }

            assertThatThrownBy(() -> guarded.read(at("broken"))).hasMessageContaining("left alone for a while");
            assertThat(scripted.calls).isEqualTo(2);
            assertThat(guarded.read(at("good"))).isInstanceOf(ReleaseInput.RevisionRead.class);
        }
    }

    @Test
    void a_refusal_is_a_value_and_passes() throws IOException {
        try (GuardedRevisions guarded = guarded(new Scripted(false), Duration.ofMinutes(1))) {
            assertThat(guarded.merge(merge(start))).isEqualTo(new ReleaseInput.MergeRefused("no"));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 101})
    void settings_have_ranges(int races) {
        assertThatThrownBy(() -> new GitSettings(1, 1, 1, 1, races, "x", "y")).hasMessageContaining("races-max");
        assertThatThrownBy(() -> new GitSettings(races * 1_000, races, 1, 1, 1, "x", "y"))
                .hasMessageContaining("commits-max");
    }
}
