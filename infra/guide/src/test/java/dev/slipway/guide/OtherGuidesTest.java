package dev.slipway.guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * 91 more public guides (ADR 46) against labels of our own, by a hash of each line that is a step. Their text is not shipped: who
 * has fetched them names the folder, with {@code -Dslipway.guides=DIR}, and gets the share of right classes and each line that is
 * read otherwise. A line that has changed since has no label and is passed over.
 */
class OtherGuidesTest {
    private static final String FOLDER = System.getProperty("slipway.guides", "");
    private static final double CLASS_MIN = 0.9;

    /** @param set in which it was labelled and first read: 1 to 6; a to learn from, b kept back at first */
    private record Labelled(String name, String set, Map<String, String> classes) {}

    @Test
    void every_guide_has_a_name_of_its_own_and_labels() throws IOException {
        List<Labelled> guides = guides();

        assertThat(guides).hasSize(91);
        assertThat(guides.stream().map(Labelled::name)).doesNotHaveDuplicates();
        assertThat(guides)
                .allSatisfy(guide -> assertThat(guide.classes().values())
                        .isNotEmpty()
                        .allSatisfy(word -> assertThat(LineClass.of(word)).isNotNull()));
    }

    @Test
    void the_classes_of_guides_that_are_there_are_right() throws IOException {
        assumeTrue(!FOLDER.isEmpty(), "-Dslipway.guides names a folder with the guides that labels/others.txt names");
        Map<String, int[]> sets = new TreeMap<>();
        for (Labelled guide : guides()) {
            Path file = Path.of(FOLDER).resolve(guide.name() + ".md");
            if (Files.isReadable(file)) {
                count(guide, file, sets.computeIfAbsent(guide.set(), _ -> new int[2]));
            }
        }
        sets.forEach((set, counts) ->
                System.out.printf(Locale.ROOT, "set %s: class right %.3f of %d%n", set, share(counts), counts[1]));
        int[] all = {
            sets.values().stream().mapToInt(one -> one[0]).sum(),
            sets.values().stream().mapToInt(one -> one[1]).sum()
        };

        assertThat(share(all)).as("%d of %d", all[0], all[1]).isGreaterThanOrEqualTo(CLASS_MIN);
    }

    /** Right ones, and all that have a label. */
    private static void count(Labelled guide, Path file, int[] counts) throws IOException {
        List<String> lines = Files.readAllLines(file);
        Map<Integer, Proposal> proposals = new HashMap<>();
        Proposing.of(GuideFile.read(file))
                .forEach(one -> proposals.put(one.line().source().line(), one));
        for (int i = 1; i <= lines.size(); i++) {
            String label = guide.classes().get(DefaultGuideTest.hash(lines.get(i - 1)));
            if (label == null) {
                continue;
            }
            Proposal one = proposals.get(i);
            String read = one == null || !one.step() ? "no step" : one.kind().word();
            counts[1]++;
            if (read.equals(label)) {
                counts[0]++;
            } else {
                System.out.printf("%s:%d %s, not %s: %s%n", guide.name(), i, read, label, lines.get(i - 1));
            }
        }
    }

    private static double share(int[] counts) {
        return counts[0] / (double) Math.max(1, counts[1]);
    }

    private static List<Labelled> guides() throws IOException {
        List<Labelled> guides = new ArrayList<>();
        try (InputStream in = OtherGuidesTest.class.getResourceAsStream("/labels/others.txt")) {
            new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.split(" "))
                    .forEach(parts -> {
                        if (parts[0].equals("#")) {
                            guides.add(new Labelled(parts[1], parts[2], new HashMap<>()));
                        } else {
                            guides.getLast().classes().put(parts[0], parts[1]);
                        }
                    });
        }
        return guides;
    }
}
