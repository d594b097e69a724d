package dev.slipway.validation.evidence.components;

import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.Reading;
import dev.slipway.validation.evidence.ReportJson;
import dev.slipway.validation.evidence.components.Component.Draft;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One pass over a CycloneDX document in JSON. */
final class CycloneDxJson {
    static final String FORMAT = "CycloneDX";

    private final ReportJson json;
    private final Bill bill = new Bill();
    private String format = "";
    private @Nullable String version;

    CycloneDxJson(ReportJson json) {
        this.json = json;
    }

    Reading read() throws UnreadableEvidence {
        json.members(member -> {
            switch (member) {
                case "bomFormat" -> format = json.text();
                case "specVersion" -> version = version();
                case "metadata" -> json.members(this::metadata);
                case "components" -> json.elements(() -> bill.component(component()));
                case "vulnerabilities" -> {
                    bill.listed();
                    json.elements(this::vulnerability);
                }
                default -> Damaged.refuse(json, member, "components", "vulnerabilities");
            }
        });
        if (!format.equals(FORMAT)) {
            throw json.error("This is no CycloneDX document: it does not say bomFormat: CycloneDX");
        }
        if (version == null) {
            throw json.error("It does not say which version of CycloneDX it is (specVersion)");
        }
        return bill.reading(version, List.of());
    }

    private String version() throws UnreadableEvidence {
        String said = json.text();
        if (!CycloneDxReader.VERSIONS.contains(said)) {
            throw json.error(CycloneDxReader.unknownVersion(said));
        }
        return said;
    }

    private void metadata(String member) throws UnreadableEvidence {
        switch (member) {
            case "timestamp" -> bill.written(text());
            case "component" -> bill.product(component(false));
            case "tools" -> tools();
            default -> {
                // authors, suppliers, ...
            }
        }
    }

    /** A list up to 1.4, an object since 1.5. */
    private void tools() throws UnreadableEvidence {
        if (json.isList()) {
            json.elements(() -> json.members(this::tool));
        } else if (json.isObject()) {
            json.members(kind -> {
                if (kind.equals("components") || kind.equals("services")) {
                    json.elements(() -> json.members(this::tool));
                }
            });
        }
    }

    private void tool(String member) throws UnreadableEvidence {
        if (member.equals("name")) {
            bill.tool(text());
        }
    }

    private Component component() throws UnreadableEvidence {
        return component(true);
    }

    /** @param counted whether it is one of the components, and so those within it */
    private Component component(boolean counted) throws UnreadableEvidence {
        Draft draft = new Draft();
        boolean typed = !counted;
        for (String member = json.first(); member != null; member = json.following()) {
            switch (member) {
                case "type" -> {
                    draft.type(type());
                    typed = true;
                }
                case "bom-ref" -> draft.ref(text());
                case "group" -> draft.group(text());
                case "name" -> draft.name(text());
                case "version" -> draft.version(text());
                case "purl" -> draft.purl(text());
                case "licenses" -> json.elements(() -> license(draft));
                case "components" -> {
                    if (counted) {
                        json.elements(() -> bill.component(component()));
                    }
                }
                default -> Damaged.refuse(json, member, "components", "licenses"); // ancestors are no components
            }
        }
        if (!typed) {
            throw json.error("A component does not say what type it is");
        }
        return draft.done();
    }

    private String type() throws UnreadableEvidence {
        String type = json.text();
        if (!Bill.isKnownType(type)) {
            throw json.error("There is no type of component " + CycloneDxReader.quoted(type));
        }
        return type;
    }

    /** {@code {license: {id, name}}} or {@code {expression}}. */
    private void license(Draft draft) throws UnreadableEvidence {
        String id = "";
        String name = "";
        String expression = "";
        String acknowledgement = "";
        for (String member = json.first(); member != null; member = json.following()) {
            switch (member) {
                case "license" -> {
                    for (String inner = json.first(); inner != null; inner = json.following()) {
                        switch (inner) {
                            case "id" -> id = text();
                            case "name" -> name = text();
                            case "acknowledgement" -> acknowledgement = text();
                            default -> {
                                // its text and address
                            }
                        }
                    }
                }
                case "expression" -> expression = text();
                case "acknowledgement" -> acknowledgement = text();
                default -> Damaged.refuse(json, member, "license", "expression");
            }
        }
        if (!expression.isBlank()) {
            draft.license(expression, false, acknowledgement);
        } else if (!id.isBlank()) {
            draft.license(id, false, acknowledgement);
        } else {
            draft.license(name, true, acknowledgement);
        }
    }

    private void vulnerability() throws UnreadableEvidence {
        Vulnerability.Draft draft = new Vulnerability.Draft();
        json.members(member -> {
            switch (member) {
                case "id" -> draft.id(text());
                case "references" ->
                    json.elements(() -> json.members(inner -> {
                        if (inner.equals("id")) {
                            draft.reference(text());
                        }
                    }));
                case "ratings" ->
                    json.elements(() -> json.members(inner -> {
                        if (inner.equals("severity")) {
                            severity(draft);
                        } else {
                            Damaged.refuse(json, inner, "severity");
                        }
                    }));
                case "analysis" -> json.members(inner -> analysis(draft, inner));
                case "affects" ->
                    json.elements(() -> json.members(inner -> {
                        if (inner.equals("ref")) {
                            draft.affects(json.text());
                        }
                    }));
                default -> Damaged.refuse(json, member, "ratings", "affects");
            }
        });
        bill.vulnerability(draft.done());
    }

    private void severity(Vulnerability.Draft draft) throws UnreadableEvidence {
        String word = json.text();
        if (!draft.severity(word)) {
            throw json.error(CycloneDxReader.unknownSeverity(word));
        }
    }

    private void analysis(Vulnerability.Draft draft, String member) throws UnreadableEvidence {
        switch (member) {
            case "state" -> {
                String word = json.text();
                if (!draft.state(word)) {
                    throw json.error(CycloneDxReader.unknownState(word));
                }
            }
            case "lastUpdated" -> draft.analysedAt(text());
            default -> {
                // justification, response, detail
            }
        }
    }

    /** Null is as good as absent. */
    private String text() throws UnreadableEvidence {
        return json.isNull() ? "" : json.text();
    }
}
