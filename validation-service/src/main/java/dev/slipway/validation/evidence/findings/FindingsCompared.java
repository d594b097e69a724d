package dev.slipway.validation.evidence.findings;

import dev.slipway.contracts.policy.Gate;
import dev.slipway.validation.evidence.Comparing;
import dev.slipway.validation.evidence.EarlierRuns;
import dev.slipway.validation.evidence.Fact;
import dev.slipway.validation.evidence.Facts;
import dev.slipway.validation.evidence.Reading;
import dev.slipway.validation.evidence.ReportedFinding;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** Findings against those of the last verified release. Where not all are kept, nothing is said of them. */
final class FindingsCompared implements Comparing {
    private static final int SHOWN_MAX = 5;

    @Override
    public List<String> names() {
        return List.of(NewFindings.NEW, NewFindings.NEW_ERROR, NewFindings.FIXED);
    }

    @Override
    public Compared with(List<Reading> now, List<Reading> before) {
        return with(now, before, BY_PLACE);
    }

    @Override
    public Compared with(Gate gate, int way, List<Reading> now, List<Reading> before, List<EarlierRuns.Run> earlier) {
        return with(now, before, way);
    }

    private static Compared with(List<Reading> now, List<Reading> before, int way) {
        List<ReportedFinding> present = findings(now);
        List<ReportedFinding> known = findings(before);
        if (counted(now) != present.size() || counted(before) != known.size()) {
            return new Compared(
                    Facts.NONE,
                    List.of("Of more than %d findings not all are kept, so they cannot be compared"
                            .formatted(SarifRun.KEPT_MAX)));
        }
        NewFindings compared = NewFindings.of(present, known, way);
        return new Compared(compared.facts(), shown(compared.fresh()));
    }

    @Override
    public Compared first() {
        return new Compared(NewFindings.facts(0, 0, 0), List.of());
    }

    private static List<ReportedFinding> findings(List<Reading> readings) {
        return readings.stream().flatMap(one -> one.findings().stream()).toList();
    }

    private static long counted(List<Reading> readings) {
        return readings.stream()
                .flatMap(one -> one.facts().named("findings.total").stream())
                .map(Fact::value)
                .reduce(BigDecimal.ZERO, BigDecimal::add)
                .longValueExact();
    }

    private static List<String> shown(List<ReportedFinding> fresh) {
        List<String> shown = new ArrayList<>();
        for (ReportedFinding one : fresh.subList(0, Math.min(fresh.size(), SHOWN_MAX))) {
            shown.add("new: " + one.shown());
        }
        if (fresh.size() > SHOWN_MAX) {
            shown.add("and %d more that are new".formatted(fresh.size() - SHOWN_MAX));
        }
        return shown;
    }
}
