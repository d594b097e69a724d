package dev.slipway.release.report;

import dev.slipway.contracts.Texts;
import dev.slipway.contracts.release.ReportView;
import dev.slipway.contracts.release.ReportView.Candidate;
import dev.slipway.contracts.release.ReportView.Insight;
import dev.slipway.contracts.release.ReportView.Stretch;
import dev.slipway.contracts.validation.Measured;
import dev.slipway.contracts.validation.Measured.Answered;
import dev.slipway.release.paper.Paper;
import dev.slipway.release.paper.Paper.Item;
import dev.slipway.release.paper.Paper.Section;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** A report laid out for people. */
public final class ReportPaper {
    private static final String NONE = "None.";

    private ReportPaper() {}

    public static Paper of(ReportView report) {
        List<Section> sections = new ArrayList<>();
        sections.add(lines("Before and Since", measured(report), unmeasured(report)));
        sections.add(new Section(
                "Insights",
                List.of("What differs by more than chance explains, once in 100 times, by itself."),
                report.insights().stream().map(ReportPaper::insight).toList(),
                "Nothing got worse or better beyond noise, as far as it was measured.",
                null));
        sections.add(lines(
                "Disruption",
                report.disruption() == null
                        ? List.of()
                        : List.of(report.disruption().text() + "."),
                "Production did not go back from it, and does not hold it."));
        sections.add(new Section(
                "Worth a Look",
                report.candidates().stream().map(ReportPaper::candidate).toList(),
                "Nothing took a second."));
        sections.add(new Section(
                "Course", report.course().stream().map(ReportPaper::stretch).toList(), NONE));
        return new Paper("%s %s: afterwards".formatted(report.application(), report.version()), lead(report), sections);
    }

    private static List<String> lead(ReportView report) {
        List<String> lead = new ArrayList<>();
        lead.add("Release %s, %s since %s.%s"
                .formatted(
                        report.release(),
                        report.state(),
                        report.at(),
                        report.beside() == null ? "" : " Production ran %s before.".formatted(report.beside())));
        if (!report.state().terminal()) {
            lead.add("It has not ended yet: this tells what is known so far.");
        }
        return lead;
    }

    private static List<String> measured(ReportView report) {
        Measured measured = report.measured();
        Answered after = report.after();
        return measured == null || after == null
                ? List.of()
                : MeasuredText.lines(
                        measured,
                        after,
                        Objects.requireNonNullElse(report.afterWhere(), "last"),
                        report.version(),
                        report.beside());
    }

    private static String unmeasured(ReportView report) {
        return Objects.requireNonNullElse(report.unmeasured(), NONE);
    }

    private static Section lines(String title, List<String> lines, String instead) {
        return new Section(title, lines.stream().map(Item::of).toList(), instead);
    }

    private static Item insight(Insight insight) {
        return Item.of(insight.direction().name().toLowerCase(Locale.ROOT), insight.text());
    }

    private static Item candidate(Candidate candidate) {
        return Item.of(candidate.kind().name().toLowerCase(Locale.ROOT).replace('_', ' '), candidate.text());
    }

    private static Item stretch(Stretch stretch) {
        return Item.of(
                stretch.part() == null ? stretch.state().name() : "%s, %s".formatted(stretch.state(), stretch.part()),
                "%s from %s%s"
                        .formatted(
                                Texts.words(Duration.ofSeconds(stretch.seconds())),
                                stretch.from(),
                                stretch.to() == null ? ", and goes on" : ""));
    }
}
