package dev.slipway.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.git.Answers.Branches;
import dev.slipway.git.Answers.Trial;
import dev.slipway.testkit.git.TestRepository;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Slipway says of a merge is what {@code git merge} does, verdict and tree, whatever the trees. */
@Tag("thorough")
final class AsGitMergesTest {
    private static final long SEED = Long.getLong("slipway.git.seed", 20261128L);
    private static final int TREES = Integer.getInteger("slipway.git.trees", 100);

    /**
     * By hand: for each, the target checked out, merged, and what is committed then. Git itself trips over a few of these
     * trees (2.39.5: "BUG: merge-ort.c … this shouldn't happen", abort); it merged nothing then, so that is a conflict.
     */
    private static final String BY_HAND = """
            i=0
            while [ $i -lt TREES ]; do
              git checkout -q -f --detach main-$i && git clean -ffdxq || exit 1
              if git merge -q --no-edit --no-gpg-sign production-$i >/dev/null 2>&1
              then git rev-parse HEAD^{tree}
              else echo conflict; rm -f .git/index.lock; git reset -q --hard
              fi
              i=$((i + 1))
            done
            """;

    @TempDir
    Path folder;

    @Test
    void random_trees_merge_or_conflict_as_git_merge_has_it() throws Exception {
        System.out.println("seed " + SEED + ", trees " + TREES);
        TestRepository git = TestRepository.in(folder.resolve("trees"));
        RandomTrees trees = new RandomTrees(SEED);
        StringBuilder stream = new StringBuilder();
        for (int i = 0; i < TREES; i++) {
            stream.append(trees.scenario(i));
        }
        git.fed(stream.toString(), "fast-import", "--quiet");
        git.git("config", "alias.by-hand", "!" + BY_HAND.replace("TREES", Integer.toString(TREES)));
        List<String> byHand = git.git("by-hand").lines().toList();

        List<String> said = new ArrayList<>();
        try (Git adapter = new Git(GitProgram.find(), GitOptions.ofThisUser())) {
            for (int i = 0; i < TREES; i++) {
                said.add(
                        switch (adapter.tryMerge(new Branches(git.url(), "production-" + i, "main-" + i))) {
                            case Trial.Clean clean -> clean.tree();
                            case Trial.Conflicting conflicting ->
                                conflicting.conflicts().isEmpty() ? "no reason" : "conflict";
                            case Trial.Refused refused -> refused.why();
                        });
            }
        }

        List<String> differences = new ArrayList<>();
        for (int i = 0; i < TREES; i++) {
            if (!said.get(i).equals(byHand.get(i))) {
                differences.add("%d: said %s, by hand %s".formatted(i, said.get(i), byHand.get(i)));
            }
        }
        assertThat(differences).isEmpty();
        assertThat(byHand.stream().filter("conflict"::equals).count())
                .as("conflicts among them")
                .isBetween(TREES / 10L, TREES * 9L / 10);
    }
}
