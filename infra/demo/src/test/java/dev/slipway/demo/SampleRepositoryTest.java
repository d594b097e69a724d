package dev.slipway.demo;

import static dev.slipway.demo.Behaviour.FAULTY;
import static dev.slipway.demo.Behaviour.HEALTHY;
import static dev.slipway.demo.People.AUTHOR;
import static dev.slipway.demo.People.COMMITTER;
import static dev.slipway.demo.People.MONDAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.testkit.git.TestRepository;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleRepositoryTest {
    @TempDir
    Path folder;

    private SampleRepository repository;

    @BeforeEach
    void locate() {
        repository = SampleRepository.at(folder.resolve("demo/hello.git"));
    }

    @Test
    void the_first_version_starts_both_branches_and_leaves_main_behind() throws Exception {
        String sha = commit("1.0.0", HEALTHY);

        assertThat(titles("production"))
                .containsExactly(
                        "chore(release): 1.0.0", "feat: greet by name over HTTP", "chore: start the hello service");
        assertThat(titles("main")).containsExactly("chore: start the hello service");
        assertThat(sha).isEqualTo(head("production")).hasSize(40);
        assertThat(files("production").get(SampleSources.VERSION_FILE)).contains("CURRENT = \"1.0.0\"");
    }

    @Test
    void commits_name_their_author_and_their_committer() throws Exception {
        commit("1.0.0", HEALTHY);

        assertThat(git().git("log", "-1", "--format=%ae %ce %ct", "production"))
                .isEqualTo("grace@example.test linus@example.test " + MONDAY.getEpochSecond());
    }

    @Test
    void a_faulty_version_looks_like_an_improvement_and_the_next_healthy_one_takes_it_back() throws Exception {
        commit("1.0.0", HEALTHY);
        Map<String, String> healthy = files("production");

        commit("1.1.0", FAULTY);
        assertThat(titles("production"))
                .startsWith(
                        "chore(release): 1.1.0",
                        "perf: spread the kept greetings over ten stripes",
                        "perf: keep greetings ready in a striped cache",
                        "chore(release): 1.0.0");

        commit("1.2.0", HEALTHY);
        assertThat(titles("production"))
                .startsWith("chore(release): 1.2.0", "revert: keep greetings ready in a striped cache");
        assertThat(withoutVersion(files("production"))).isEqualTo(withoutVersion(healthy));

        commit("1.3.0", FAULTY);
        assertThat(SampleSources.stageOf(files("production"))).isEqualTo(SampleSources.Stage.BROKEN);
    }

    @Test
    void the_first_version_may_be_the_faulty_one() throws Exception {
        commit("0.1.0", FAULTY);

        assertThat(SampleSources.stageOf(files("production"))).isEqualTo(SampleSources.Stage.BROKEN);
    }

    @Test
    void the_same_version_again_commits_nothing() {
        String sha = commit("1.0.0", HEALTHY);

        assertThat(commit("1.0.0", HEALTHY)).isEqualTo(sha);
    }

    @Test
    void history_goes_on_after_main_has_merged_production() throws Exception {
        commit("1.0.0", HEALTHY);
        String merge = mergeProductionIntoMain();

        String sha = commit("1.1.0", FAULTY);

        assertThat(head("main")).isEqualTo(merge);
        assertThat(head("production")).isEqualTo(sha);
        assertThat(files("production").get("CHANGELOG.md")).startsWith("""
                # Changelog

                ## 1.1.0
                - perf: keep greetings ready in a striped cache
                - perf: spread the kept greetings over ten stripes

                ## 1.0.0
                - feat: greet by name over HTTP
                """);
    }

    @Test
    void what_is_no_version_is_refused_before_anything_is_written() {
        assertThatThrownBy(() -> commit("v1.0", HEALTHY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("v1.0");
        assertThat(repository.path()).doesNotExist();
    }

    private String commit(String version, Behaviour behaviour) {
        return SampleRepository.at(repository.path()).commitVersion(version, behaviour, AUTHOR, COMMITTER, MONDAY);
    }

    private TestRepository git() {
        return TestRepository.at(repository.path());
    }

    private String head(String branch) {
        return git().head(branch);
    }

    private Map<String, String> files(String branch) throws IOException {
        return GitFiles.at(repository.path()).read(head(branch));
    }

    private static Map<String, String> withoutVersion(Map<String, String> files) {
        files.remove(SampleSources.VERSION_FILE);
        files.remove(SampleSources.CHANGELOG_FILE);
        return files;
    }

    private List<String> titles(String branch) throws IOException {
        return GitFiles.at(repository.path()).titles(branch);
    }

    /** As the control plane does it: a commit with two parents on main alone. */
    private String mergeProductionIntoMain() {
        String merge = git().git(
                        "commit-tree",
                        "-p",
                        "main",
                        "-p",
                        "production",
                        "-m",
                        "Merge production into main",
                        "production^{tree}");
        git().git("update-ref", "refs/heads/main", merge);
        return merge;
    }
}
