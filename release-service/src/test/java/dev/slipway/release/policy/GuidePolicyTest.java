package dev.slipway.release.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.policy.Guide;
import dev.slipway.contracts.policy.GuideAnswer;
import dev.slipway.contracts.policy.GuideAnswer.By;
import dev.slipway.contracts.policy.GuideHeading;
import dev.slipway.contracts.policy.GuideLine;
import dev.slipway.contracts.policy.ReleaseKind;
import dev.slipway.release.wiring.Examples;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The guide of a policy: what answers a line has to be there. */
final class GuidePolicyTest {
    private static final PolicyReader READER = new PolicyReader(1_000_000);
    private static final String GUIDE = """
        guide:
          file: RELEASE.md
          lines:
            - {id: tests, line: 12, under: [Release guide, Testing], text: Unit tests pass, when: [major, minor], gate: unit-tests}
            - {id: two, text: Two people approve, when: first, value: approvals.required}
            - {id: press, text: Tell the press}
        """;

    private static PolicyReading read(String yaml) {
        return READER.read(yaml.getBytes(StandardCharsets.UTF_8));
    }

    private static PolicyReading.Accepted accepted(String yaml) {
        PolicyReading reading = read(yaml);
        assertThat(reading).as(reading.toString()).isInstanceOf(PolicyReading.Accepted.class);
        return (PolicyReading.Accepted) reading;
    }

    private static Guide guide(String yaml) {
        return Objects.requireNonNull(
                accepted(Examples.demoYaml() + yaml).policy().guide());
    }

    private static Finding refused(String line) {
        PolicyReading reading = read(Examples.demoYaml() + """
            guide:
              lines:
                - {id: a, text: A line, %s}
            """.formatted(line));
        assertThat(reading).as(line).isInstanceOf(PolicyReading.Refused.class);
        return ((PolicyReading.Refused) reading).findings().getFirst();
    }

    @Test
    void lines_have_their_place_their_condition_and_what_answers_them() {
        Guide guide = guide(GUIDE);

        assertThat(guide.file()).isEqualTo("RELEASE.md");
        assertThat(guide.lines())
                .containsExactly(
                        new GuideLine(
                                "tests",
                                "Unit tests pass",
                                List.of("Release guide", "Testing"),
                                12,
                                List.of(ReleaseKind.MAJOR, ReleaseKind.MINOR),
                                new GuideAnswer(By.GATE, "unit-tests")),
                        new GuideLine(
                                "two",
                                "Two people approve",
                                List.of(),
                                null,
                                List.of(ReleaseKind.FIRST),
                                new GuideAnswer(By.VALUE, "approvals.required", "2")),
                        new GuideLine("press", "Tell the press", List.of(), null, List.of(), GuideAnswer.UNANSWERED));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        gate: smoke                                       | GATE     | smoke                                  |
        gate: check-build                                 | GATE     | check-build                            |
        gate: way-back                                    | GATE     | way-back                               |
        approval: required                                | APPROVAL | required                               |
        document: known-limitations                       | DOCUMENT | known-limitations                      |
        document: notes                                   | DOCUMENT | notes                                  |
        document: runbook                                 | DOCUMENT | runbook                                |
        document: report                                  | DOCUMENT | report                                 |
        action: tag                                       | ACTION   | tag                                    |
        value: "environments.production.steps[1].traffic" | VALUE    | environments.production.steps[1].traffic | 25
        value: "gates[0].rule.tests.failed"               | VALUE    | gates[0].rule.tests.failed             | 0
        value: checks                                     | VALUE    | checks                                 | build, unit-tests
        value: contacts                                   | VALUE    | contacts                               | 3 entries
        nothing: a principle                              | NOTHING  | a principle                            |
        """)
    void each_kind_of_answer_names_what_the_policy_has(String answer, By by, String name, String said) {
        assertThat(guide("guide: {lines: [{id: a, text: A line, %s}]}\n".formatted(answer))
                        .lines()
                        .getFirst()
                        .answer())
                .isEqualTo(new GuideAnswer(by, name, said));
    }

    @Test
    void a_line_is_of_releases_that_an_expression_holds_for_and_without_one_its_guide_has_the_hash_that_it_had() {
        GuideLine line = guide(
                        "guide: {lines: [{id: a, text: A line, when: version.major >= 2 && kind.hotfix == 0}]}\n")
                .lines()
                .getFirst();

        assertThat(line.where()).isEqualTo("version.major >= 2 && kind.hotfix == 0");
        assertThat(line.when()).isEmpty();
        assertThat(dev.slipway.contracts.WireJson.mapper().writeValueAsString(guide(GUIDE)))
                .doesNotContain("where");
    }

    @Test
    void a_heading_says_of_which_releases_its_lines_are_and_without_one_its_guide_has_the_hash_that_it_had() {
        String lines = "lines: [{id: a, under: [Hotfix], text: A line}]}\n";
        Guide plain = guide("guide: {" + lines);
        Guide kinds = guide("guide: {headings: [{under: Hotfix, when: [hotfix, patch]}], " + lines);
        Guide expression = guide("guide: {headings: [{under: Hotfix, when: kind.hotfix == 1}], " + lines);

        assertThat(kinds.headings())
                .containsExactly(new GuideHeading("Hotfix", List.of(ReleaseKind.HOTFIX, ReleaseKind.PATCH), null));
        assertThat(expression.headings()).containsExactly(new GuideHeading("Hotfix", List.of(), "kind.hotfix == 1"));
        assertThat(List.of(plain.hash(), kinds.hash(), expression.hash())).doesNotHaveDuplicates();
        assertThat(dev.slipway.contracts.WireJson.mapper().writeValueAsString(plain))
                .doesNotContain("headings");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        {under: Hotfixes, when: hotfix}                               | [Hotfix] | stands over no line of this guide; did you mean Hotfix?
        {under: Hotfix, when: hotfix}                                 | []       | stands over no line: no line of this guide says
        {under: Hotfix, when: hotfi}                                  | [Hotfix] | is no kind of release; did you mean hotfix?
        {under: Hotfix, when: kind.hotfi == 1}                        | [Hotfix] | cannot be used
        {under: Hotfix, when: hotfix}, {under: Hotfix, when: patch}   | [Hotfix] | stands at another heading already
        {under: Hotfix}                                               | [Hotfix] | when
        """)
    void a_heading_that_would_leave_nothing_out_is_refused_with_the_nearest(
            String headings, String under, String message) {
        String yaml = Examples.demoYaml()
                + "guide: {headings: [%s], lines: [{id: a, under: %s, text: A}]}\n".formatted(headings, under);

        assertThat(new PolicyReader(100_000)
                        .read(yaml.getBytes(StandardCharsets.UTF_8))
                        .toString())
                .contains(message)
                .contains("guide.headings");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        gate: unit-test                       | is no gate of this policy; did you mean unit-tests?
        gate: check-buid                      | is no gate of this policy; did you mean check-build?
        gate: performance-baseline-of-nights  | is no gate of this policy; legal are unit-tests, merge, smoke, way-back, check-build, check-unit-tests
        approval: devops                      | is no approval that this policy requires; legal are required
        value: approvals.requird              | is no value that this policy sets; did you mean approvals.required?
        value: approvals.roles                | is no value that this policy sets; legal are approvals.required, approvals.within
        value: environments.production        | is no single value of this policy; legal are environments.production.target
        value: approvls.required              | is no value that this policy sets; did you mean approvals?
        value: approvals.within.days          | is no value that this policy sets; nothing is below approvals.within
        value: "contacts[3].name"             | is no value that this policy sets; legal are contacts[0] to contacts[2]
        action: tags                          | must be one of merge, tag, stage, deploy, rollback, notify; did you mean tag?
        document: announcements               | must be one of record, known-limitations, notes, runbook, announcement, report
        document: announcement                | is made of nothing: this policy has no announcements
        gate: smoke, approval: required       | is a second answer beside gate: exactly one thing answers a line
        gate: smoke, when: majr               | is no kind of release; did you mean major?
        gate: smoke, when: "tests.failed > 0" | cannot be used: there is no tests; facts begin with kind.
        gate: smoke, when: [major, kind.first == 1] | is no kind of release, and an expression stands alone
        gate: smoke, when: [major, pach]      | did you mean patch?
        duty: QA                              | is no duty: this policy has none, as in duties: [{id: QA, text
        """)
    void what_the_policy_has_not_is_refused_with_the_nearest_name(String line, String message) {
        assertThat(refused(line).message()).contains(message);
    }

    @Test
    void a_refusal_stands_at_the_line_and_the_column_of_the_answer() {
        int before = (int) Examples.demoYaml().lines().count();

        Finding finding = refused("gate: unit-test");

        assertThat(finding.line()).isEqualTo(before + 3);
        assertThat(finding.column()).isEqualTo("    - {id: a, text: A line, gate: ".length() + 1);
        assertThat(finding.path()).isEqualTo("guide.lines[0].gate");
    }

    @Test
    void an_id_that_stands_twice_and_a_merge_that_there_is_not_are_refused() {
        PolicyReading twice = read(Examples.demoYaml() + "guide: {lines: [{id: a, text: One}, {id: a, text: Two}]}\n");
        PolicyReading unmerged = read(Examples.demoYaml().replaceFirst("(?m)^merge:.*\n", "")
                + "guide: {lines: [{id: a, text: Merge, action: merge}]}\n");

        assertThat(twice.toString()).contains("guide.lines[1].id stands at another line already");
        assertThat(unmerged.toString()).contains("is not done under this policy: it has no merge");
    }

    @Test
    void roles_that_must_approve_answer_a_line_by_their_name() {
        String roles = Examples.demoYaml()
                .replace("approvals: {required: 2, within: 72h}", "approvals: {required: 2, roles: [devops]}");

        PolicyReading.Accepted reading = accepted(roles + "guide: {lines: [{id: a, text: A, approval: devops}]}\n");

        assertThat(Objects.requireNonNull(reading.policy().guide())
                        .lines()
                        .getFirst()
                        .answer())
                .isEqualTo(new GuideAnswer(By.APPROVAL, "devops"));
    }

    @Test
    void a_guide_has_a_hash_of_its_own_which_is_part_of_the_policys() {
        PolicyReading.Accepted without = accepted(Examples.demoYaml());
        PolicyReading.Accepted with = accepted(Examples.demoYaml() + GUIDE);
        String other = GUIDE.replace("Tell the press", "Tell the world");

        assertThat(without.policy().guide()).isNull();
        assertThat(without.hash()).isEqualTo(Examples.demoPolicy().hash());
        assertThat(with.hash()).isNotEqualTo(without.hash());
        assertThat(accepted(Examples.demoYaml() + other).hash()).isNotEqualTo(with.hash());
        assertThat(guide(GUIDE).hash()).hasSize(64).isNotEqualTo(guide(other).hash());
    }

    @Test
    void the_same_value_otherwise_spelled_gives_the_same_hashes() {
        String line = "guide: {lines: [{id: a, text: Soon, value: approvals.within}]}\n";

        PolicyReading.Accepted hours = accepted(Examples.demoYaml() + line);
        PolicyReading.Accepted days = accepted(Examples.demoYaml().replace("within: 72h", "within: 3d") + line);

        assertThat(days.hash()).isEqualTo(hours.hash());
        assertThat(Objects.requireNonNull(days.policy().guide()).hash())
                .isEqualTo(Objects.requireNonNull(hours.policy().guide()).hash());
    }
}
