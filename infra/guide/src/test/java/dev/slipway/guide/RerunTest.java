package dev.slipway.guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RerunTest {
    private static final String BEFORE = """
        ## Before
        - [ ] Verify that the nightly run is green
        - [ ] Ask the writer for the notes
        ## After
        - [ ] Announce it in the forum
        - [ ] Close the milestone
        """;

    @Test
    void a_first_import_changes_nothing_and_knows_all_lines() {
        Rerun first = run(BEFORE, Decisions.none("guide.md"));

        assertThat(first.changes()).isEmpty();
        assertThat(first.known().lines()).hasSize(6);
    }

    @Test
    void what_people_decided_survives_new_neighbours_small_edits_and_moves() {
        Decisions known = decided(decided(start(), "nightly", LineClass.DUTY, "QA"), "forum", LineClass.DOCUMENT, null);

        Rerun again = run("""
            ## Before
            - [ ] Open the tracking issue
            - [ ] Verify that the nightly run on main is green
            - [ ] Ask the writer for the notes
            - [ ] Announce it in the forum
            ## After
            - [ ] Rest
            """, known);

        Proposal nightly = at(again, "nightly");
        assertThat(nightly.kind()).isEqualTo(LineClass.DUTY);
        assertThat(nightly.decided()).isTrue();
        assertThat(nightly.role()).isEqualTo(new NamedRole("QA", false, 1));
        assertThat(nightly.line().id()).isEqualTo(id(known, "nightly"));
        assertThat(at(again, "forum").kind()).isEqualTo(LineClass.DOCUMENT);
        assertThat(again.changes())
                .extracting(Rerun.Change::kind, Rerun.Change::text)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple(Rerun.Kind.NEW, "Open the tracking issue"),
                        org.assertj.core.groups.Tuple.tuple(
                                Rerun.Kind.CHANGED, "Verify that the nightly run on main is green"),
                        org.assertj.core.groups.Tuple.tuple(Rerun.Kind.MOVED, "Announce it in the forum"),
                        org.assertj.core.groups.Tuple.tuple(Rerun.Kind.NEW, "Rest"),
                        org.assertj.core.groups.Tuple.tuple(Rerun.Kind.GONE, "Close the milestone"));
    }

    @Test
    void a_second_run_of_the_changed_guide_finds_nothing_new() {
        String changed = BEFORE.replace("nightly run is", "nightly run on main is");
        Decisions known = decided(start(), "nightly", LineClass.DUTY, null);

        Rerun once = run(changed, known);
        Rerun twice = run(changed, once.known());

        assertThat(twice.changes()).isEmpty();
        assertThat(at(twice, "nightly").line().id()).isEqualTo(id(known, "nightly"));
        assertThat(at(twice, "nightly").decided()).isTrue();
    }

    @Test
    void a_line_that_was_written_anew_loses_its_decision_and_that_is_said() {
        Decisions known = decided(start(), "milestone", LineClass.DUTY, null);

        Rerun again = run(BEFORE.replace("Close the milestone", "Sweep the floor"), known);

        assertThat(again.changes()).anySatisfy(change -> {
            assertThat(change.kind()).isEqualTo(Rerun.Kind.GONE);
            assertThat(change.decided()).isTrue();
        });
        assertThat(at(again, "Sweep").decided()).isFalse();
    }

    @Test
    void decisions_are_a_file_that_reads_as_it_was_written() {
        Decisions known = decided(start(), "nightly", LineClass.DUTY, "QA: \"nights\"");

        assertThat(DecisionFile.read(DecisionFile.write(known))).isEqualTo(known);
    }

    @Test
    void a_decision_that_cannot_be_is_refused_by_the_line_it_is_about() {
        String head = "guide: g\nlines:\n- {id: x, text: t, decided: ";

        assertThatThrownBy(() -> DecisionFile.read(head + "{class: maybe}}"))
                .hasMessageContaining("gate, duty, document, action, value, nothing");
        assertThatThrownBy(() -> DecisionFile.read(head + "{role: QA}}")).hasMessageContaining("x is decided without");
        assertThatThrownBy(() -> DecisionFile.read("a: 1")).hasMessageContaining("lines");
        assertThatThrownBy(() -> DecisionFile.read("a: [")).hasMessageContaining("no YAML");
        assertThatThrownBy(() -> start().deciding("nobody", new Decisions.Decision(LineClass.DUTY, null, null)))
                .hasMessageContaining("there is no line nobody");
    }

    @Test
    void a_gate_is_not_decided_without_evidence() {
        Decisions known = decided(start(), "writer", LineClass.GATE, null);

        assertThatThrownBy(() -> run(BEFORE, known)).hasMessageContaining("add answer:");
    }

    private static Rerun run(String markdown, Decisions known) {
        return Rerun.of(GuideFile.parse("guide.md", markdown), known);
    }

    private static Decisions start() {
        return run(BEFORE, Decisions.none("guide.md")).known();
    }

    private static Decisions decided(
            Decisions known, String part, LineClass kind, @org.jspecify.annotations.Nullable String role) {
        return known.deciding(id(known, part), new Decisions.Decision(kind, null, role));
    }

    private static String id(Decisions known, String part) {
        return known.lines().stream()
                .filter(line -> line.text().contains(part))
                .findFirst()
                .orElseThrow()
                .id();
    }

    private static Proposal at(Rerun rerun, String part) {
        return rerun.proposals().stream()
                .filter(one -> one.line().text().contains(part))
                .findFirst()
                .orElseThrow();
    }
}
