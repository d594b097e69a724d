package dev.slipway.guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DefaultGuideTest {
    private static final Path FIRST = Path.of("../../../shared/vectors/guides/first-guide.md");

    @Test
    void it_covers_every_line_of_the_guide_that_this_project_began_with() throws IOException {
        assumeTrue(
                Files.isRegularFile(FIRST),
                "no guide at " + FIRST.toAbsolutePath().normalize());
        List<String> covered =
                DefaultGuide.lines().stream().map(DefaultGuide.Line::of).toList();

        List<String> lines = Files.readAllLines(FIRST);
        List<String> asked = Stream.iterate(1, i -> i <= lines.size(), i -> i + 1)
                .filter(i -> lines.get(i - 1).matches("\\s*(-|\\d+\\.) .*"))
                .map(i -> i + " " + hash(lines.get(i - 1)))
                .toList();

        assertThat(covered).containsExactlyElementsOf(asked);
    }

    @Test
    void every_line_is_answered_by_something_that_there_is() {
        assertThat(DefaultGuide.lines()).hasSize(62).allSatisfy(line -> {
            assertThat(line.answer()).as(line.text()).isNotBlank();
            if (line.kind().equals("gate")) {
                assertThat(line.policy()).as(line.text()).containsAnyOf("gates: [", "bake:");
            }
            assertThat(line.cover()).as(line.text()).isNotEqualTo("nothing-yet");
        });
    }

    /** An absolute limit says nothing of what was before. */
    @Test
    void what_names_the_baseline_is_compared_with_it_and_what_names_flaky_tests_looks_at_their_runs() {
        List<DefaultGuide.Line> compared = DefaultGuide.lines().stream()
                .filter(line -> line.text().matches("(?i).*\\b(baseline|last verified release)\\b.*"))
                .toList();
        List<DefaultGuide.Line> stable = DefaultGuide.lines().stream()
                .filter(line -> line.text().matches("(?i).*\\bflaky\\b.*"))
                .toList();

        assertThat(compared)
                .hasSize(3)
                .allSatisfy(line -> assertThat(line.policy())
                        .as(line.text())
                        .contains("baseline: record")
                        .containsPattern("rule: \\{.*baseline\\.(worse|change): "));
        assertThat(stable)
                .singleElement()
                .satisfies(line -> assertThat(line.policy()).contains("stability: {runs: ", "stability.flaky: 0"));
    }

    /** What Slipway sees, counts or asks for itself is handed in by nobody. */
    @Test
    void what_slipway_looks_at_itself_no_run_and_no_person_is_asked_for() {
        Map<String, String> answered = DefaultGuide.lines().stream()
                .filter(line -> line.policy() != null)
                .collect(Collectors.toMap(
                        DefaultGuide.Line::text, line -> line.cover() + " " + line.policy(), (one, _) -> one));

        assertThat(answered.get("Validate the configuration files")).contains("slipway ", "schema: [{files: ");
        assertThat(answered.get("Have the deployment scripts reviewed by somebody else"))
                .contains("slipway ", "paths: [{files: ");
        assertThat(answered.get("The documentation is complete")).contains("slipway ", "links: {files: ");
        assertThat(answered.get("Version: {version}")).contains("slipway ", "versions: {files: ");
        assertThat(answered.get("All features that were promised for it are implemented"))
                .contains("slipway ", "tracker: {github: ", "tracker.open: 0");
        assertThat(answered.get("No severe bug is open")).contains("slipway ", "tracker.open.high: 0");
        assertThat(answered.get("Checks: all pipelines of the revision")).contains("all: true");
    }

    /** Whoever went back has more to learn than whoever did not. */
    @Test
    void what_people_do_afterwards_they_are_asked_for_after_either_end() {
        List<DefaultGuide.Line> duties = DefaultGuide.lines().stream()
                .filter(line -> line.policy() != null && line.policy().startsWith("duties: ["))
                .toList();

        assertThat(duties)
                .extracting(DefaultGuide.Line::heading)
                .containsOnly("After the release", "Continuous improvement");
        assertThat(duties).hasSize(6).allSatisfy(line -> {
            assertThat(line.policy()).as(line.text()).endsWith(", after: end}]");
            assertThat(line.answer()).as(line.text()).contains("whether it was kept or taken back");
        });
    }

    @Test
    void the_importer_reads_it_as_it_is_meant() {
        Map<String, Proposal> read = Proposing.of(GuideFile.parse("default.md", DefaultGuide.markdown())).stream()
                .filter(one -> one.line().shape() != GuideLine.Shape.HEADING)
                .collect(Collectors.toMap(one -> one.line().text(), Function.identity()));
        List<DefaultGuide.Line> meant = DefaultGuide.lines().stream()
                .filter(line -> !line.answer().startsWith("a title"))
                .toList();

        List<String> otherwise = meant.stream()
                .filter(line -> !read.containsKey(line.text())
                        || !read.get(line.text()).kind().word().equals(line.kind()))
                .map(DefaultGuide.Line::text)
                .toList();

        assertThat(read).hasSameSizeAs(meant);
        assertThat(otherwise).as("read as another class").hasSizeLessThanOrEqualTo(meant.size() / 10);
    }

    /** Of a line as it stands, without the blanks around it. */
    static String hash(String line) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(line.strip().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 4);
        } catch (NoSuchAlgorithmException always) {
            throw new IllegalStateException(always);
        }
    }
}
