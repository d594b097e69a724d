package dev.slipway.cli.ci;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.Intake;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What would be read in files of several kinds, each kind by itself, said without asking anyone. */
public record Readings(List<EvidenceReport> kinds, List<Intake.PassedOver> passedOver) {
    public Readings {
        kinds = List.copyOf(kinds);
        passedOver = List.copyOf(passedOver);
    }

    /** @param kind of all files, or null for what each is */
    public static Readings of(ReportFiles files, @Nullable String kind, @Nullable Long exit, Instant now) {
        try {
            Sorting sorting = Sorting.of(files, kind);
            List<EvidenceReport> reports = new ArrayList<>();
            for (Sorting.Part part : sorting.parts()) {
                reports.add(EvidenceReport.of(part.files(), part.reader(), exit, now));
            }
            if (reports.isEmpty()) {
                return refused(none(sorting.passedOver()), 0, 0);
            }
            return new Readings(reports, sorting.passedOver());
        } catch (UnreadableEvidence unreadable) {
            return refused(String.valueOf(unreadable.getMessage()), unreadable.line(), unreadable.column());
        }
    }

    private static String none(List<Intake.PassedOver> passedOver) {
        return passedOver.isEmpty()
                ? "There is no file in it"
                : "None of it is a report: %s is %s"
                        .formatted(
                                passedOver.getFirst().file(),
                                passedOver.getFirst().why());
    }

    private static Readings refused(String message, int line, int column) {
        EvidenceReport.Refusal refusal = new EvidenceReport.Refusal(message, line, column);
        return new Readings(List.of(new EvidenceReport("unknown", List.of(), List.of(), Map.of(), refusal)), List.of());
    }

    @JsonIgnore
    public boolean refused() {
        return kinds.stream().anyMatch(report -> report.refusal() != null);
    }

    /** Of one kind as it always was; of several in a list. */
    @JsonIgnore
    public Object answer() {
        if (kinds.size() != 1) {
            return this;
        }
        EvidenceReport one = kinds.getFirst();
        List<Intake.PassedOver> all = new ArrayList<>(one.passedOver());
        all.addAll(passedOver);
        return new EvidenceReport(one.kind(), one.files(), all, one.facts(), one.refusal());
    }

    /** For people. */
    @JsonIgnore
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (EvidenceReport report : kinds) {
            if (kinds.size() > 1) {
                lines.add((lines.isEmpty() ? "" : "\n") + report.kind());
            }
            lines.addAll(report.lines());
        }
        passedOver.forEach(one -> lines.add("passed over %s: %s".formatted(one.file(), one.why())));
        return lines;
    }
}
