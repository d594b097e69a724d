package dev.slipway.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.git.Answers.Branches;
import dev.slipway.git.Answers.Merge;
import dev.slipway.git.Answers.Merged;
import dev.slipway.git.Answers.Trial;
import dev.slipway.testkit.git.TestRepository;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The check and the merge of many renames beside {@code git merge} by hand, in turns: the same tree, and at most half as long
 * again. What it costs is measured with {@code -Dslipway.git.bench=true} alone, on a larger repository, and printed in one
 * line: other work on the machine would decide else.
 */
final class MergeBenchTest {
    private static final boolean MEASURED = Boolean.getBoolean("slipway.git.bench");
    private static final int FILES = MEASURED ? 10_000 : 400;
    private static final int RENAMES = MEASURED ? 500 : 20;
    private static final int ROUNDS = Integer.getInteger("slipway.git.bench.rounds", MEASURED ? 7 : 2);
    private static final double TIMES_MAX = 1.5;

    @TempDir
    Path folder;

    private interface Step {
        void run() throws Exception;
    }

    private static long millis(Step step) throws Exception {
        long before = System.nanoTime();
        step.run();
        return (System.nanoTime() - before) / 1_000_000;
    }

    private static long median(List<Long> millis) {
        return millis.stream().sorted().toList().get(millis.size() / 2);
    }

    /** Renames in a folder of their own on one side, edits of the same files on the other. */
    private static String history() {
        StringBuilder stream = new StringBuilder();
        commit(stream, "main", "");
        for (int i = 0; i < FILES; i++) {
            file(stream, "src/part%d/File%d.java".formatted(i % 100, i), i, "");
        }
        commit(stream, "production", "main");
        for (int i = 0; i < RENAMES; i++) {
            stream.append("R src/part%1$d/File%2$d.java src/moved%1$d/File%2$d.java\n".formatted(i % 100, i));
        }
        commit(stream, "main", "");
        for (int i = 0; i < 2 * RENAMES; i++) {
            file(stream, "src/part%d/File%d.java".formatted(i % 100, i), i, "edited");
        }
        return stream.toString();
    }

    private static void commit(StringBuilder stream, String branch, String from) {
        stream.append("commit refs/heads/%s\ncommitter Ada <ada@example.test> 1700000000 +0000\ndata 1\nx\n"
                .formatted(branch));
        if (!from.isEmpty()) {
            stream.append("from refs/heads/%s\n".formatted(from));
        }
    }

    private static void file(StringBuilder stream, String path, int number, String edit) {
        StringBuilder lines = new StringBuilder();
        for (int line = 0; line < 40; line++) {
            lines.append("line ")
                    .append(line * 31 + number * 7)
                    .append(line == 20 ? edit : "")
                    .append('\n');
        }
        stream.append("M 100644 inline %s\ndata %d\n%s\n".formatted(path, lines.length(), lines));
    }

    @Test
    void checking_and_merging_give_the_tree_of_merging_by_hand_and_cost_little_more() throws Exception {
        TestRepository bare = TestRepository.bare(folder.resolve("hello.git"));
        bare.fed(history(), "fast-import", "--quiet");
        bare.git("gc", "-q");
        String main = bare.head("main");
        TestRepository clone = TestRepository.at(folder.resolve("clone"));
        bare.git(
                "clone",
                "-q",
                "-b",
                "main",
                bare.folder().toString(),
                clone.folder().toString());
        Branches branches = new Branches(bare.url(), "production", "main");
        Merge order = new Merge(branches, bare.head("production"), "v1", "merge\n", "tag\n", "S", "s@x", 3);
        List<Long> byHand = new ArrayList<>();
        List<Long> pushedByHand = new ArrayList<>();
        List<Long> checks = new ArrayList<>();
        List<Long> merges = new ArrayList<>();
        try (Git git = new Git(GitProgram.find(), GitOptions.ofThisUser())) {
            for (int round = 0; round < ROUNDS; round++) {
                clone.git("reset", "-q", "--hard", main);
                long merge = millis(() -> clone.git("merge", "-q", "--no-edit", "--no-gpg-sign", "origin/production"));
                byHand.add(merge);
                pushedByHand.add(merge
                        + millis(() -> {
                            clone.git("tag", "-a", "-m", "x", "v1", "origin/production");
                            clone.git("push", "-q", "--atomic", "origin", "main", "v1");
                        }));
                String tree = bare.resolve("main^{tree}");
                reset(bare, clone, main);
                checks.add(millis(() -> assertThat(git.tryMerge(branches))
                        .isInstanceOfSatisfying(
                                Trial.Clean.class,
                                clean -> assertThat(clean.tree()).isEqualTo(tree))));
                merges.add(millis(() -> assertThat(git.merge(order)).isInstanceOf(Merged.Done.class)));
                assertThat(bare.resolve("main^{tree}")).isEqualTo(tree);
                reset(bare, clone, main);
            }
        }
        if (MEASURED) {
            costLittleMore(byHand, pushedByHand, checks, merges);
        }
    }

    private static void costLittleMore(
            List<Long> byHand, List<Long> pushedByHand, List<Long> checks, List<Long> merges) {
        System.out.printf(
                "bench merge: %,d files, %d renames, median of %d: git merge by hand %d ms, with tag and push %d ms; check %d ms (%.2f times), merge, tag and push %d ms (%.2f times git merge, %.2f times the same by hand)%n",
                FILES,
                RENAMES,
                ROUNDS,
                median(byHand),
                median(pushedByHand),
                median(checks),
                (double) median(checks) / median(byHand),
                median(merges),
                (double) median(merges) / median(byHand),
                (double) median(merges) / median(pushedByHand));
        assertThat((double) median(checks) / median(byHand)).isLessThanOrEqualTo(TIMES_MAX);
        assertThat((double) median(merges) / median(byHand)).isLessThanOrEqualTo(TIMES_MAX);
    }

    private static void reset(TestRepository bare, TestRepository clone, String main) {
        bare.git("update-ref", "refs/heads/main", main);
        bare.ran("tag", "-d", "v1");
        clone.ran("tag", "-d", "v1");
    }
}
