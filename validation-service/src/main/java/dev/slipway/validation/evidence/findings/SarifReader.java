package dev.slipway.validation.evidence.findings;

import dev.slipway.validation.evidence.Comparing;
import dev.slipway.validation.evidence.EvidenceReader;
import dev.slipway.validation.evidence.Fact;
import dev.slipway.validation.evidence.JUnitReader;
import dev.slipway.validation.evidence.KnownFact;
import dev.slipway.validation.evidence.Reading;
import dev.slipway.validation.evidence.ReportJson;
import dev.slipway.validation.evidence.ReportJson.Beginning;
import dev.slipway.validation.evidence.ReportXml;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * SARIF 2.1.0 (OASIS), as scanners and linters write it. What each tool means by it was tried; a clean report does not say
 * that anything was scanned: only with the exit status of the run does it prove anything.
 *
 * <ul>
 *   <li>A level comes from the result, else from an override of its invocation, else from its rule (3.27.10), else it is
 *       warning. Level none, and every {@code kind} but {@code fail}, are counted apart, as {@code findings.none}
 *   <li>A result is suppressed by a suppression that is accepted or says no status; one that was rejected or is under
 *       review does not count, and an empty list suppresses nothing
 *   <li>What a tool notifies of at level error is {@code tool.errors}, whatever {@code executionSuccessful} says; a run
 *       that did not succeed and does not say why is one error as well
 *   <li>A run without {@code results} is no evidence and is refused
 *   <li>A result that another comparison tells as gone ({@code baselineState: absent}) is none
 * </ul>
 *
 * <p>The order of members is free, so levels are known only at the end of a run: until then results are counted by what
 * decides their level. Fingerprints are no identity (some tools write one text for all); what is kept of the partial ones is
 * one number that helps to tell equal findings apart. Snippets of source, in which the secrets themselves may stand, are never
 * read.
 */
public final class SarifReader implements EvidenceReader {
    public static final String KIND = "sarif";
    static final String VERSION = "2.1.0";

    private static final int MEMBERS_MAX = 30;

    private final ReportJson.Limits limits;

    public SarifReader(JUnitReader.Limits limits) {
        this.limits = ReportJson.Limits.of(limits);
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Reading read(byte[] report, String name) throws UnreadableEvidence {
        return ReportJson.read(report, limits, json -> new SarifLog(json).read());
    }

    @Override
    public @Nullable String somethingElse(byte[] report) {
        Optional<Beginning> beginning = ReportJson.beginning(report, MEMBERS_MAX);
        if (beginning.isEmpty()) {
            return ReportXml.isMeant(report) ? "XML, and SARIF is JSON" : null;
        }
        Beginning seen = beginning.get();
        if (seen.members().containsKey("bomFormat")) {
            return "a CycloneDX document";
        }
        if (seen.members().containsKey("spdxVersion")) {
            return "an SPDX document";
        }
        return seen.list() || (seen.all() && !seen.members().containsKey("runs")) ? "JSON without runs" : null;
    }

    @Override
    public boolean recognises(byte[] report) {
        return ReportJson.beginning(report, MEMBERS_MAX)
                .filter(seen -> !seen.list())
                .map(Beginning::members)
                .filter(members -> isSarif(members.getOrDefault("$schema", ""))
                        || (members.containsKey("runs")
                                && members.getOrDefault("version", "").startsWith("2.")))
                .isPresent();
    }

    private static boolean isSarif(String schema) {
        return schema.contains("sarif");
    }

    @Override
    public List<KnownFact> facts() {
        return List.of(
                KnownFact.lower(
                        "findings.total", Fact.Unit.COUNT, "errors, warnings and notes that nobody has suppressed"),
                KnownFact.lower("findings.error", Fact.Unit.COUNT, "findings of level error"),
                KnownFact.lower("findings.warning", Fact.Unit.COUNT, "findings of level warning"),
                KnownFact.lower("findings.note", Fact.Unit.COUNT, "findings of level note"),
                KnownFact.neither(
                        "findings.none", Fact.Unit.COUNT, "results of level none, and all that are no failure"),
                KnownFact.neither("findings.suppressed", Fact.Unit.COUNT, "results that somebody has suppressed"),
                KnownFact.lower(
                        "findings.security.critical", Fact.Unit.COUNT, "findings with a security severity from 9.0"),
                KnownFact.lower("findings.security.high", Fact.Unit.COUNT, "from 7.0, and below 9.0"),
                KnownFact.lower("findings.security.medium", Fact.Unit.COUNT, "from 4.0, and below 7.0"),
                KnownFact.lower("findings.security.low", Fact.Unit.COUNT, "above 0, and below 4.0"),
                KnownFact.lower("findings.security.max", Fact.Unit.SCORE, "the highest security severity, 0 for none"),
                KnownFact.lower(
                        NewFindings.NEW, Fact.Unit.COUNT, "findings that the last verified release did not have"),
                KnownFact.lower(NewFindings.NEW_ERROR, Fact.Unit.COUNT, "those of them that are of level error"),
                KnownFact.higher(
                        NewFindings.FIXED, Fact.Unit.COUNT, "findings of the last verified release that are gone"),
                KnownFact.lower("tool.errors", Fact.Unit.COUNT, "what the tool itself could not do"),
                KnownFact.lower("tool.warnings", Fact.Unit.COUNT, "what the tool warns of about its own run"));
    }

    @Override
    public Optional<Comparing> comparing() {
        return Optional.of(new FindingsCompared());
    }

    @Override
    public boolean isWhole(byte[] report) {
        return ReportJson.isWhole(report, limits);
    }
}
