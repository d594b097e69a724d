package dev.slipway.release.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.policy.GuideAnswer;
import dev.slipway.contracts.policy.GuideAnswer.By;
import dev.slipway.contracts.release.GuideView;
import dev.slipway.contracts.release.GuideView.Badge;
import dev.slipway.contracts.release.GuideView.LineState;
import dev.slipway.contracts.release.GuideView.Tally;
import java.io.StringReader;
import java.util.Arrays;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

final class GuideBadgeTest {
    private static Badge badge(LineState... states) {
        List<GuideView.Line> lines = Arrays.stream(states)
                .map(state -> new GuideView.Line(
                        "a",
                        "A",
                        List.of(),
                        null,
                        List.of(),
                        new GuideAnswer(By.GATE, "unit-tests"),
                        state,
                        "",
                        null,
                        null))
                .toList();
        return GuideBadge.of(new GuideView("hello", null, null, List.of(), "h", "g", null, Tally.of(lines), lines));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            PASSED PASSED VALUE                     | 3 of 3 covered, 2 proven, 0 open | brightgreen
            PASSED OPEN UNANSWERED DOES_NOT_APPLY   | 2 of 3 covered, 1 proven, 1 open | yellow
            PASSED INCONCLUSIVE                     | 2 of 2 covered, 1 proven, 0 open | yellow
            PASSED FAILED UNANSWERED                | 2 of 3 covered, 1 proven, 1 open | red
            PASSED LATE LATE                        | 3 of 3 covered, 1 proven, 0 open, 2 late | yellow
            FAILED LATE                             | 2 of 2 covered, 0 proven, 0 open, 1 late | red
            WAIVED DUE                              | 2 of 2 covered, 0 proven, 0 open | brightgreen
            """)
    void it_says_what_is_covered_proven_and_open_and_what_is_late(String states, String message, String color) {
        Badge badge =
                badge(Arrays.stream(states.split(" ")).map(LineState::valueOf).toArray(LineState[]::new));

        assertThat(badge.message()).isEqualTo(message);
        assertThat(badge.color()).isEqualTo(color);
    }

    @Test
    void without_a_guide_it_says_so() {
        Badge badge = GuideBadge.of(
                new GuideView("hello", null, null, List.of(), "h", null, null, Tally.of(List.of()), List.of()));

        assertThat(badge.message()).isEqualTo("none");
        assertThat(badge.color()).isEqualTo("lightgrey");
    }

    @Test
    void it_is_drawn_as_well_formed_xml_in_which_nothing_runs_and_texts_are_texts() throws Exception {
        Badge hostile = new Badge(1, "a<script>alert(1)</script>", "\"&'", "red", new Tally(0, 0, 0, 0));

        Document drawn = DocumentBuilderFactory.newDefaultNSInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(GuideBadge.svg(hostile))));

        assertThat(drawn.getDocumentElement().getLocalName()).isEqualTo("svg");
        assertThat(drawn.getElementsByTagName("script").getLength()).isZero();
        assertThat(drawn.getElementsByTagName("text").item(0).getTextContent()).isEqualTo("a<script>alert(1)</script>");
        assertThat(drawn.getElementsByTagName("text").item(1).getTextContent()).isEqualTo("\"&'");
        assertThat(GuideBadge.svg(badge(LineState.PASSED)))
                .contains("1 of 1 covered, 1 proven, 0 open")
                .doesNotContain("href", "style=", "onload");
    }
}
