package dev.slipway.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.git.Answers.Branches;
import dev.slipway.git.Answers.Trial;
import dev.slipway.git.Answers.Trial.Clean;
import dev.slipway.git.Answers.Trial.Conflicting;
import dev.slipway.testkit.git.TestRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rows of what git does, each beside {@code git merge} in a working tree of the same target. */
final class TryMergeTest {
    private static final String LINES = "one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\nnine\nten\n";

    @TempDir
    Path folder;

    private TestRepository git;
    private final Git adapter = new Git(GitProgram.find(), GitOptions.ofThisUser());

    @BeforeEach
    void aRepository() {
        git = TestRepository.in(folder.resolve("hello"));
        git.commit("greeting.txt", LINES);
    }

    @AfterEach
    void close() {
        adapter.close();
    }

    private interface Change {
        void make() throws IOException;
    }

    /** Both sides change what is there; then what Slipway says is compared with what {@code git merge} does. */
    private Trial compared(Change main, Change production) throws IOException {
        git.on("production");
        production.make();
        git.commitAll("feat: production's");
        git.on("main");
        main.make();
        git.commitAll("feat: main's");
        Trial said = adapter.tryMerge(new Branches(git.url(), "production", "main"));

        TestRepository.Ran merged = git.ran("merge", "-q", "--no-edit", "--no-gpg-sign", "production");
        assertThat(said).isInstanceOf(merged.exit() == 0 ? Clean.class : Conflicting.class);
        if (said instanceof Clean clean) {
            assertThat(clean.tree()).isEqualTo(git.resolve("HEAD^{tree}"));
        }
        return said;
    }

    private static void conflict(Trial said, String type, String... words) {
        assertThat(said)
                .isInstanceOfSatisfying(
                        Conflicting.class,
                        conflicting -> assertThat(conflicting.conflicts()).anySatisfy(conflict -> {
                            assertThat(conflict.type()).isEqualTo(type);
                            assertThat(conflict.text()).contains(words);
                        }));
    }

    private void move(String from, String to) throws IOException {
        Files.createDirectories(git.folder().resolve(to).getParent());
        Files.move(git.folder().resolve(from), git.folder().resolve(to));
    }

    @Test
    void a_file_renamed_here_and_edited_there_merges_in_the_new_name() throws IOException {
        Trial said = compared(
                () -> git.write("greeting.txt", LINES.replace("two", "TWO")),
                () -> move("greeting.txt", "lib/core/greeting.txt"));

        assertThat(said).isInstanceOf(Clean.class);
    }

    @Test
    void a_name_that_changes_only_its_case_merges_too() throws IOException {
        assertThat(compared(
                        () -> git.write("greeting.txt", LINES.replace("two", "TWO")),
                        () -> move("greeting.txt", "Greeting.txt")))
                .isInstanceOf(Clean.class);
    }

    @Test
    void a_new_file_in_a_folder_that_the_other_side_moved_is_a_conflict() throws IOException {
        for (int i = 0; i < 4; i++) {
            git.write("old/part" + i + ".txt", LINES + i);
        }
        git.commitAll("feat: parts");

        Trial said = compared(() -> git.write("old/more.txt", "more\n"), () -> {
            for (int i = 0; i < 4; i++) {
                move("old/part" + i + ".txt", "new/part" + i + ".txt");
            }
        });

        conflict(
                said,
                "CONFLICT (directory rename suggested)",
                "CONFLICT (file location): old/more.txt added in main",
                "moved to new/more.txt",
                "production by " + git.head("production").substring(0, 7));
    }

    @Test
    void a_file_renamed_here_and_deleted_there_is_a_conflict() throws IOException {
        Trial said = compared(
                () -> Files.delete(git.folder().resolve("greeting.txt")), () -> move("greeting.txt", "salute.txt"));

        conflict(said, "CONFLICT (rename/delete)", "renamed to salute.txt in production", "deleted in main");
    }

    @Test
    void a_file_renamed_to_two_names_is_a_conflict() throws IOException {
        Trial said = compared(() -> move("greeting.txt", "hello.txt"), () -> move("greeting.txt", "salute.txt"));

        conflict(said, "CONFLICT (rename/rename)", "hello.txt in main", "salute.txt in production");
    }

    @Test
    void a_mode_changed_here_survives_a_rename_there() throws IOException {
        Trial said = compared(
                () -> assertThat(git.folder().resolve("greeting.txt").toFile().setExecutable(true))
                        .isTrue(),
                () -> move("greeting.txt", "salute.txt"));

        String tree = ((Clean) said).tree();
        assertThat(git.git("ls-tree", tree, "salute.txt")).startsWith("100755");
    }

    @Test
    void a_file_changed_here_and_deleted_there_is_a_conflict_that_names_both_changes() throws IOException {
        Trial said = compared(
                () -> Files.delete(git.folder().resolve("greeting.txt")),
                () -> git.write("greeting.txt", LINES.replace("two", "TWO")));

        conflict(
                said,
                "CONFLICT (modify/delete)",
                "greeting.txt deleted in main and modified in production",
                "main by " + git.resolve("HEAD").substring(0, 7),
                "Ada: feat: main's",
                "production by " + git.head("production").substring(0, 7));
        assertThat(((Conflicting) said).commands()).contains("git switch production", "git merge main");
    }

    @Test
    void the_same_line_changed_on_both_sides_is_a_conflict() throws IOException {
        Trial said = compared(
                () -> git.write("greeting.txt", LINES.replace("two", "2")),
                () -> git.write("greeting.txt", LINES.replace("two", "TWO")));

        conflict(said, "CONFLICT (contents)", "Merge conflict in greeting.txt");
    }

    @Test
    void attributes_of_the_target_count_also_those_in_folders() throws IOException {
        git.write("deep/locks/.gitattributes", "*.lock binary\n*.list merge=union\n");
        git.write("deep/locks/a.lock", LINES).write("deep/locks/a.list", LINES);
        git.commitAll("feat: locks");

        Trial said = compared(
                () -> git.write("deep/locks/a.lock", LINES.replace("two", "2"))
                        .write("deep/locks/a.list", LINES + "main\n"),
                () -> git.write("deep/locks/a.lock", LINES.replace("nine", "9"))
                        .write("deep/locks/a.list", LINES + "production\n"));

        assertThat(said).isInstanceOf(Conflicting.class);
        assertThat(((Conflicting) said).conflicts())
                .extracting(Conflict::paths)
                .containsExactly(List.of("deep/locks/a.lock"));
    }

    @Test
    void attributes_that_only_the_release_brings_do_not_count_yet() throws IOException {
        git.write("deep/a.lock", LINES).commitAll("feat: lock");

        Trial said = compared(
                () -> git.write("deep/a.lock", LINES.replace("two", "2")),
                () -> git.write("deep/a.lock", LINES.replace("nine", "9"))
                        .write("deep/.gitattributes", "*.lock binary\n"));

        assertThat(said).isInstanceOf(Clean.class);
    }

    @Test
    void union_merges_in_a_bare_repository_as_well() throws IOException {
        git.write(".gitattributes", "greeting.txt merge=union\n").commitAll("chore: union");
        compared(
                () -> git.write("greeting.txt", LINES + "main\n"),
                () -> git.write("greeting.txt", LINES + "production\n"));
        git.git("reset", "-q", "--hard", "HEAD~1");
        TestRepository bare = bareOf(git);

        assertThat(adapter.tryMerge(new Branches(bare.url(), "production", "main")))
                .isInstanceOf(Clean.class);
    }

    private TestRepository bareOf(TestRepository source) {
        Path place = folder.resolve("bare.git");
        source.git("clone", "-q", "--bare", source.folder().toString(), place.toString());
        return TestRepository.at(place);
    }

    @Test
    void a_file_that_needs_a_merge_driver_is_a_conflict_and_no_program_is_run() throws IOException {
        Path trace = folder.resolve("ran");
        git.write(".gitattributes", "greeting.txt merge=ours\n*.c filter=spy\n").write("a.c", LINES);
        git.commitAll("chore: attributes");
        git.on("production").write("greeting.txt", LINES.replace("two", "TWO")).write("a.c", LINES + "1\n");
        git.commitAll("feat: production's");
        git.on("main").write("greeting.txt", LINES.replace("nine", "NINE")).write("a.c", "0\n" + LINES);
        git.commitAll("feat: main's");
        for (String name : List.of("merge.ours.driver", "filter.spy.smudge", "filter.spy.clean", "core.fsmonitor")) {
            git.git("config", name, "touch " + trace);
        }
        TestRepository bare = bareOf(git);
        bare.git("config", "merge.ours.driver", "touch " + trace);

        for (TestRepository each : List.of(git, bare)) {
            Trial said = adapter.tryMerge(new Branches(each.url(), "production", "main"));

            conflict(said, Conflict.DRIVER, "greeting.txt was changed on both sides", "driver 'ours'");
            assertThat(((Conflicting) said).conflicts()).hasSize(1);
        }
        assertThat(trace).doesNotExist();
    }

    @Test
    void a_file_with_a_driver_that_one_side_left_alone_merges() throws IOException {
        git.write(".gitattributes", "greeting.txt merge=ours\n").commitAll("chore: attributes");

        assertThat(compared(() -> git.write("other.txt", "x\n"), () -> git.write("greeting.txt", "new\n")))
                .isInstanceOf(Clean.class);
    }

    @Test
    void branches_that_merged_each_other_crosswise_conflict_where_git_has_it() throws IOException {
        git.on("production").commit("both", "production\n");
        String main = git.on("main").commit("both", "main\n");
        git.git("merge", "-q", "-s", "ours", "--no-edit", "--no-gpg-sign", "production");
        git.on("production").git("merge", "-q", "-s", "ours", "--no-edit", "--no-gpg-sign", main);
        git.on("main");
        assertThat(git.git("merge-base", "--all", "main", "production").lines()).hasSize(2);

        conflict(
                compared(() -> git.write("a", "main\n"), () -> git.write("b", "production\n")),
                "CONFLICT (contents)",
                "Merge conflict in both");
    }

    @Test
    void two_files_where_a_folder_was_are_a_conflict() throws IOException {
        git.commit("part/a.txt", LINES);

        Trial said = compared(
                () -> {
                    git.git("rm", "-q", "-r", "part");
                    git.write("part", "main\n");
                },
                () -> {
                    git.git("rm", "-q", "-r", "part");
                    git.write("part", "production\n");
                });

        conflict(said, "CONFLICT (contents)", "(add/add): Merge conflict in part");
    }

    @Test
    void unrelated_histories_are_refused_with_the_command_that_joins_them() throws IOException {
        git.git("switch", "-q", "--orphan", "production");
        git.commit("b.txt", "b\n");

        assertThat(adapter.tryMerge(new Branches(git.url(), "production", "main")))
                .isInstanceOfSatisfying(Conflicting.class, conflicting -> {
                    assertThat(conflicting.conflicts())
                            .singleElement()
                            .extracting(Conflict::type)
                            .isEqualTo(Conflict.UNRELATED);
                    assertThat(conflicting.commands()).contains("git merge --allow-unrelated-histories main");
                });
    }

    @Test
    void names_that_are_not_utf_8_are_merged_as_they_are() throws IOException {
        String input = """
                commit refs/heads/%s
                committer Ada <ada@example.test> 0 +0000
                data 1
                x
                %sM 100644 inline "caf\\351"
                data %d
                %s
                """;
        String base = LINES;
        git.fed(input.formatted("main", "deleteall\n", base.length(), base), "fast-import", "--quiet", "--force");
        git.branch("production", "main");
        String ours = LINES.replace("two", "TWO");
        String theirs = LINES.replace("nine", "NINE");
        git.fed(input.formatted("main", "from refs/heads/main^0\n", ours.length(), ours), "fast-import", "--quiet");
        git.fed(
                input.formatted("production", "from refs/heads/production^0\n", theirs.length(), theirs),
                "fast-import",
                "--quiet");

        Trial said = adapter.tryMerge(new Branches(git.url(), "production", "main"));

        git.git("reset", "-q", "--hard", "main");
        git.git("merge", "-q", "--no-edit", "production");
        assertThat(((Clean) said).tree()).isEqualTo(git.resolve("HEAD^{tree}"));
        assertThat(git.git("ls-tree", ((Clean) said).tree())).contains("caf\\351");
    }

    @Test
    void what_is_merged_already_is_clean() throws IOException {
        git.branch("production", "main");

        assertThat(adapter.tryMerge(new Branches(git.url(), "production", "main")))
                .isEqualTo(new Clean(git.head("main"), git.head("main"), git.resolve("main^{tree}"), true));
    }

    @Test
    void trying_leaves_nothing_behind() throws IOException {
        compared(() -> git.write("a.txt", "a\n"), () -> git.write("b.txt", "b\n"));
        git.git("reset", "-q", "--hard", "HEAD~1");
        List<Path> before = files();

        adapter.tryMerge(new Branches(git.url(), "production", "main"));

        assertThat(files()).isEqualTo(before);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(git.folder().resolve(".git"))) {
            return files.sorted().toList();
        }
    }

    @Test
    void many_conflicts_are_told_up_to_a_bound() throws IOException {
        Trial said = compared(
                () -> {
                    for (int i = 0; i < 25; i++) {
                        git.write("f" + i, "main\n");
                    }
                },
                () -> {
                    for (int i = 0; i < 25; i++) {
                        git.write("f" + i, "production\n");
                    }
                });

        assertThat(((Conflicting) said).conflicts()).hasSize(20);
        assertThat(((Conflicting) said).more()).isEqualTo(5);
    }
}
