package dev.slipway.validation.evidence.findings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.testkit.ProcessorTime;
import dev.slipway.validation.evidence.Comparing.Compared;
import dev.slipway.validation.evidence.Fact;
import dev.slipway.validation.evidence.Facts;
import dev.slipway.validation.evidence.Reading;
import dev.slipway.validation.evidence.ReportedFinding;
import dev.slipway.validation.evidence.ReportedFinding.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class NewFindingsTest {
    @Test
    void what_only_moved_to_another_line_is_known() {
        assertThat(NewFindings.of(List.of(at("a.go", 70)), List.of(at("a.go", 12))))
                .isEqualTo(new NewFindings(List.of(), 0));
    }

    @Test
    void another_rule_file_or_message_is_new() {
        List<ReportedFinding> before = List.of(finding("R", "a.go", "m"), finding("R", "b.go", "other"));

        assertThat(NewFindings.of(List.of(finding("S", "a.go", "m"), before.getLast()), before)
                        .fresh())
                .containsExactly(finding("S", "a.go", "m"));
        assertThat(NewFindings.of(List.of(finding("R", "a.go", "n"), before.getLast()), before)
                        .fresh())
                .containsExactly(finding("R", "a.go", "n"));
        assertThat(NewFindings.of(List.of(finding("R", "a.go", "m"), finding("R", "b.go", "m")), before)
                        .fresh())
                .containsExactly(finding("R", "b.go", "m"));
    }

    @Test
    void of_several_that_are_equal_each_counts() {
        List<ReportedFinding> two = List.of(at("a.go", 1), at("a.go", 2));
        List<ReportedFinding> three = List.of(at("a.go", 1), at("a.go", 2), at("a.go", 3));

        assertThat(NewFindings.of(three, two).fresh()).containsExactly(at("a.go", 3));
        assertThat(NewFindings.of(two, three)).isEqualTo(new NewFindings(List.of(), 1));
    }

    @Test
    void a_message_that_differs_in_numbers_alone_is_the_same_unless_the_very_same_is_there_too() {
        ReportedFinding was = finding("LineLength", "A.java", "found 131, at line 12");
        ReportedFinding is = finding("LineLength", "A.java", "found 132, at line 7");

        assertThat(NewFindings.of(List.of(is), List.of(was)).fresh()).isEmpty();
        assertThat(NewFindings.of(List.of(is, was), List.of(was)).fresh()).containsExactly(is);
    }

    @Test
    void a_higher_level_alone_makes_nothing_new() {
        ReportedFinding error = new ReportedFinding("R", "a.go", "m", Level.ERROR, 1);

        assertThat(NewFindings.of(List.of(error), List.of(finding("R", "a.go", "m")))
                        .fresh())
                .isEmpty();
    }

    @Test
    void a_file_that_was_moved_or_renamed_keeps_its_findings() {
        List<ReportedFinding> before = List.of(
                finding("R", "old/util.go", "m"), finding("R", "x/A.java", "1"), finding("S", "x/A.java", "two"));

        assertThat(NewFindings.of(
                                List.of(
                                        finding("R", "new/util.go", "m"),
                                        finding("R", "x/B.java", "1"),
                                        finding("S", "x/B.java", "two"),
                                        finding("S", "x/B.java", "three")),
                                before)
                        .fresh())
                .containsExactly(finding("S", "x/B.java", "three"));
    }

    @Test
    void an_absolute_path_of_another_machine_is_the_same_file() {
        List<ReportedFinding> before =
                List.of(finding("R", "/home/ci/1/src/a/util.go", "m"), finding("R", "/home/ci/1/src/b/util.go", "m"));
        List<ReportedFinding> now =
                List.of(finding("R", "/builds/2/src/b/util.go", "m"), finding("R", "/builds/2/src/a/util.go", "m"));

        assertThat(NewFindings.of(now, before)).isEqualTo(new NewFindings(List.of(), 0));
    }

    @Test
    void a_fault_that_is_copied_into_another_file_is_new() {
        ReportedFinding first = finding("R", "a/util.go", "m");
        ReportedFinding copy = finding("R", "b/util.go", "m");

        assertThat(NewFindings.of(List.of(first, copy), List.of(first)).fresh()).containsExactly(copy);
    }

    @Test
    void one_finding_that_goes_here_and_comes_there_makes_no_renamed_file() {
        assertThat(NewFindings.of(List.of(finding("R", "x/B.java", "m")), List.of(finding("R", "x/A.java", "m"))))
                .isEqualTo(new NewFindings(List.of(finding("R", "x/B.java", "m")), 1));
    }

    @Test
    void against_itself_in_any_order_nothing_is_new_and_one_more_always_is() {
        Random random = new Random(36);
        for (int round = 0; round < 200; round++) {
            List<ReportedFinding> before = new ArrayList<>(IntStream.range(0, random.nextInt(30))
                    .mapToObj(_ -> finding(
                            "R" + random.nextInt(3), "f" + random.nextInt(4), "m" + (char) ('a' + random.nextInt(3))))
                    .toList());
            List<ReportedFinding> now = new ArrayList<>(before);
            Collections.shuffle(now, random);
            assertThat(NewFindings.of(now, before)).isEqualTo(new NewFindings(List.of(), 0));

            now.add(finding("R" + random.nextInt(4), "f" + random.nextInt(5), "mx"));
            Collections.shuffle(now, random);
            assertThat(NewFindings.of(now, before).fresh()).hasSize(1);
            assertThat(NewFindings.of(before, now).fixed()).isEqualTo(1);
        }
    }

    @Test
    void twenty_thousand_are_compared_in_seconds() throws Exception {
        List<ReportedFinding> before = IntStream.range(0, 20_000)
                .mapToObj(i -> finding("R" + i % 50, "old/f" + i % 900 + ".go", "message " + (char) ('a' + i % 26)))
                .toList();
        List<ReportedFinding> now = IntStream.range(0, 20_000)
                .mapToObj(i -> finding("R" + i % 50, "new/f" + i % 900 + ".go", "message " + (char) ('a' + i % 26)))
                .toList();

        Duration took = ProcessorTime.of(
                () -> assertThat(NewFindings.of(now, before)).isEqualTo(new NewFindings(List.of(), 0)));

        assertThat(took).isLessThan(Duration.ofSeconds(30));
    }

    @Test
    void what_is_new_is_counted_and_named_and_what_is_not_kept_is_not_compared() {
        FindingsCompared comparing = new FindingsCompared();
        Reading before = reading(1, finding("R", "a.go", "m"));
        Reading now =
                reading(2, new ReportedFinding("S", "b.go", "bad\nthing", Level.ERROR, 7), finding("R", "a.go", "m"));

        Compared compared = comparing.with(List.of(now), List.of(before));

        assertThat(compared.facts().toString()).isEqualTo("findings.new 1, findings.new.error 1, findings.fixed 0");
        assertThat(compared.notes()).containsExactly("new: b.go:7 S bad thing");
        assertThat(comparing
                        .with(List.of(reading(2, finding("R", "a.go", "m"))), List.of(before))
                        .facts())
                .isEqualTo(Facts.NONE);
        assertThat(comparing.first().facts().toString())
                .isEqualTo("findings.new 0, findings.new.error 0, findings.fixed 0");
    }

    private static Reading reading(int total, ReportedFinding... findings) {
        return new Reading(
                "t", new Facts(List.of(Fact.count("findings.total", total))), List.of(), List.of(findings), List.of());
    }

    private static ReportedFinding at(String file, int line) {
        return new ReportedFinding("R", file, "m", Level.WARNING, line);
    }

    private static ReportedFinding finding(String rule, String file, String message) {
        return new ReportedFinding(rule, file, message, Level.WARNING, 1);
    }
}
