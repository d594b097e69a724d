package dev.slipway.demo;

import static dev.slipway.demo.Behaviour.FAULTY;
import static dev.slipway.demo.Behaviour.HEALTHY;
import static dev.slipway.demo.People.AUTHOR;
import static dev.slipway.demo.People.COMMITTER;
import static dev.slipway.demo.People.MONDAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
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
        assertThat(sha).isEqualTo(head("production").name()).hasSize(40);
        assertThat(files("production").get(SampleSources.VERSION_FILE)).contains("CURRENT = \"1.0.0\"");
    }

    @Test
    void commits_name_their_author_and_their_committer() throws Exception {
        commit("1.0.0", HEALTHY);

        try (Git git = Git.open(repository.path().toFile());
                RevWalk commits = new RevWalk(git.getRepository())) {
            RevCommit commit = commits.parseCommit(head("production"));
            assertThat(commit.getAuthorIdent().getEmailAddress()).isEqualTo("grace@example.test");
            assertThat(commit.getCommitterIdent().getEmailAddress()).isEqualTo("linus@example.test");
            assertThat(commit.getCommitterIdent().getWhenAsInstant()).isEqualTo(MONDAY);
        }
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
        ObjectId merge = mergeProductionIntoMain();

        String sha = commit("1.1.0", FAULTY);

        assertThat(head("main")).isEqualTo(merge);
        assertThat(head("production").name()).isEqualTo(sha);
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

    private ObjectId head(String branch) throws IOException {
        try (Git git = Git.open(repository.path().toFile())) {
            return GitFiles.head(git.getRepository(), branch).orElseThrow();
        }
    }

    private Map<String, String> files(String branch) throws IOException {
        try (Git git = Git.open(repository.path().toFile())) {
            return GitFiles.read(git.getRepository(), head(branch));
        }
    }

    private static Map<String, String> withoutVersion(Map<String, String> files) {
        files.remove(SampleSources.VERSION_FILE);
        files.remove(SampleSources.CHANGELOG_FILE);
        return files;
    }

    private List<String> titles(String branch) throws Exception {
        List<String> titles = new ArrayList<>();
        try (Git git = Git.open(repository.path().toFile())) {
            git.log().add(head(branch)).call().forEach(commit -> titles.add(commit.getShortMessage()));
        }
        return titles;
    }

    /** As the control plane does it: a commit with two parents on main alone. */
    private ObjectId mergeProductionIntoMain() throws IOException {
        try (Git git = Git.open(repository.path().toFile());
                ObjectInserter inserter = git.getRepository().newObjectInserter();
                RevWalk commits = new RevWalk(git.getRepository())) {
            Repository opened = git.getRepository();
            CommitBuilder merge = new CommitBuilder();
            merge.setTreeId(commits.parseCommit(head("production")).getTree());
            merge.setParentIds(head("main"), head("production"));
            merge.setAuthor(new PersonIdent("Slipway", "slipway@example.test"));
            merge.setCommitter(merge.getAuthor());
            merge.setMessage("Merge production into main");
            ObjectId id = inserter.insert(merge);
            inserter.flush();
            RefUpdate update = opened.updateRef("refs/heads/main");
            update.setNewObjectId(id);
            assertThat(update.update()).isEqualTo(RefUpdate.Result.FAST_FORWARD);
            return id;
        }
    }
}
