package dev.slipway.validation.evidence.findings;

import dev.slipway.validation.evidence.Fact;
import dev.slipway.validation.evidence.Facts;
import dev.slipway.validation.evidence.Reading;
import dev.slipway.validation.evidence.ReportedFinding;
import dev.slipway.validation.evidence.ReportedFinding.Level;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What all runs of a log say together. */
final class SarifTally {
    private static final int NOTES_MAX = 20;
    private static final int NOTE_MAX = 400;
    private static final BigDecimal CRITICAL = new BigDecimal("9.0");
    private static final BigDecimal HIGH = new BigDecimal("7.0");
    private static final BigDecimal MEDIUM = new BigDecimal("4.0");

    private final Map<Level, Long> levels = new EnumMap<>(Level.class);
    private final Map<Level, Long> security = new EnumMap<>(Level.class);
    private final List<ReportedFinding> findings = new ArrayList<>();
    private final Set<String> notes = new LinkedHashSet<>();
    private final List<String> tools = new ArrayList<>();
    private BigDecimal highest = BigDecimal.ZERO;
    private boolean severities;
    private long suppressed;
    private long gone;
    private long errors;
    private long warnings;

    void ran(SarifTool tool, SarifInvocations invocations, boolean results) {
        tools.add(tool.shown());
        errors += invocations.errors(tool);
        warnings += invocations.warnings(tool);
        invocations.said(tool).forEach(text -> notes.add("%s says: %s".formatted(tool.shown(), text)));
        if (!invocations.told()) {
            notes.add("%s does not tell how its run went; the exit status does".formatted(tool.shown()));
        }
        if (!results) {
            notes.add("%s leaves results out where it finds nothing, so none count as 0".formatted(tool.shown()));
        }
    }

    void gone(long more) {
        gone += more;
    }

    /** A result that means that the tool could not look is trouble of the tool as well. */
    void notScanned(SarifTool tool, @Nullable String rule, int count) {
        errors += count;
        notes.add("%s could not look: %s".formatted(tool.shown(), rule));
    }

    void count(SarifRun.Deciding deciding, Level level, @Nullable BigDecimal severity, int count) {
        if (deciding.suppressed()) {
            suppressed += count;
            return;
        }
        boolean finding = deciding.failing() && level != Level.NONE;
        levels.merge(finding ? level : Level.NONE, (long) count, Long::sum);
        if (finding && severity != null) {
            severities = true;
            highest = highest.max(severity);
            if (severity.signum() > 0) {
                security.merge(severe(severity), (long) count, Long::sum);
            }
        }
    }

    private static Level severe(BigDecimal severity) {
        if (severity.compareTo(CRITICAL) >= 0) {
            return Level.CRITICAL;
        }
        if (severity.compareTo(HIGH) >= 0) {
            return Level.HIGH;
        }
        return severity.compareTo(MEDIUM) >= 0 ? Level.MEDIUM : Level.LOW;
    }

    void severities(boolean known) {
        severities |= known;
    }

    void keep(ReportedFinding finding) {
        if (findings.size() < SarifRun.KEPT_MAX) {
            findings.add(finding);
        }
    }

    Reading reading() {
        long total = of(Level.ERROR) + of(Level.WARNING) + of(Level.NOTE);
        List<Fact> facts = new ArrayList<>(List.of(
                Fact.count("findings.total", total),
                Fact.count("findings.error", of(Level.ERROR)),
                Fact.count("findings.warning", of(Level.WARNING)),
                Fact.count("findings.note", of(Level.NOTE)),
                Fact.count("findings.none", of(Level.NONE)),
                Fact.count("findings.suppressed", suppressed)));
        if (severities || total == 0) {
            facts.addAll(security());
        }
        facts.add(Fact.count("tool.errors", errors));
        facts.add(Fact.count("tool.warnings", warnings));
        return new Reading(dialect(), new Facts(facts), notes(total), findings, List.of());
    }

    private List<Fact> security() {
        return List.of(
                Fact.count("findings.security.critical", severe(Level.CRITICAL)),
                Fact.count("findings.security.high", severe(Level.HIGH)),
                Fact.count("findings.security.medium", severe(Level.MEDIUM)),
                Fact.count("findings.security.low", severe(Level.LOW)),
                new Fact("findings.security.max", highest, Fact.Unit.SCORE));
    }

    private long of(Level level) {
        return levels.getOrDefault(level, 0L);
    }

    private long severe(Level level) {
        return security.getOrDefault(level, 0L);
    }

    private String dialect() {
        String first = tools.getFirst();
        if (tools.size() == 1) {
            return first;
        }
        String others = " and " + (tools.size() - 1) + " more runs";
        int room = 60 - others.length();
        return (first.length() > room ? first.substring(0, room - 1) + "…" : first) + others;
    }

    private List<String> notes(long total) {
        List<String> said = new ArrayList<>();
        if (total > findings.size()) {
            said.add("Of %d findings %d are kept to be compared; the others are only counted"
                    .formatted(total, findings.size()));
        }
        if (gone > 0) {
            said.add("%d results only say that something is gone, and do not count".formatted(gone));
        }
        said.addAll(notes);
        return said.stream()
                .limit(NOTES_MAX)
                .map(note -> note.length() > NOTE_MAX ? note.substring(0, NOTE_MAX - 1) + "…" : note)
                .toList();
    }
}
