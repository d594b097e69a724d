package dev.slipway.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.slipway.git.Answers.Branches;
import dev.slipway.git.Answers.Merge;
import dev.slipway.git.Answers.Merged;
import dev.slipway.git.Answers.Trial;
import dev.slipway.testkit.git.TestRepository;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.UserPrincipal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each kind of repository works, or is refused at once with the remedy; and the remedy helps. */
final class KindsOfRepositoriesTest {
    @TempDir
    Path folder;

    private final Git adapter = new Git(GitProgram.find(), GitOptions.ofThisUser());

    @AfterEach
    void close() {
        adapter.close();
    }

    /** With the branches that a release needs, both of which changed. */
    private TestRepository filled(TestRepository git) {
        git.commit("README", "one\ntwo\nthree\nfour\nfive\n");
        git.on("production").commit("README", "ONE\ntwo\nthree\nfour\nfive\n");
        git.on("main").commit("README", "one\ntwo\nthree\nfour\nFIVE\n");
        git.on("elsewhere");
        return git;
    }

    private TestRepository source() {
        return filled(TestRepository.in(folder.resolve("source")));
    }

    private TestRepository clone(TestRepository source, String name, String... options) {
        Path place = folder.resolve(name);
        List<String> command = new java.util.ArrayList<>(List.of("clone", "-q"));
        command.addAll(List.of(options));
        command.addAll(List.of("file://" + source.folder(), place.toString()));
        source.git(command.toArray(String[]::new));
        return TestRepository.at(place);
    }

    private Trial tried(String url) throws GitTrouble {
        return adapter.tryMerge(new Branches(url, "production", "main"));
    }

    private void mergesAndTags(String url, String revision) throws GitTrouble {
        assertThat(tried(url)).isInstanceOf(Trial.Clean.class);
        Merge order = new Merge(new Branches(url, "production", "main"), revision, "v1", "m\n", "t\n", "S", "s@x", 2);
        assertThat(adapter.merge(order)).isInstanceOf(Merged.Done.class);
    }

    private static void refused(Trial said, String... words) {
        assertThat(said)
                .isInstanceOfSatisfying(
                        Trial.Refused.class,
                        refused -> assertThat(refused.why()).contains(words));
    }

    @Test
    void ids_of_64_digits() throws GitTrouble {
        TestRepository git = filled(TestRepository.sha256(folder.resolve("sha256")));

        mergesAndTags(git.url(), git.head("production"));

        assertThat(git.resolve("v1^{commit}")).hasSize(64).isEqualTo(git.head("production"));
        assertThat(git.parents("main")).contains(git.head("production"));
    }

    @Test
    void a_clone_that_borrows_its_objects() throws GitTrouble {
        TestRepository git = clone(source(), "borrowing.git", "--mirror", "--shared");

        mergesAndTags(git.url(), git.head("production"));
    }

    @Test
    void references_that_are_packed() throws GitTrouble {
        TestRepository git = source();
        git.git("pack-refs", "--all");
        git.git("gc", "-q");

        mergesAndTags(git.url(), git.head("production"));
    }

    @Test
    void another_working_tree_of_a_repository() throws GitTrouble {
        TestRepository git = source();
        Path linked = folder.resolve("linked");
        git.git("worktree", "add", "-q", linked.toString(), "production");

        mergesAndTags("file:" + linked, git.head("production"));
    }

    @Test
    void every_way_to_say_where_it_is() throws Exception {
        TestRepository git = filled(TestRepository.in(folder.resolve("with blank/and 100%/hello.git")));
        String path = git.folder().toString();
        String encoded = git.folder().toUri().toString();

        for (String url : List.of(
                "file:" + path,
                "file://" + path,
                encoded,
                encoded.replace("file:///", "file://localhost/"),
                "file:" + path + "/.git")) {
            assertThat(tried(url)).as(url).isInstanceOf(Trial.Clean.class);
        }
        assertThat(tried("file:" + path.replaceAll("\\.git$", ""))).isInstanceOf(Trial.Clean.class);
    }

    @Test
    void a_shallow_clone_is_refused_and_its_remedy_helps() throws GitTrouble {
        TestRepository git = clone(source(), "shallow", "--depth=1", "--no-single-branch");
        git.branch("production", "origin/production").branch("main", "origin/main");

        refused(tried(git.url()), "shallow clone", "git -C " + git.folder() + " fetch --unshallow");
        git.git("fetch", "-q", "--unshallow");

        mergesAndTags(git.url(), git.head("production"));
    }

    @Test
    void a_partial_clone_is_refused_where_something_is_missing_and_its_remedy_helps() throws GitTrouble {
        TestRepository source = source();
        source.git("config", "uploadpack.allowFilter", "true");
        TestRepository git = clone(source, "partial.git", "--mirror", "--filter=blob:none");

        refused(tried(git.url()), "partial clone", "git -C " + git.folder() + " fetch --refetch --no-filter");
        git.git("fetch", "-q", "--refetch", "--no-filter");

        mergesAndTags(git.url(), git.head("production"));
    }

    @Test
    void what_is_no_repository_is_refused() throws Exception {
        Path empty = Files.createDirectories(folder.resolve("empty"));
        Path odd = Files.createDirectories(folder.resolve("odd"));
        Files.writeString(odd.resolve("HEAD"), "nonsense");

        for (Path path : List.of(empty, odd, folder.resolve("nowhere"))) {
            refused(tried("file:" + path), "There is no Git repository at " + path);
        }
    }

    @Test
    void a_folder_inside_of_a_repository_is_none() throws Exception {
        TestRepository git = source();
        Path inside = Files.createDirectories(git.folder().resolve("inside"));

        refused(tried("file:" + inside), "There is no Git repository");
    }

    @Test
    void one_that_belongs_to_somebody_else_needs_an_administrator_s_word() throws Exception {
        TestRepository git = source();
        assumeThat(System.getProperty("user.name")).isEqualTo("root");
        UserPrincipal nobody =
                git.folder().getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
        Files.setOwner(git.folder(), nobody);
        Files.setOwner(git.folder().resolve(".git"), nobody);

        refused(tried(git.url()), "belongs to nobody", "slipway.git.other-owners");
        GitOptions user = GitOptions.ofThisUser();
        GitOptions trusting = new GitOptions(
                user.roots(),
                user.hosts(),
                true,
                null,
                null,
                List.of(),
                null,
                user.commandWithin(),
                user.fetchWithin(),
                user.outputBytesMax(),
                1,
                1,
                20);
        try (Git trusts = new Git(GitProgram.find(), trusting)) {
            assertThat(trusts.tryMerge(new Branches(git.url(), "production", "main")))
                    .isInstanceOf(Trial.Clean.class);
        }
    }

    @Test
    void a_broken_object_is_trouble_in_git_s_words() throws Exception {
        TestRepository git = source();
        String blob = git.resolve("main:README");
        Path object = git.folder()
                .resolve(".git/objects")
                .resolve(blob.substring(0, 2))
                .resolve(blob.substring(2));
        Files.delete(object);

        assertThatThrownBy(() -> tried(git.url()))
                .isInstanceOf(GitTrouble.class)
                .hasMessageContaining(blob);
    }

    @Test
    void scratch_repositories_go_and_those_that_a_crash_left_go_at_the_next_start() throws Exception {
        Path base = Files.createDirectories(folder.resolve("scratch"));
        Path left = Files.createDirectories(base.resolve("scratch-1/repo"));
        Path fresh = Files.createDirectories(base.resolve("scratch-2"));
        Files.setLastModifiedTime(left.getParent(), FileTime.from(Instant.now().minus(2, ChronoUnit.DAYS)));
        GitOptions user = GitOptions.ofThisUser();
        GitOptions here = new GitOptions(
                user.roots(),
                user.hosts(),
                false,
                base,
                null,
                List.of(),
                null,
                user.commandWithin(),
                user.fetchWithin(),
                user.outputBytesMax(),
                1,
                1,
                20);

        try (Git git = new Git(GitProgram.find(), here)) {
            assertThat(git.tryMerge(new Branches(source().url(), "production", "main")))
                    .isInstanceOf(Trial.Clean.class);
        }

        assertThat(base).isDirectoryContaining(path -> path.equals(fresh));
        try (var rest = Files.list(base)) {
            assertThat(rest).containsExactly(fresh);
        }
    }
}
