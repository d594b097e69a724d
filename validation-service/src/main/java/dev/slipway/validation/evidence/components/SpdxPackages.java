package dev.slipway.validation.evidence.components;

import dev.slipway.validation.evidence.Fact;
import dev.slipway.validation.evidence.Facts;
import dev.slipway.validation.evidence.Inventory;
import dev.slipway.validation.evidence.Reading;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What an SPDX document says of packages, in whichever form it is written. What it describes is known only at its end. */
final class SpdxPackages {
    static final String DOCUMENT = "SPDXRef-DOCUMENT";
    private static final Set<String> VERSIONS = Set.of("SPDX-2.2", "SPDX-2.3");
    private static final String TOOL = "Tool: ";
    private static final String NOBODY_SAYS = "NOASSERTION";
    private static final String NO_LICENSE = "NONE";
    private static final int DIALECT_CHARS_MAX = 60;

    private final List<Component> packages = new ArrayList<>();
    private final Set<String> described = new HashSet<>();
    private String version = "";
    private String tool = "";

    /** False where it is none that is understood. */
    boolean version(String said) {
        version = said;
        return VERSIONS.contains(said);
    }

    boolean hasVersion() {
        return !version.isEmpty();
    }

    /** Of several tools the first is told. */
    void creator(String said) {
        tool = said.startsWith(TOOL) && tool.isEmpty() ? said.substring(TOOL.length()) : tool;
    }

    void describes(String ref) {
        described.add(ref);
    }

    /** Of a relationship it matters only whether the document describes something by it. */
    void relationship(String from, String type, String to) {
        if (type.equals("DESCRIBES") && from.equals(DOCUMENT)) {
            described.add(to);
        } else if (type.equals("DESCRIBED_BY") && to.equals(DOCUMENT)) {
            described.add(from);
        }
    }

    /** What is concluded counts, and else what is declared. */
    void add(Component.Draft draft, String concluded, String declared) {
        String license = isSaid(concluded) ? concluded : declared;
        if (isSaid(license) && !license.strip().equals(NO_LICENSE)) {
            draft.license(license, false, "");
        }
        packages.add(draft.done());
    }

    private static boolean isSaid(String license) {
        return !license.isBlank() && !license.strip().equals(NOBODY_SAYS);
    }

    /** A reference to the package in its registry, if that is what it is. */
    static void reference(Component.Draft draft, String type, String locator) {
        if (type.equals("purl") || type.endsWith("/purl")) {
            draft.purl(locator);
        }
    }

    Reading reading() {
        List<Component> components =
                packages.stream().filter(one -> !described.contains(one.ref())).toList();
        List<Component> counting = components.isEmpty() ? packages : components;
        Licenses licenses = new Licenses();
        long withoutLicense = 0;
        long withoutPurl = 0;
        for (Component one : counting) {
            licenses.add(one.purl().isEmpty() ? one.named() : one.purl(), one.licenses());
            withoutLicense += one.licenses().isEmpty() ? 1 : 0;
            withoutPurl += one.purl().isEmpty() ? 1 : 0;
        }
        Inventory inventory =
                new Inventory(licenses.list(), licenses.leftOut(), List.of(), List.of(), false, List.of(), false);
        List<Fact> facts = List.of(
                Fact.count("components.total", counting.size()),
                Fact.count("components.without-license", withoutLicense),
                Fact.count("components.without-purl", withoutPurl));
        String dialect = version + (tool.isEmpty() ? "" : ", " + tool);
        return new Reading(Wording.plain(dialect, DIALECT_CHARS_MAX), new Facts(facts, inventory), List.of());
    }
}
