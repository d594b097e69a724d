package dev.slipway.validation.evidence.components;

import dev.slipway.validation.evidence.Comparing;
import dev.slipway.validation.evidence.EvidenceReader;
import dev.slipway.validation.evidence.Fact;
import dev.slipway.validation.evidence.JUnitReader;
import dev.slipway.validation.evidence.KnownFact;
import dev.slipway.validation.evidence.Reading;
import dev.slipway.validation.evidence.ReportJson;
import dev.slipway.validation.evidence.ReportXml;
import dev.slipway.validation.evidence.ReportXml.Root;
import dev.slipway.validation.evidence.VulnerabilitiesCompared;
import dev.slipway.validation.evidence.VulnerabilityFacts;
import dev.slipway.validation.evidence.XmlPull;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * CycloneDX 1.4 to 1.7, JSON and XML: a bill of materials, a list of vulnerabilities (VEX), or both in one file.
 *
 * <ul>
 *   <li>Components of type library, framework or application that have a package URL count, also within others; what the
 *       document is about does not. {@code serialNumber}, {@code metadata}, {@code components} and {@code vulnerabilities}
 *       may be absent
 *   <li>A licence that somebody concluded counts more than one that was declared; several in a list all have to be allowed,
 *       as the format does not say that there is a choice
 *   <li>Vulnerabilities: what was found is told always, zeros only where a scan is proved: by a tool that does nothing else, or
 *       by a vulnerability beside components. An empty list is written by tools that did not scan as well; who knows better
 *       says so in the gate ({@code scanner})
 *   <li>The word of a rating counts, never its score; of several the worst, as nobody says which source to believe. A word
 *       counts more than {@code unknown}, which is a class of its own, as is no rating at all
 *   <li>An analysis {@code not_affected}, {@code false_positive}, {@code resolved} or {@code resolved_with_pedigree} takes it
 *       out; {@code exploitable} and {@code in_triage} count. It also states something of the same vulnerability in other
 *       documents of the same attempt, joined by package URL, as references are names within one document
 * </ul>
 */
public final class CycloneDxReader implements EvidenceReader {
    public static final String KIND = "cyclonedx";
    static final Set<String> VERSIONS = Set.of("1.4", "1.5", "1.6", "1.7");
    static final String NAMESPACE = "http://cyclonedx.org/schema/bom/";

    private static final String ROOT = "bom";
    private static final int MEMBERS_MAX = 30;

    private final ReportJson.Limits limits;
    private final ReportXml xml;

    public CycloneDxReader(JUnitReader.Limits limits) {
        this.limits = ReportJson.Limits.of(limits);
        xml = new ReportXml("A CycloneDX document", new ReportXml.Limits(limits.depthMax(), limits.elementsMax()));
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Reading read(byte[] report, String name) throws UnreadableEvidence {
        if (ReportXml.isMeant(report)) {
            return xml.read(report, pull -> new CycloneDxXml(pull).read());
        }
        return ReportJson.read(report, limits, json -> new CycloneDxJson(json).read());
    }

    @Override
    public @Nullable String somethingElse(byte[] report) {
        if (ReportXml.isMeant(report)) {
            return xml.root(report)
                    .filter(root -> !isOurs(root))
                    .map(root -> "XML with the root %s, and no CycloneDX bom".formatted(XmlPull.brief(root.name())))
                    .orElse(null);
        }
        return Beginnings.somethingElse(report, KIND);
    }

    @Override
    public boolean recognises(byte[] report) {
        if (ReportXml.isMeant(report)) {
            return xml.root(report).filter(CycloneDxReader::isOurs).isPresent();
        }
        return Beginnings.of(report, MEMBERS_MAX).filter(KIND::equals).isPresent();
    }

    private static boolean isOurs(Root root) {
        return root.name().equals(ROOT) && root.namespace().startsWith(NAMESPACE);
    }

    @Override
    public List<KnownFact> facts() {
        List<KnownFact> facts = new ArrayList<>();
        facts.add(KnownFact.neither(
                "components.total",
                Fact.Unit.COUNT,
                "libraries, frameworks and applications with a package URL, also within others"));
        facts.add(KnownFact.lower(
                "components.without-license", Fact.Unit.COUNT, "those of them of which nobody says a licence"));
        facts.add(KnownFact.lower(
                "components.without-purl",
                Fact.Unit.COUNT,
                "libraries, frameworks and applications without a package URL"));
        facts.addAll(VulnerabilityFacts.known());
        return facts;
    }

    @Override
    public Optional<Comparing> comparing() {
        return Optional.of(new VulnerabilitiesCompared());
    }

    @Override
    public boolean isWhole(byte[] report) {
        return ReportXml.isMeant(report) ? xml.isWhole(report) : ReportJson.isWhole(report, limits);
    }

    static String quoted(String word) {
        return XmlPull.brief(word);
    }

    static String unknownVersion(String version) {
        return "CycloneDX %s is not understood; ask the tool for 1.4, 1.5, 1.6 or 1.7".formatted(quoted(version));
    }

    static String unknownSeverity(String word) {
        return "%s is no severity; there is critical, high, medium, low, info, none and unknown"
                .formatted(quoted(word));
    }

    static String unknownState(String word) {
        return "%s is no state of an analysis; there is resolved, resolved_with_pedigree, exploitable, in_triage, "
                        .formatted(quoted(word))
                + "false_positive and not_affected";
    }

    /** The version that a namespace stands for, or nothing. */
    static Optional<String> version(Root root) {
        return isOurs(root) ? Optional.of(root.namespace().substring(NAMESPACE.length())) : Optional.empty();
    }
}
