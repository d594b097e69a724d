package dev.slipway.validation.evidence.components;

import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.Fact;
import dev.slipway.validation.evidence.Facts;
import dev.slipway.validation.evidence.Inventory;
import dev.slipway.validation.evidence.Reading;
import dev.slipway.validation.evidence.ReportJson;
import dev.slipway.validation.evidence.XmlPull;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** One pass over an SPDX document. What it describes is known only at its end. */
final class SpdxDocument {
    private static final Set<String> VERSIONS = Set.of("SPDX-2.2", "SPDX-2.3");
    private static final String DOCUMENT = "SPDXRef-DOCUMENT";
    private static final String NOBODY_SAYS = "NOASSERTION";
    private static final String NO_LICENSE = "NONE";
    private static final int DIALECT_CHARS_MAX = 60;

    private final ReportJson json;
    private final List<Component> packages = new ArrayList<>();
    private final Set<String> described = new HashSet<>();
    private String version = "";
    private String creator = "";
    private boolean listed;

    SpdxDocument(ReportJson json) {
        this.json = json;
    }

    Reading read() throws UnreadableEvidence {
        json.members(member -> {
            switch (member) {
                case "spdxVersion" -> version = version();
                case "creationInfo" -> json.members(this::creation);
                case "documentDescribes" -> json.elements(() -> described.add(json.text()));
                case "packages" -> {
                    listed = true;
                    json.elements(() -> packages.add(one()));
                }
                case "relationships" -> json.elements(this::relationship);
                default -> {
                    // files, snippets, annotations, ...
                }
            }
        });
        if (version.isEmpty()) {
            throw json.error("This is no SPDX 2 document: it does not say its spdxVersion");
        }
        if (!listed) {
            throw json.error("It has no packages");
        }
        return reading();
    }

    private String version() throws UnreadableEvidence {
        String said = json.text();
        if (!VERSIONS.contains(said)) {
            throw json.error("%s is not understood; ask the tool for SPDX-2.3 in JSON".formatted(XmlPull.brief(said)));
        }
        return said;
    }

    private Reading reading() {
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
        String dialect = version + (creator.isEmpty() ? "" : ", " + creator);
        return new Reading(Wording.plain(dialect, DIALECT_CHARS_MAX), new Facts(facts, inventory), List.of());
    }

    private void creation(String member) throws UnreadableEvidence {
        if (member.equals("creators")) {
            json.elements(() -> {
                String one = json.text();
                creator = one.startsWith("Tool: ") && creator.isEmpty() ? one.substring(6) : creator;
            });
        }
    }

    private void relationship() throws UnreadableEvidence {
        String[] said = {"", "", ""};
        json.members(member -> {
            switch (member) {
                case "spdxElementId" -> said[0] = json.text();
                case "relationshipType" -> said[1] = json.text();
                case "relatedSpdxElement" -> said[2] = json.text();
                default -> {
                    // a comment
                }
            }
        });
        if (said[1].equals("DESCRIBES") && said[0].equals(DOCUMENT)) {
            described.add(said[2]);
        } else if (said[1].equals("DESCRIBED_BY") && said[2].equals(DOCUMENT)) {
            described.add(said[0]);
        }
    }

    private Component one() throws UnreadableEvidence {
        Component.Draft draft = new Component.Draft();
        String[] licenses = {NOBODY_SAYS, NOBODY_SAYS};
        json.members(member -> {
            switch (member) {
                case "SPDXID" -> draft.ref(json.text());
                case "name" -> draft.name(json.text());
                case "versionInfo" -> draft.version(text());
                case "licenseConcluded" -> licenses[0] = text();
                case "licenseDeclared" -> licenses[1] = text();
                case "externalRefs" -> json.elements(() -> reference(draft));
                default -> Damaged.refuse(json, member, "licenseConcluded", "licenseDeclared");
            }
        });
        String license = isSaid(licenses[0]) ? licenses[0] : licenses[1];
        if (isSaid(license) && !license.strip().equals(NO_LICENSE)) {
            draft.license(license, false, "");
        }
        return draft.done();
    }

    private static boolean isSaid(String license) {
        return !license.isBlank() && !license.strip().equals(NOBODY_SAYS);
    }

    private void reference(Component.Draft draft) throws UnreadableEvidence {
        String[] said = {"", ""};
        json.members(member -> {
            switch (member) {
                case "referenceType" -> said[0] = json.text();
                case "referenceLocator" -> said[1] = json.text();
                default -> {
                    // its category
                }
            }
        });
        if (said[0].equals("purl") || said[0].endsWith("/purl")) {
            draft.purl(said[1]);
        }
    }

    private String text() throws UnreadableEvidence {
        return json.isNull() ? "" : json.text();
    }
}
