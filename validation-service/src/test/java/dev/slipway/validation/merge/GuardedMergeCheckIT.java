package dev.slipway.validation.merge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.Sha;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.git.Git;
import dev.slipway.git.GitOptions;
import dev.slipway.git.GitProgram;
import dev.slipway.platform.Pace;
import dev.slipway.testkit.git.TestRepository;
import dev.slipway.validation.assessment.MergeAnswer;
import dev.slipway.validation.assessment.MergeAnswer.Clean;
import dev.slipway.validation.assessment.MergeAnswer.Conflicting;
import dev.slipway.validation.assessment.MergeAnswer.Missing;
import dev.slipway.validation.assessment.MergeAnswer.Refused;
import dev.slipway.validation.assessment.MergeAnswer.Unreachable;
import dev.slipway.validation.assessment.MergeCheck.Attempt;
import dev.slipway.web.guard.Guarded;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.timelimiter.TimeLimiterConfig;
import io.github.resilience4j.timelimiter.TimeLimiterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Merge checks on real repositories. */
final class GuardedMergeCheckIT {
    @TempDir
    Path folder;

    private final Git adapter = new Git(GitProgram.find(), GitOptions.ofThisUser());
    private TestRepository git;
    private GuardedMergeCheck check;

    @BeforeEach
    void start() {
        git = TestRepository.in(folder.resolve("hello"));
        git.commit("greeting.txt", "Hello\n");
        git.branch("production", "main");
        CircuitBreakerConfig breaker = CircuitBreakerConfig.custom()
                .slidingWindowSize(2)
                .minimumNumberOfCalls(2)
                .build();
        check = new GuardedMergeCheck(
                adapter,
                1,
                new Guarded(
                        "git",
                        CircuitBreakerRegistry.of(Map.of("git", breaker)),
                        BulkheadRegistry.ofDefaults(),
                        TimeLimiterRegistry.of(TimeLimiterConfig.custom()
                                .timeoutDuration(Pace.patience(Duration.ofSeconds(20)))
                                .build())));
    }

    @AfterEach
    void stop() {
        check.close();
        adapter.close();
    }

    @Test
    void branches_that_changed_different_files_merge() throws Exception {
        String main = git.on("main").commit("other.txt", "Hi\n");
        String released = git.on("production").commit("feature.txt", "New\n");
        String later = git.commit("later.txt", "Later\n");

        assertThat(tried(git.url(), released)).isEqualTo(new Clean(later, main));
        assertThat(git.head("main")).isEqualTo(main);
    }

    @Test
    void branches_that_changed_the_same_line_conflict_and_the_first_files_are_named() throws Exception {
        git.on("main").commit("greeting.txt", "Good day\n");
        git.commit("a.txt", "from main\n");
        git.on("production").commit("greeting.txt", "Good morning\n");
        String released = git.commit("a.txt", "from production\n");

        assertThat(tried(git.url(), released)).isInstanceOfSatisfying(Conflicting.class, conflicting -> {
            assertThat(conflicting.fromHead()).isEqualTo(git.head("production"));
            assertThat(conflicting.toHead()).isEqualTo(git.head("main"));
            assertThat(conflicting.paths()).containsExactly("a.txt");
            assertThat(conflicting.conflicts()).singleElement().asString().contains("CONFLICT (add/add)", "main by ");
            assertThat(conflicting.more()).isEqualTo(1);
            assertThat(conflicting.commands()).contains("git switch production", "git merge main");
        });
    }

    @Test
    void what_is_not_there_yet_is_missing() throws Exception {
        String elsewhere = git.on("main").commit("other.txt", "Hi\n");

        assertThat(tried(git.url(), "f".repeat(40))).isInstanceOf(Missing.class);
        assertThat(tried(git.url(), elsewhere))
                .isInstanceOfSatisfying(
                        Missing.class,
                        missing -> assertThat(missing.why())
                                .contains(elsewhere.substring(0, 10), "is not on branch production"));
        assertThat(check.tryMerge(new Attempt(0, new Policy.Source(git.url(), "release", "main"), new Sha(elsewhere))))
                .isInstanceOfSatisfying(
                        Missing.class, missing -> assertThat(missing.why()).contains("There is no branch release"));
    }

    @Test
    void what_no_push_can_mend_is_refused_at_once() throws Exception {
        String head = git.head("production");
        git.git("clone", "-q", "--depth=1", "--no-single-branch", "file://" + git.folder(), folder + "/shallow");

        assertThat(tried("file:" + folder.resolve("shallow"), head))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.why()).contains("fetch --unshallow"));
        assertThat(tried("file:" + folder.resolve("nowhere"), head)).isInstanceOf(Refused.class);
    }

    @Test
    void a_repository_that_cannot_be_read_is_left_alone_after_a_while_and_others_are_not() throws Exception {
        TestRepository broken = TestRepository.at(folder.resolve("broken"));
        String head = git.head("production");
        git.git("clone", "-q", git.folder().toString(), broken.folder().toString());
        Files.writeString(broken.folder().resolve(".git/packed-refs"), "nonsense\n");

        assertThat(tried(broken.url(), head)).isInstanceOf(Unreachable.class);
        assertThat(tried(broken.url(), head)).isInstanceOf(Unreachable.class);
        assertThat(tried(broken.url(), head))
                .isEqualTo(new Unreachable("The repository failed too often and is left alone for a while"));
        assertThat(tried(git.url(), head)).isInstanceOf(Clean.class);
    }

    private MergeAnswer tried(String repository, String sha) {
        return check.tryMerge(new Attempt(0, new Policy.Source(repository, "production", "main"), new Sha(sha)));
    }
}
