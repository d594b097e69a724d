package dev.slipway.validation.evidence.findings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.validation.evidence.Comparing;
import dev.slipway.validation.evidence.JUnitReader;
import dev.slipway.validation.evidence.ReportedFinding;
import dev.slipway.validation.evidence.ReportedFinding.Level;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The same rule, file and message in another place is another finding, and moved lines are the same place. */
final class SamePlacesTest {
    private static final List<ReportedFinding> NEIGHBOURS = List.of(at("x", 50), at("y", 90), at("z", 120));

    @Test
    void the_same_message_in_another_function_is_new_and_the_first_one_is_fixed() {
        assertThat(NewFindings.of(List.of(in("shop.Price.total", 200)), List.of(in("shop.Price.rounds", 10))))
                .isEqualTo(new NewFindings(List.of(in("shop.Price.total", 200)), 1));
    }

    @Test
    void in_the_same_function_it_is_known_wherever_that_went() {
        assertThat(NewFindings.of(
                        List.of(in("f", 300), in("g", 10), at("x", 150), at("y", 160)),
                        List.of(in("f", 10), in("g", 300), at("x", 150), at("y", 160))))
                .isEqualTo(new NewFindings(List.of(), 0));
    }

    @Test
    void anonymous_functions_are_counted_on_and_stay_the_same() {
        assertThat(NewFindings.of(
                        List.of(in("Shop$2.run()", 20), in("Shop$1.run()", 9)), List.of(in("Shop$1.run()", 12))))
                .isEqualTo(new NewFindings(List.of(in("Shop$2.run()", 20)), 0));
    }

    @Test
    void a_report_that_names_no_functions_is_compared_with_one_that_does() {
        assertThat(NewFindings.of(List.of(in("f", 10)), List.of(at("m", 10)))).isEqualTo(new NewFindings(List.of(), 0));
        assertThat(NewFindings.of(List.of(at("m", 10)), List.of(in("f", 10), in("g", 40))))
                .isEqualTo(new NewFindings(List.of(), 1));
    }

    @Test
    void all_lines_moved_by_forty_are_none_new() {
        List<ReportedFinding> before = Stream.concat(
                        NEIGHBOURS.stream(), Stream.of(at("m", 10), at("m", 70), at("m", 75)))
                .toList();
        List<ReportedFinding> now = before.stream().map(one -> moved(one, 40)).toList();

        assertThat(NewFindings.of(now, before)).isEqualTo(new NewFindings(List.of(), 0));
    }

    @Test
    void what_is_mended_above_its_neighbours_and_written_again_below_them_is_new() {
        List<ReportedFinding> before = with(NEIGHBOURS, at("m", 10));

        assertThat(NewFindings.of(with(NEIGHBOURS, at("m", 200)), before))
                .isEqualTo(new NewFindings(List.of(at("m", 200)), 1));
        assertThat(NewFindings.of(
                        with(NEIGHBOURS, at("m", 200)).stream()
                                .map(one -> moved(one, 40))
                                .toList(),
                        before))
                .isEqualTo(new NewFindings(List.of(at("m", 240)), 1));
    }

    @Test
    void of_three_that_are_equal_the_one_in_another_place_is_new_by_name() {
        List<ReportedFinding> before = with(NEIGHBOURS, at("m", 10), at("m", 60), at("m", 100));
        List<ReportedFinding> now = with(NEIGHBOURS, at("m", 60), at("m", 100), at("m", 300));

        assertThat(NewFindings.of(now, before)).isEqualTo(new NewFindings(List.of(at("m", 300)), 1));
    }

    @Test
    void a_block_that_was_moved_as_a_whole_has_nothing_new_in_it() {
        List<ReportedFinding> before = with(NEIGHBOURS, at("m", 10), at("n", 12));
        List<ReportedFinding> now = with(NEIGHBOURS, at("m", 310), at("n", 312));

        assertThat(NewFindings.of(now, before)).isEqualTo(new NewFindings(List.of(), 0));
    }

    @Test
    void where_a_block_passes_what_stayed_on_its_line_that_is_known() {
        assertThat(NewFindings.of(
                        List.of(at("m", 60), at("x", 200), at("a", 10), at("b", 20), at("c", 21)),
                        List.of(at("m", 60), at("x", 200), at("a", 110), at("b", 120), at("c", 121))))
                .isEqualTo(new NewFindings(List.of(), 0));
    }

    /** Said as it is: nobody can tell this from a finding whose lines moved. */
    @Test
    void alone_in_its_file_or_past_one_neighbour_only_it_counts_as_moved() {
        assertThat(NewFindings.of(List.of(at("m", 200)), List.of(at("m", 10))))
                .isEqualTo(new NewFindings(List.of(), 0));
        assertThat(NewFindings.of(List.of(at("m", 200), at("x", 50)), List.of(at("m", 10), at("x", 50))))
                .isEqualTo(new NewFindings(List.of(), 0));
    }

    @Test
    void equal_fingerprints_that_stand_once_are_the_same_place_and_others_keep_nobody_apart() {
        List<ReportedFinding> before = with(NEIGHBOURS, print(7, 10));

        assertThat(NewFindings.of(with(NEIGHBOURS, print(7, 200)), before)).isEqualTo(new NewFindings(List.of(), 0));
        assertThat(NewFindings.of(with(NEIGHBOURS, print(8, 12)), before)).isEqualTo(new NewFindings(List.of(), 0));
        assertThat(NewFindings.of(
                                with(NEIGHBOURS, print(7, 12), print(7, 200)),
                                with(NEIGHBOURS, print(7, 10), print(7, 60)))
                        .fresh())
                .as("one text for all tells nothing")
                .containsExactly(print(7, 200));
    }

    @Test
    void a_file_that_was_renamed_has_its_places_too() {
        List<ReportedFinding> before = with(NEIGHBOURS, at("m", 10));
        List<ReportedFinding> now = with(NEIGHBOURS, at("m", 200)).stream()
                .map(one -> new ReportedFinding(one.rule(), "src/b.go", one.message(), one.level(), one.line(), "", 0))
                .toList();

        assertThat(NewFindings.of(now, before).fresh())
                .extracting(ReportedFinding::line)
                .containsExactly(200);
    }

    @Test
    void what_was_compared_before_places_counted_is_compared_so_again() {
        List<ReportedFinding> before = with(NEIGHBOURS, in("f", 10));
        List<ReportedFinding> now = with(NEIGHBOURS, in("g", 200));

        assertThat(NewFindings.of(now, before, Comparing.BY_MESSAGE)).isEqualTo(new NewFindings(List.of(), 0));
        assertThat(NewFindings.of(now, before, Comparing.BY_PLACE).fixed()).isEqualTo(1);
    }

    @Test
    void lines_that_are_added_anywhere_make_nothing_new() {
        Random random = new Random(75);
        for (int round = 0; round < 300; round++) {
            List<ReportedFinding> before = new ArrayList<>(IntStream.range(0, random.nextInt(25))
                    .mapToObj(_ -> at("m" + (char) ('a' + random.nextInt(6)), 1 + random.nextInt(200)))
                    .toList());
            int[] from = {random.nextInt(200), random.nextInt(200)};
            List<ReportedFinding> now = new ArrayList<>(before.stream()
                    .map(one -> moved(one, (one.line() > from[0] ? 35 : 0) + (one.line() > from[1] ? 80 : 0)))
                    .toList());
            Collections.shuffle(now, random);

            assertThat(NewFindings.of(now, before)).as("round " + round).isEqualTo(new NewFindings(List.of(), 0));
        }
    }

    @Test
    void thousands_of_one_kind_in_one_file_are_compared_in_their_order() {
        List<ReportedFinding> before =
                IntStream.range(0, 5_000).mapToObj(line -> at("m", line + 1)).toList();
        List<ReportedFinding> now = before.stream().map(one -> moved(one, 40)).toList();

        assertThat(NewFindings.of(with(now, at("m", 9_000)), before))
                .isEqualTo(new NewFindings(List.of(at("m", 9_000)), 0));
    }

    @Test
    void a_function_is_read_from_the_result_or_from_the_runs_list_and_a_path_or_layer_is_none() throws Exception {
        List<ReportedFinding> read = new SarifReader(new JUnitReader.Limits(32, 10_000))
                .read("""
                        {"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "t"}}, "results": [
                          {"ruleId": "R", "message": {"text": "m"}, "partialFingerprints": {"a/v1": "1", "b": "2"}, "locations": [{
                            "logicalLocations": [{"name": "x"}, {"fullyQualifiedName": "shop.Price.total", "kind": "function"}]}]},
                          {"ruleId": "R", "message": {"text": "m"}, "partialFingerprints": {"b": "2", "a/v1": "1"},
                            "locations": [{"logicalLocations": [{"index": 1}]}]},
                          {"ruleId": "R", "message": {"text": "m"}, "locations": [{"logicalLocations": [
                            {"fullyQualifiedName": "shop:1.4@sha256:ab12:/app/go.sum", "name": "/app/go.sum"}]}]}],
                         "logicalLocations": [{"fullyQualifiedName": "a"}, {"fullyQualifiedName": "shop.Price.rounds"}]}]}
                        """.getBytes(StandardCharsets.UTF_8), "scan.sarif")
                .findings();

        assertThat(read)
                .extracting(ReportedFinding::within)
                .containsExactly("shop.Price.total", "shop.Price.rounds", "");
        assertThat(read.get(0).fingerprint()).isNotZero().isEqualTo(read.get(1).fingerprint());
        assertThat(read.get(2).fingerprint()).isZero();
    }

    private static List<ReportedFinding> with(List<ReportedFinding> some, ReportedFinding... more) {
        return Stream.concat(some.stream(), Stream.of(more)).toList();
    }

    private static ReportedFinding moved(ReportedFinding one, int lines) {
        return new ReportedFinding(
                one.rule(),
                one.file(),
                one.message(),
                one.level(),
                one.line() + lines,
                one.within(),
                one.fingerprint());
    }

    private static ReportedFinding at(String message, int line) {
        return new ReportedFinding("R", "src/a.go", message, Level.WARNING, line);
    }

    private static ReportedFinding in(String function, int line) {
        return new ReportedFinding("R", "src/a.go", "m", Level.WARNING, line, function, 0);
    }

    private static ReportedFinding print(long fingerprint, int line) {
        return new ReportedFinding("R", "src/a.go", "m", Level.WARNING, line, "", fingerprint);
    }
}
