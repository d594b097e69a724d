package dev.slipway.validation.verdicts;

import dev.slipway.contracts.Texts;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.validation.evidence.EvidenceReader;
import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.Inventory;
import dev.slipway.validation.evidence.NamingTests;
import dev.slipway.validation.evidence.Reading;
import dev.slipway.validation.evidence.ReportedFinding;
import dev.slipway.validation.evidence.Vulnerabilities;
import dev.slipway.validation.evidence.stability.TestNames;
import dev.slipway.validation.rule.Rules;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Where in a report stands what may count against a gate: a count alone sends nobody to the line that has to change. */
final class Places {
    static final int TOLD_MAX = 10;
    private static final String VULNERABILITIES = "vulnerabilities.";

    private Places() {}

    /**
     * Findings with file and line, the worst first; names of tests that did not simply pass; vulnerabilities with id and package,
     * the worst first, and components whose licence is not allowed, where the gate asks for these.
     *
     * @param stating what all reports of the gate state, which may take vulnerabilities out
     */
    static List<String> of(Gate gate, Reading reading, List<Inventory> stating, EvidenceReader reader, byte[] report)
            throws UnreadableEvidence {
        List<String> places = new ArrayList<>();
        reading.findings().stream()
                .sorted(Comparator.comparing(ReportedFinding::level).reversed())
                .limit(TOLD_MAX)
                .map(one -> one.level().name().toLowerCase(Locale.ROOT) + " " + one.shown())
                .forEach(places::add);
        long beyond = (long) reading.findings().size() - places.size();
        if (asks(gate)) {
            List<Vulnerabilities.One> vulnerable =
                    Vulnerabilities.counting(reading.vulnerabilities().list(), stating);
            vulnerable.stream().limit(TOLD_MAX).map(Vulnerabilities.One::shown).forEach(places::add);
            beyond += Math.max(0, vulnerable.size() - TOLD_MAX);
        }
        Rules.Named unlicensed = Rules.unlicensed(gate, reading.facts(), Math.max(0, TOLD_MAX - places.size()));
        places.addAll(unlicensed.shown());
        beyond += unlicensed.beyond();
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

    private static boolean asks(Gate gate) {
        String cel = gate.cel();
        return gate.rule().stream().anyMatch(part -> part.fact().startsWith(VULNERABILITIES))
                || (cel != null && cel.contains(VULNERABILITIES));
    }
}
