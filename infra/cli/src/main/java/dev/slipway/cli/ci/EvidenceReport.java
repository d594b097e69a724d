package dev.slipway.cli.ci;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.slipway.validation.evidence.EvidenceFiles;
import dev.slipway.validation.evidence.EvidenceReader;
import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.Facts;
import dev.slipway.validation.evidence.Intake;
import dev.slipway.validation.evidence.RunRecord;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What would be read in some files, said without asking anyone.
 *
 * @param facts of all files together, and how the run ended where that was said
 * @param refusal why nothing of it would be kept, or null
 */
public record EvidenceReport(
        String kind,
        List<Read> files,
        List<Intake.PassedOver> passedOver,
        Map<String, BigDecimal> facts,
        @Nullable Refusal refusal) {
    public EvidenceReport {
        files = List.copyOf(files);
        passedOver = List.copyOf(passedOver);
    }

    /**
     * One file that would be read.
     *
     * @param unseen what reports of that tool do not show; empty where nothing is known of the kind
     */
    public record Read(
            String file,
            String digest,
            String dialect,
            Map<String, BigDecimal> facts,
            List<String> notes,
            String unseen) {}

    /** @param line from 1, 0 where none is meant; as the column */
    public record Refusal(String message, int line, int column) {}

    /** @param now what they state of a time after that would count as stated then, as with the service */
    public static EvidenceReport of(EvidenceFiles files, EvidenceReader reader, @Nullable Long exit, Instant now) {
        try {
            Intake.Result result = new Intake(reader).read(files, now);
            Facts facts = exit == null ? result.facts() : result.facts().plus(RunRecord.facts(exit));
            List<Read> read = result.read().stream()
                    .map(one -> new Read(
                            one.file(),
                            one.digest().value(),
                            one.reading().dialect(),
                            one.reading().facts().values(),
                            one.reading().notes(),
                            one.reading().unseen()))
                    .toList();
            return new EvidenceReport(reader.kind(), read, result.passedOver(), facts.values(), null);
        } catch (UnreadableEvidence unreadable) {
            Refusal refusal =
                    new Refusal(String.valueOf(unreadable.getMessage()), unreadable.line(), unreadable.column());
            return new EvidenceReport(reader.kind(), List.of(), List.of(), Map.of(), refusal);
        }
    }

    /** For people. */
    @JsonIgnore
    public List<String> lines() {
        if (refusal != null) {
            return List.of("refused, and nothing would be kept: " + refusal.message());
        }
        List<String> lines = new ArrayList<>();
        for (Read file : files) {
            lines.add("%s: %s, %s: %s".formatted(file.file(), kind, file.dialect(), FactsText.of(file.facts())));
            file.notes().forEach(note -> lines.add("  note: " + note));
            if (!file.unseen().isEmpty()) {
                lines.add("  in no such report: " + file.unseen());
            }
        }
        passedOver.forEach(one -> lines.add("passed over %s: %s".formatted(one.file(), one.why())));
        facts.forEach((name, value) -> lines.add("%-16s %s".formatted(name, value.toPlainString())));
        if (!facts.containsKey(RunRecord.FACT)) {
            lines.add("%-16s not told: a report does not say whether its run succeeded, --exit STATUS does"
                    .formatted(RunRecord.FACT));
        }
        return lines;
    }
}
