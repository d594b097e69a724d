package dev.slipway.validation.merge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.Sha;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.validation.GitFixture;
import dev.slipway.validation.assessment.MergeAnswer;
import dev.slipway.validation.assessment.MergeAnswer.Clean;
import dev.slipway.validation.assessment.MergeAnswer.Conflicting;
import dev.slipway.validation.assessment.MergeAnswer.Missing;
import dev.slipway.validation.assessment.MergeAnswer.Unreachable;
import dev.slipway.validation.assessment.MergeCheck.Attempt;
import dev.slipway.web.guard.Guarded;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.timelimiter.TimeLimiterRegistry;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Merge checks on real repositories. */
final class GuardedMergeCheckIT {
    @TempDir
    Path folder;

    private GitFixture git;
    private GuardedMergeCheck check;

    @BeforeEach
    void start() throws Exception {
        git = GitFixture.in(folder);
        CircuitBreakerConfig breaker = CircuitBreakerConfig.custom()
                .slidingWindowSize(2)
                .minimumNumberOfCalls(2)
                .build();
        check = new GuardedMergeCheck(
                1,
                new Guarded(
                        "git",
                        CircuitBreakerRegistry.of(Map.of("git", breaker)),
                        BulkheadRegistry.ofDefaults(),
                        TimeLimiterRegistry.ofDefaults()));
    }

    @AfterEach
    void stop() {
        check.close();
        git.close();
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

        assertThat(tried(git.url(), released))
                .isEqualTo(new Conflicting(git.head("production"), git.head("main"), List.of("a.txt")));
    }

    @Test
    void what_is_not_there_yet_is_missing() throws Exception {
        String elsewhere = git.on("main").commit("other.txt", "Hi\n");

        assertThat(tried(git.url(), "f".repeat(40))).isInstanceOf(Missing.class);
        assertThat(tried(git.url(), elsewhere))
                .isEqualTo(
                        new Missing("The commit " + elsewhere.substring(0, 10) + " is not on the branch production"));
        assertThat(check.tryMerge(new Attempt(0, new Policy.Source(git.url(), "release", "main"), new Sha(elsewhere))))
                .isEqualTo(new Missing("There is no branch release"));
        assertThat(tried("https://git.example.test/hello.git", elsewhere)).isInstanceOf(Missing.class);
    }

    @Test
    void a_repository_that_cannot_be_read_is_left_alone_after_a_while_and_others_are_not() throws Exception {
        String nowhere = "file:" + folder.resolve("nowhere");
        String head = git.head("production");

        assertThat(tried(nowhere, head)).isInstanceOf(Unreachable.class);
        assertThat(tried(nowhere, head)).isInstanceOf(Unreachable.class);
        assertThat(tried(nowhere, head))
                .isEqualTo(new Unreachable("The repository failed too often and is left alone for a while"));
        assertThat(tried(git.url(), head)).isInstanceOf(Clean.class);
    }

    private MergeAnswer tried(String repository, String sha) {
        return check.tryMerge(new Attempt(0, new Policy.Source(repository, "production", "main"), new Sha(sha)));
    }
}
