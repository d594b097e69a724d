package dev.slipway.contracts.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.contracts.SemanticVersion;
import dev.slipway.contracts.WireJson;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class GuideTest {
    private static final String HASH = "0f".repeat(32);
    private static final GuideAnswer GATE = new GuideAnswer(GuideAnswer.By.GATE, "unit-tests");

    @ParameterizedTest
    @CsvSource({
        "2.0.0, false, false, major final",
        "2.1.0, false, false, minor final",
        "2.1.3, false, false, patch final",
        "2.1.0-rc.1, false, false, minor candidate",
        "2.1.4, true, false, patch hotfix final",
        "1.0.0, false, true, major first final",
        "0.1.0-alpha, false, true, minor candidate first",
        "2.0.0+config.2, false, false, major final"
    })
    void a_release_is_of_the_kinds_that_its_version_and_its_circumstances_say(
            String version, boolean hotfix, boolean first, String kinds) {
        Set<ReleaseKind> found = ReleaseKind.of(SemanticVersion.require(version), hotfix, first);

        assertThat(found.stream().map(ReleaseKind::word).collect(Collectors.joining(" ")))
                .isEqualTo(kinds);
    }

    @Test
    void a_line_holds_for_any_of_its_kinds_and_for_all_where_it_names_none() {
        Set<ReleaseKind> patch = EnumSet.of(ReleaseKind.PATCH, ReleaseKind.FINAL);

        assertThat(line("a", List.of(), GATE).holds(patch)).isTrue();
        assertThat(line("a", List.of(ReleaseKind.MINOR, ReleaseKind.PATCH), GATE)
                        .holds(patch))
                .isTrue();
        assertThat(line("a", List.of(ReleaseKind.MAJOR), GATE).holds(patch)).isFalse();
    }

    @Test
    void a_heading_covers_what_stands_under_it_however_far_below_and_says_of_which_releases_once() {
        GuideHeading heading = new GuideHeading("Hotfix", List.of(ReleaseKind.HOTFIX), null);

        assertThat(heading.covers(new GuideLine("a", "A", List.of("Hotfix", "Then"), null, List.of(), GATE)))
                .isTrue();
        assertThat(heading.covers(new GuideLine("a", "A", List.of("Hotfixes"), null, List.of(), GATE)))
                .isFalse();
        assertThat(heading.rule()).isEqualTo("hotfix");
        assertThat(new GuideHeading("Later", List.of(), "version.major > 1").rule())
                .isEqualTo("version.major > 1");
        assertThatThrownBy(() -> new GuideHeading("Hotfix", List.of(), null)).hasMessageContaining("guide.headings");
        assertThatThrownBy(() -> new GuideHeading("Hotfix", List.of(ReleaseKind.HOTFIX), "kind.hotfix == 1"))
                .hasMessageContaining("kinds of release or an expression");
        assertThatThrownBy(() -> new Guide(null, List.of(line("a", List.of(), GATE)), HASH, List.of(heading, heading)))
                .hasMessageContaining("guide.headings: each heading");
    }

    @Test
    void a_guide_is_bounded_and_each_id_stands_once() {
        List<GuideLine> many = IntStream.rangeClosed(0, Guide.LINES_MAX)
                .mapToObj(i -> line("line-" + i, List.of(), GATE))
                .toList();

        assertThat(new Guide(null, many.subList(1, many.size()), HASH).lines()).hasSize(500);
        assertThatThrownBy(() -> new Guide(null, many, HASH)).hasMessageContaining("1 to 500, is 501");
        assertThatThrownBy(() -> new Guide(null, List.of(), HASH)).hasMessageContaining("1 to 500, is 0");
        assertThatThrownBy(() -> new Guide(null, List.of(many.getFirst(), many.getFirst()), HASH))
                .hasMessageContaining("\"line-0\" stands again");
        assertThatThrownBy(() -> line("x".repeat(101), List.of(), GATE)).hasMessageContaining("1 to 100 characters");
        assertThatThrownBy(() -> line("a", List.of(ReleaseKind.MAJOR, ReleaseKind.MAJOR), GATE))
                .hasMessageContaining("\"major\" stands again");
        assertThatThrownBy(() -> new GuideAnswer(GuideAnswer.By.GATE, "")).hasMessageContaining("1 to 300 characters");
        assertThatThrownBy(() -> new GuideAnswer(GuideAnswer.By.UNANSWERED, "why"))
                .hasMessageContaining("0 to 0 characters");
    }

    @Test
    void an_action_and_a_document_are_known_by_the_word_that_a_policy_writes() {
        assertThat(new GuideAnswer(GuideAnswer.By.ACTION, "rollback").action()).hasValue(GuideAnswer.Action.ROLLBACK);
        assertThat(new GuideAnswer(GuideAnswer.By.DOCUMENT, "known-limitations").document())
                .hasValue(GuideAnswer.Document.KNOWN_LIMITATIONS);
        assertThat(new GuideAnswer(GuideAnswer.By.ACTION, "announce").action()).isEmpty();
        assertThat(GATE.action()).isEmpty();
    }

    @Test
    void a_guide_of_a_newer_writer_is_read_as_far_as_it_is_known() {
        Guide guide = new Guide(
                "RELEASE.md",
                List.of(line("a", List.of(ReleaseKind.FIRST), GATE), line("b", List.of(), GuideAnswer.UNANSWERED)),
                HASH);
        ObjectNode written = WireJson.mapper().valueToTree(guide);
        assertThat(WireJson.mapper().treeToValue(written, Guide.class)).isEqualTo(guide);

        ((ObjectNode) written.at("/lines/0"))
                .put("due", "T-7d")
                .putArray("when")
                .add("SECURITY");
        ((ObjectNode) written.at("/lines/0/answer")).put("by", "ADDED_LATER");

        GuideLine line =
                WireJson.mapper().treeToValue(written, Guide.class).lines().getFirst();
        assertThat(line.when()).containsExactly(ReleaseKind.UNKNOWN);
        assertThat(line.answer().by()).isEqualTo(GuideAnswer.By.UNKNOWN);
    }

    private static GuideLine line(String id, List<ReleaseKind> when, GuideAnswer answer) {
        return new GuideLine(id, "Unit tests pass", List.of("Testing"), 3, when, answer);
    }
}
