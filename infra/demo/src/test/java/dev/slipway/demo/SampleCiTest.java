package dev.slipway.demo;

import static dev.slipway.demo.Behaviour.HEALTHY;
import static dev.slipway.demo.People.AUTHOR;
import static dev.slipway.demo.People.COMMITTER;
import static dev.slipway.demo.People.MONDAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.demo.CiResult.Failed;
import dev.slipway.demo.CiResult.Step;
import dev.slipway.demo.SampleRepository.Signatures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleCiTest {
    private static final String NAME_TEST = "src/test/java/example/hello/NameTest.java";

    @TempDir
    Path folder;

    private Path repository;
    private String sha;

    @BeforeEach
    void commit() {
        repository = folder.resolve("hello.git");
        sha = SampleRepository.at(repository).commitVersion("1.0.0", HEALTHY, AUTHOR, COMMITTER, MONDAY);
    }

    @Test
    void a_build_that_does_not_compile_says_where() throws IOException {
        String broken =
                commit("src/main/java/example/hello/Greetings.java", "package example.hello; class Greetings { ? }");

        assertThat(run(broken, CiLimits.DEFAULT)).satisfies(failed -> {
            assertThat(failed.step()).isEqualTo(Step.COMPILE);
            assertThat(failed.output()).contains("Greetings.java:1:");
        });
    }

    @Test
    void a_build_whose_tests_fail_shows_the_failure_and_keeps_the_report() throws IOException {
        String broken = commit(NAME_TEST, """
                package example.hello;

                import org.junit.jupiter.api.Assertions;
                import org.junit.jupiter.api.Test;

                class NameTest {
                    @Test
                    void one_is_two() {
                        Assertions.assertEquals(1, 2);
                    }
                }
                """);

        assertThat(run(broken, CiLimits.DEFAULT)).satisfies(failed -> {
            assertThat(failed.step()).isEqualTo(Step.TEST);
            assertThat(failed.output()).contains("one_is_two", "expected: <1> but was: <2>");
            assertThat(failed.reports())
                    .singleElement(InstanceOfAssertFactories.PATH)
                    .content()
                    .contains("failures=\"1\"");
        });
    }

    @Test
    void tests_that_take_too_long_are_ended_and_have_failed() throws IOException {
        String endless = commit(NAME_TEST, """
                package example.hello;

                import java.util.concurrent.locks.LockSupport;
                import org.junit.jupiter.api.Test;

                class NameTest {
                    @Test
                    void never_ends() {
                        while (true) {
                            LockSupport.park();
                        }
                    }
                }
                """);

        assertThat(run(endless, new CiLimits(Duration.ofSeconds(2), 8_192, 5))).satisfies(failed -> {
            assertThat(failed.step()).isEqualTo(Step.TEST);
            assertThat(failed.output()).startsWith("the tests took longer than 2 s");
        });
    }

    @Test
    void tests_run_by_the_configuration_that_is_committed_with_them() throws IOException {
        commit(SampleSources.TESTS_FILE, "junit.jupiter.execution.timeout.default = 200 ms\n");
        String hanging = commit(NAME_TEST, """
                package example.hello;

                import java.util.concurrent.CountDownLatch;
                import org.junit.jupiter.api.Test;

                class NameTest {
                    @Test
                    void hangs() throws InterruptedException {
                        new CountDownLatch(1).await();
                    }
                }
                """);

        assertThat(run(hanging, CiLimits.DEFAULT)).satisfies(failed -> {
            assertThat(failed.step()).isEqualTo(Step.TEST);
            assertThat(failed.output()).contains("hangs", "timed out after 200 milliseconds");
        });
    }

    @Test
    void a_commit_that_is_not_there_is_broken_plumbing() {
        SampleCi ci = new SampleCi(folder.resolve("ci"));

        assertThatThrownBy(() -> ci.run(repository, "0".repeat(39) + "1")).isInstanceOf(UncheckedIOException.class);
        assertThatThrownBy(() -> ci.run(repository, "main")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ci.run(folder.resolve("nowhere.git"), sha))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("nowhere.git");
    }

    private Failed run(String commit, CiLimits limits) {
        CiResult result = new SampleCi(folder.resolve("ci"), limits).run(repository, commit);
        assertThat(result).isInstanceOf(Failed.class);
        return (Failed) result;
    }

    private String commit(String file, String content) throws IOException {
        String grace = "%s <%s> %d +0000".formatted(AUTHOR.name(), AUTHOR.email(), MONDAY.getEpochSecond());
        return GitFiles.at(repository)
                .commit("production", Map.of(file, content), "fix: it", new Signatures(grace, grace));
    }
}
