package dev.slipway.validation.evidence.findings;

import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.ReportJson;
import dev.slipway.validation.evidence.ReportedFinding;
import dev.slipway.validation.evidence.ReportedFinding.Level;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One run of one tool. What decides how a result counts may stand behind it, so results are counted by that, and looked up
 * when the run is at its end.
 */
final class SarifRun {
    static final int KEPT_MAX = 20_000;
    private static final int ARTIFACTS_MAX = 100_000;
    private static final int LOGICAL_MAX = 100_000;

    /** What decides how results count. */
    record Deciding(
            SarifRule.Reference rule,
            @Nullable Level level,
            boolean failing,
            boolean suppressed,
            int invocation,
            @Nullable BigDecimal severity) {
        private static final int PRIME = 31;

        /** As any record's, without the calls that a record makes for it: each result is looked up by it. */
        @Override
        public int hashCode() {
            return rule.hashCode() + PRIME * (invocation + PRIME * (severity == null ? 0 : severity.hashCode()));
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Deciding deciding
                    && level == deciding.level
                    && failing == deciding.failing
                    && suppressed == deciding.suppressed
                    && invocation == deciding.invocation
                    && rule.equals(deciding.rule)
                    && (severity == null ? deciding.severity == null : severity.equals(deciding.severity));
        }
    }

    /** Results that count alike; how they do is known at the end of the run. */
    private static final class Alike {
        private final Deciding deciding;
        private int count;
        private Level level = Level.NONE;
        private String rule = "";

        Alike(Deciding deciding) {
            this.deciding = deciding;
        }
    }

    /** A result as it is kept until its level is known. */
    private record Kept(Alike alike, SarifResult.Text text) {}

    private final ReportJson json;
    private final SarifTool tool;
    private final SarifInvocations invocations;
    private final Map<Deciding, Alike> counts = new LinkedHashMap<>();
    private final List<Kept> kept = new ArrayList<>();
    private final List<String> artifacts = new ArrayList<>();
    private final List<String> logical = new ArrayList<>();
    private boolean hasResults;
    private boolean elsewhere;
    private long gone;

    SarifRun(ReportJson json) {
        this.json = json;
        this.tool = new SarifTool(json);
        this.invocations = new SarifInvocations(json);
    }

    SarifRun read() throws UnreadableEvidence {
        json.members(name -> {
            switch (name) {
                case "tool" -> tool.read();
                case "results" -> results();
                case "invocations" -> invocations.read();
                case "artifacts" -> artifacts();
                case "logicalLocations" -> logicalLocations();
                case "externalPropertyFileReferences" -> references();
                default -> json.skip();
            }
        });
        requireResults();
        return this;
    }

    private void requireResults() throws UnreadableEvidence {
        if (hasResults) {
            return;
        }
        if (elsewhere) {
            throw json.error(
                    "The results of %s stand in another file, to which this one refers; let the tool write them"
                                    .formatted(tool.shown())
                            + " into the run");
        }
        if (!tool.leavesResultsOut() || !invocations.wentWell()) {
            throw json.error(
                    ("The run of %s says nothing about results: it proves nothing. A tool that looked and found"
                                    + " nothing writes \"results\": []")
                            .formatted(tool.shown()));
        }
    }

    private void results() throws UnreadableEvidence {
        if (json.isNull()) {
            return; // as if absent: no scan took place
        }
        hasResults = true;
        json.elements(() -> result(new SarifResult(json, kept.size() < KEPT_MAX).read()));
    }

    private void result(SarifResult.Read result) {
        if (result.gone()) {
            gone++;
            return;
        }
        Deciding deciding = result.deciding();
        Alike alike = counts.computeIfAbsent(deciding, Alike::new);
        alike.count++;
        if (deciding.failing() && !deciding.suppressed() && kept.size() < KEPT_MAX) {
            kept.add(new Kept(alike, result.text()));
        }
    }

    private void artifacts() throws UnreadableEvidence {
        if (!json.isList()) {
            return;
        }
        json.elements(() -> {
            String[] uri = {""};
            json.members(name -> {
                if (name.equals("location") && json.isObject()) {
                    json.members(inner -> uri[0] = inner.equals("uri") && json.isText() ? json.text() : uri[0]);
                }
            });
            if (artifacts.size() < ARTIFACTS_MAX) {
                artifacts.add(uri[0]);
            }
        });
    }

    /** Names of functions and types to which results refer by their place in this list. */
    private void logicalLocations() throws UnreadableEvidence {
        if (!json.isList()) {
            return;
        }
        json.elements(() -> {
            String[] name = {""};
            if (json.isObject()) { // the places of others stay what they are
                json.members(
                        member -> name[0] = member.equals("fullyQualifiedName") ? SarifResult.code(json) : name[0]);
            }
            if (logical.size() < LOGICAL_MAX) {
                logical.add(name[0]);
            }
        });
    }

    private void references() throws UnreadableEvidence {
        if (json.isObject()) {
            json.members(name -> elsewhere |= name.equals("results"));
        }
    }

    void into(SarifTally tally) {
        tally.ran(tool, invocations, hasResults);
        tally.gone(gone);
        counts.values().forEach(alike -> count(alike, tally));
        tally.severities(tool.knowsSeverities());
        for (Kept one : kept) {
            if (one.alike().level != Level.NONE) {
                tally.keep(finding(one));
            }
        }
    }

    private void count(Alike alike, SarifTally tally) {
        Deciding deciding = alike.deciding;
        SarifRule rule = tool.rule(deciding.rule());
        alike.level = level(deciding, rule);
        alike.rule = tool.name(deciding.rule());
        if (tool.didNotScan(deciding.rule().id())) {
            tally.notScanned(tool, deciding.rule().id(), alike.count);
        }
        tally.count(deciding, alike.level, severity(deciding, rule), alike.count);
    }

    private ReportedFinding finding(Kept one) {
        SarifResult.Text text = one.text();
        boolean byIndex = text.uri().isEmpty() && text.artifact() >= 0 && text.artifact() < artifacts.size();
        return new ReportedFinding(
                one.alike().rule,
                FileNames.of(byIndex ? artifacts.get(text.artifact()) : text.uri()),
                text.message(),
                one.alike().level,
                text.line(),
                text.logical() >= 0 && text.logical() < logical.size() ? logical.get(text.logical()) : text.within(),
                text.fingerprint());
    }

    private Level level(Deciding deciding, @Nullable SarifRule rule) {
        Level said = deciding.level();
        if (said != null) {
            return tool.understates() && rule != null && rule.levelOrDefault().compareTo(said) > 0 && said != Level.NONE
                    ? rule.levelOrDefault()
                    : said;
        }
        if (!deciding.failing()) {
            return Level.NONE;
        }
        Level overridden = rule == null ? null : invocations.override(deciding.invocation(), rule, tool);
        if (overridden != null) {
            return overridden;
        }
        return rule == null ? Level.WARNING : rule.levelOrDefault();
    }

    private static @Nullable BigDecimal severity(Deciding deciding, @Nullable SarifRule rule) {
        BigDecimal own = deciding.severity();
        return own != null || rule == null ? own : rule.severity();
    }
}
