package dev.slipway.validation.verdicts;

import dev.slipway.contracts.Texts;
import dev.slipway.validation.evidence.EvidenceReader;
import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.NamingTests;
import dev.slipway.validation.evidence.Reading;
import dev.slipway.validation.evidence.ReportedFinding;
import dev.slipway.validation.evidence.stability.TestNames;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Where in a report stands what may count against a gate: a count alone sends nobody to the line that has to change. */
final class Places {
    static final int TOLD_MAX = 10;

    private Places() {}

    /** Findings with file and line, the worst first, or the names of tests that did not simply pass. */
    static List<String> of(Reading reading, EvidenceReader reader, byte[] report) throws UnreadableEvidence {
        List<String> places = new ArrayList<>();
        reading.findings().stream()
                .sorted(Comparator.comparing(ReportedFinding::level).reversed())
                .limit(TOLD_MAX)
                .map(one -> one.level().name().toLowerCase(Locale.ROOT) + " " + one.shown())
                .forEach(places::add);
        long beyond = (long) reading.findings().size() - places.size();
        Optional<NamingTests> naming = reader.namingTests();
        if (naming.isPresent()) {
            TestNames names = new TestNames(TOLD_MAX, Set.of());
            naming.get().tell(report, "report", names);
            names.failed().forEach(test -> places.add("failed " + test));
            names.flaky().forEach(test -> places.add("flaky " + test));
            beyond += names.beyond();
        }
        if (beyond > 0) {
            places.add("and %d more".formatted(beyond));
        }
        return places.stream().map(place -> Texts.visible(place, ' ')).toList();
    }
}
