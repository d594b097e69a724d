package dev.slipway.validation.evidence.components;

import dev.slipway.validation.evidence.Fact;
import dev.slipway.validation.evidence.Facts;
import dev.slipway.validation.evidence.Inventory;
import dev.slipway.validation.evidence.Inventory.VexStatement;
import dev.slipway.validation.evidence.Reading;
import dev.slipway.validation.evidence.Severity;
import dev.slipway.validation.evidence.Vulnerabilities;
import dev.slipway.validation.evidence.VulnerabilityFacts;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What a CycloneDX document says, gathered while it is read: JSON and XML say the same. */
final class Bill {
    private static final Set<String> KNOWN_TYPES = Set.of(
            "application",
            "framework",
            "library",
            "container",
            "platform",
            "operating-system",
            "device",
            "device-driver",
            "firmware",
            "file",
            "machine-learning-model",
            "data",
            "cryptographic-asset");
    /** Of nearly all components. */
    private static final String USUAL_TYPE = "library";

    private static final Set<String> COUNTING_TYPES = Set.of("application", "framework", "library");
    /** They do nothing else: an empty list of theirs is a scan that found nothing. */
    private static final Set<String> SCANNERS = Set.of("grype", "osv-scanner");

    /** Those that may be told apart when releases are compared. */
    private static final int NOTED_MAX = 5_000;
    /**
     * Those that others may take out, and whose analyses state something of others'. Verdicts rest on this number: another one
     * would read the same report otherwise than it was read then (ADR 75).
     */
    private static final int STATED_MAX = 2_000;

    private static final int DIALECT_CHARS_MAX = 60;
    private static final int TOOL_CHARS_MAX = 100;

    private final Licenses licenses = new Licenses();
    private final List<Placed> placed = new ArrayList<>();
    /** By reference, once a vulnerability asks. */
    private final Map<String, String> purls = new HashMap<>();

    private final Set<String> tools = new LinkedHashSet<>();
    private final List<Vulnerability> noted = new ArrayList<>();
    private final Map<Severity, Long> counting = new EnumMap<>(Severity.class);
    private Component product = Component.NONE;
    private String written = "";
    private long components;
    private long withoutLicense;
    private long withoutPurl;
    private long suppressed;
    private long entries;
    private boolean listed;

    /** What a reference means; of a component nothing else is kept, as there may be very many. */
    private record Placed(String ref, String purl) {}

    static boolean isKnownType(String type) {
        return type.equals(USUAL_TYPE) || KNOWN_TYPES.contains(type);
    }

    void tool(String name) {
        if (!name.isBlank()) {
            tools.add(Wording.plain(name.strip(), TOOL_CHARS_MAX));
        }
    }

    /** @param at when the document was written, as it stands there */
    void written(String at) {
        written = at;
    }

    /** What the document is about; it is no component of itself. */
    void product(Component of) {
        product = of;
        place(of);
    }

    void component(Component one) {
        place(one);
        if (!one.type().equals(USUAL_TYPE) && !COUNTING_TYPES.contains(one.type())) {
            return;
        }
        licenses.add(one.purl().isEmpty() ? one.named() : one.purl(), one.licenses());
        if (one.purl().isEmpty()) {
            withoutPurl++;
            return;
        }
        components++;
        withoutLicense += one.licenses().isEmpty() ? 1 : 0;
    }

    private void place(Component one) {
        if (!one.ref().isEmpty() && !one.purl().isEmpty()) {
            placed.add(new Placed(one.ref().equals(one.purl()) ? one.purl() : one.ref(), one.purl()));
        }
    }

    /** A list of vulnerabilities stands there, be it empty. */
    void listed() {
        listed = true;
    }

    void vulnerability(Vulnerability one) {
        entries++;
        if (one.harmless()) {
            suppressed++;
        } else {
            counting.merge(one.severity(), 1L, Long::sum);
        }
        if (noted.size() < NOTED_MAX) {
            noted.add(one);
        }
    }

    Reading reading(String version, List<String> remarks) {
        boolean scans = tools.stream().anyMatch(tool -> SCANNERS.contains(tool.toLowerCase(Locale.ROOT)));
        boolean inventory = components + withoutPurl > 0;
        boolean scanned = listed && (scans || (inventory && entries > suppressed));
        List<Fact> facts = new ArrayList<>();
        facts.add(Fact.count("components.total", components));
        facts.add(Fact.count("components.without-license", withoutLicense));
        facts.add(Fact.count("components.without-purl", withoutPurl));
        facts.addAll(VulnerabilityFacts.of(counting, suppressed, scanned));
        List<String> notes = new ArrayList<>(remarks);
        notes.addAll(notes(scanned));
        return new Reading(
                dialect(version), facts(facts, scanned), notes, new Vulnerabilities(told(), entries == noted.size()));
    }

    /** Entries of one document may state something of each other as well. */
    private Facts facts(List<Fact> facts, boolean scanned) {
        List<VexStatement> statements = statements();
        boolean tooMany = statements.size() > Inventory.STATEMENTS_MAX;
        Inventory counted = new Inventory(
                licenses.list(),
                licenses.leftOut(),
                vulnerable(),
                List.of(),
                false,
                listed ? tools.stream().limit(10).toList() : List.of(),
                scanned);
        Inventory stated =
                new Inventory(List.of(), 0, List.of(), tooMany ? List.of() : statements, tooMany, List.of(), false);
        return new Facts(facts, counted).plus(new Facts(List.of(), stated));
    }

    private List<Vulnerabilities.One> told() {
        return noted.stream().filter(one -> !one.harmless()).map(this::told).toList();
    }

    private Vulnerabilities.One told(Vulnerability one) {
        return new Vulnerabilities.One(one.ids(), places(one), product.purl(), one.severity(), one.many());
    }

    private List<Vulnerability> stated() {
        return noted.subList(0, Math.min(noted.size(), STATED_MAX));
    }

    private List<Inventory.Vulnerable> vulnerable() {
        return stated().stream()
                .filter(one -> !one.harmless())
                .limit(Inventory.VULNERABLE_MAX)
                .map(one -> told(one).counting())
                .toList();
    }

    /** What was analysed, by whoever wrote the document. Of what is in more than is kept nothing is known of others'. */
    private List<VexStatement> statements() {
        List<VexStatement> statements = new ArrayList<>();
        for (Vulnerability one : stated()) {
            if (one.analysed()) {
                for (String place : places(one).stream().filter(Bill::isPurl).toList()) {
                    statements.add(new VexStatement(
                            one.many() ? List.of() : one.ids(),
                            place,
                            "",
                            one.harmless(),
                            Wording.parse(one.analysedAt().isEmpty() ? written : one.analysedAt())));
                }
            }
        }
        return statements;
    }

    /** References are names within one document; package URLs mean the same everywhere. */
    private List<String> places(Vulnerability one) {
        return one.affects().stream()
                .map(ref -> purl(ref, ref.contains("#") && !isPurl(ref) ? linked(ref) : ref))
                .distinct()
                .toList();
    }

    private static boolean isPurl(String text) {
        return text.startsWith("pkg:");
    }

    /** {@code urn:cdx:serial/version#ref}. */
    private String linked(String link) {
        String ref = Wording.decoded(link.substring(link.indexOf('#') + 1));
        return purl(ref, ref);
    }

    private String purl(String ref, String otherwise) {
        placed.forEach(one -> purls.put(one.ref(), one.purl()));
        placed.clear();
        return purls.getOrDefault(ref, otherwise);
    }

    private List<String> notes(boolean scanned) {
        List<String> notes = new ArrayList<>();
        if (!scanned && entries == 0) {
            notes.add(
                    listed
                            ? "its list of vulnerabilities is empty, which a tool that did not scan writes as well:"
                                    + " nothing is said of them, unless a gate names the scanner"
                            : "it has no list of vulnerabilities: nothing is said of them");
        }
        if (withoutPurl > 0) {
            notes.add("%d components without a package URL are not counted, their licences are".formatted(withoutPurl));
        }
        if (entries > STATED_MAX) {
            notes.add("of %d vulnerabilities the first %d can be taken out by statements of other documents"
                    .formatted(entries, STATED_MAX));
        }
        if (entries > noted.size()) {
            notes.add("of %d vulnerabilities the first %d can be told apart; all are counted"
                    .formatted(entries, noted.size()));
        }
        return notes;
    }

    private String dialect(String version) {
        String tool = tools.isEmpty() ? "" : ", " + tools.iterator().next();
        String all = "CycloneDX " + version + tool;
        return Wording.plain(all, DIALECT_CHARS_MAX);
    }
}
