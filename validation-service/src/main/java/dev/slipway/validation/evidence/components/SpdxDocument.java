package dev.slipway.validation.evidence.components;

import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.Reading;
import dev.slipway.validation.evidence.ReportJson;
import dev.slipway.validation.evidence.XmlPull;

/** One pass over an SPDX document in JSON. */
final class SpdxDocument {
    private final ReportJson json;
    private final SpdxPackages packages = new SpdxPackages();
    private boolean listed;

    SpdxDocument(ReportJson json) {
        this.json = json;
    }

    Reading read() throws UnreadableEvidence {
        json.members(member -> {
            switch (member) {
                case "spdxVersion" -> version();
                case "creationInfo" -> json.members(this::creation);
                case "documentDescribes" -> json.elements(() -> packages.describes(json.text()));
                case "packages" -> {
                    listed = true;
                    json.elements(this::one);
                }
                case "relationships" -> json.elements(this::relationship);
                default -> {
                    // files, snippets, annotations, ...
                }
            }
        });
        if (!packages.hasVersion()) {
            throw json.error("This is no SPDX 2 document: it does not say its spdxVersion");
        }
        if (!listed) {
            throw json.error("It has no packages");
        }
        return packages.reading();
    }

    private void version() throws UnreadableEvidence {
        String said = json.text();
        if (!packages.version(said)) {
            throw json.error("%s is not understood; ask the tool for SPDX-2.3 in JSON".formatted(XmlPull.brief(said)));
        }
    }

    private void creation(String member) throws UnreadableEvidence {
        if (member.equals("creators")) {
            json.elements(() -> packages.creator(json.text()));
        }
    }

    private void relationship() throws UnreadableEvidence {
        String from = "";
        String type = "";
        String to = "";
        for (String member = json.first(); member != null; member = json.following()) {
            switch (member) {
                case "spdxElementId" -> from = json.text();
                case "relationshipType" -> type = json.text();
                case "relatedSpdxElement" -> to = json.text();
                default -> {
                    // a comment
                }
            }
        }
        packages.relationship(from, type, to);
    }

    private void one() throws UnreadableEvidence {
        Component.Draft draft = new Component.Draft();
        String concluded = "";
        String declared = "";
        for (String member = json.first(); member != null; member = json.following()) {
            switch (member) {
                case "SPDXID" -> draft.ref(json.text());
                case "name" -> draft.name(json.text());
                case "versionInfo" -> draft.version(text());
                case "licenseConcluded" -> concluded = text();
                case "licenseDeclared" -> declared = text();
                case "externalRefs" -> references(draft);
                default -> Damaged.refuse(json, member, "licenseConcluded", "licenseDeclared");
            }
        }
        packages.add(draft, concluded, declared);
    }

    private void references(Component.Draft draft) throws UnreadableEvidence {
        for (boolean more = json.firstElement(); more; more = json.nextElement()) {
            reference(draft);
        }
    }

    private void reference(Component.Draft draft) throws UnreadableEvidence {
        String type = "";
        String locator = "";
        for (String member = json.first(); member != null; member = json.following()) {
            switch (member) {
                case "referenceType" -> type = json.text();
                case "referenceLocator" -> locator = json.text();
                default -> {
                    // its category
                }
            }
        }
        SpdxPackages.reference(draft, type, locator);
    }

    private String text() throws UnreadableEvidence {
        return json.isNull() ? "" : json.text();
    }
}
