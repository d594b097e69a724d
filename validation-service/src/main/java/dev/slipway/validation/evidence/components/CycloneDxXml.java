package dev.slipway.validation.evidence.components;

import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.Reading;
import dev.slipway.validation.evidence.ReportXml.Root;
import dev.slipway.validation.evidence.XmlPull;
import dev.slipway.validation.evidence.XmlPull.Event;
import dev.slipway.validation.evidence.components.Component.Draft;

/** One pass over a CycloneDX document in XML. Elements of other namespaces are extensions and say nothing that is counted. */
final class CycloneDxXml {
    private static final int TEXT_CHARS_MAX = 100_000;

    private final XmlPull xml;
    private final Bill bill = new Bill();
    private String namespace = "";

    /** Reads one element, up to its end. */
    @FunctionalInterface
    private interface Child {
        void read(String name) throws UnreadableEvidence;
    }

    CycloneDxXml(XmlPull xml) {
        this.xml = xml;
    }

    Reading read() throws UnreadableEvidence {
        Event event = xml.next();
        while (event != Event.START) { // comments; a document without a root is not well-formed
            event = xml.next();
        }
        Root root = new Root(xml.name(), xml.namespace());
        String version = CycloneDxReader.version(root)
                .orElseThrow(
                        () -> xml.refused("This is no CycloneDX document: its root is %s, not bom of the namespace %s"
                                .formatted(XmlPull.brief(root.name()), CycloneDxReader.NAMESPACE + "1.x")));
        if (!root.name().equals("bom") || !CycloneDxReader.VERSIONS.contains(version)) {
            throw xml.refused(CycloneDxReader.unknownVersion(version));
        }
        namespace = root.namespace();
        children(this::member);
        return bill.reading(version, xml.replacedNote().stream().toList());
    }

    private void member(String name) throws UnreadableEvidence {
        switch (name) {
            case "metadata" -> children(this::metadata);
            case "components" -> components();
            case "vulnerabilities" -> {
                bill.listed();
                children(inner -> {
                    only("vulnerability", inner);
                    vulnerability();
                });
            }
            default -> xml.skip();
        }
    }

    private void metadata(String name) throws UnreadableEvidence {
        switch (name) {
            case "timestamp" -> bill.written(text());
            case "component" -> bill.product(component(false));
            case "tools" -> children(this::tool);
            default -> xml.skip();
        }
    }

    /** {@code tool} up to 1.4, {@code components} and {@code services} since 1.5. */
    private void tool(String name) throws UnreadableEvidence {
        switch (name) {
            case "tool" -> children(this::nameOfTool);
            case "components", "services" -> children(_ -> children(this::nameOfTool));
            default -> xml.skip();
        }
    }

    private void nameOfTool(String name) throws UnreadableEvidence {
        if (name.equals("name")) {
            bill.tool(text());
        } else {
            xml.skip();
        }
    }

    private void components() throws UnreadableEvidence {
        children(name -> {
            only("component", name);
            bill.component(component(true));
        });
    }

    private Component component(boolean counted) throws UnreadableEvidence {
        Draft draft = new Draft();
        String type = xml.attribute("type");
        if (counted && !Bill.isKnownType(type)) {
            throw xml.counting("There is no type of component " + XmlPull.brief(type));
        }
        draft.type(type);
        draft.ref(xml.attribute("bom-ref"));
        children(name -> {
            switch (name) {
                case "group" -> draft.group(text());
                case "name" -> draft.name(text());
                case "version" -> draft.version(text());
                case "purl" -> draft.purl(text());
                case "licenses" -> children(inner -> license(draft, inner));
                case "components" -> {
                    if (counted) {
                        components();
                    } else {
                        xml.skip();
                    }
                }
                default -> xml.skip(); // pedigree too: ancestors are no components
            }
        });
        return draft.done();
    }

    private void license(Draft draft, String name) throws UnreadableEvidence {
        String acknowledgement = xml.attribute("acknowledgement");
        if (name.equals("expression")) {
            draft.license(text(), false, acknowledgement);
        } else if (name.equals("license")) {
            String[] said = {"", ""};
            children(inner -> {
                switch (inner) {
                    case "id" -> said[0] = text();
                    case "name" -> said[1] = text();
                    default -> xml.skip();
                }
            });
            draft.license(said[0].isBlank() ? said[1] : said[0], said[0].isBlank(), acknowledgement);
        } else if (name.equals("expression-detailed")) {
            draft.license(xml.attribute("expression"), false, acknowledgement);
            xml.skip();
        } else {
            throw xml.counting("An element %s is no license".formatted(XmlPull.brief(name)));
        }
    }

    private void vulnerability() throws UnreadableEvidence {
        Vulnerability.Draft draft = new Vulnerability.Draft();
        children(name -> {
            switch (name) {
                case "id" -> draft.id(text());
                case "references" ->
                    children(_ -> children(inner -> {
                        if (inner.equals("id")) {
                            draft.reference(text());
                        } else {
                            xml.skip();
                        }
                    }));
                case "ratings" -> children(_ -> children(inner -> rating(draft, inner)));
                case "analysis" -> children(inner -> analysis(draft, inner));
                case "affects" ->
                    children(_ -> children(inner -> {
                        if (inner.equals("ref")) {
                            draft.affects(text());
                        } else {
                            xml.skip();
                        }
                    }));
                default -> xml.skip();
            }
        });
        bill.vulnerability(draft.done());
    }

    private void rating(Vulnerability.Draft draft, String name) throws UnreadableEvidence {
        if (!name.equals("severity")) {
            xml.skip();
            return;
        }
        int start = xml.event();
        String word = text();
        if (!draft.severity(word)) {
            throw xml.counting(CycloneDxReader.unknownSeverity(word), start);
        }
    }

    private void analysis(Vulnerability.Draft draft, String name) throws UnreadableEvidence {
        switch (name) {
            case "state" -> {
                int start = xml.event();
                String word = text();
                if (!draft.state(word)) {
                    throw xml.counting(CycloneDxReader.unknownState(word), start);
                }
            }
            case "lastUpdated" -> draft.analysedAt(text());
            default -> xml.skip();
        }
    }

    private void only(String wanted, String name) throws UnreadableEvidence {
        if (!name.equals(wanted)) {
            throw xml.counting("An element %s stands where %s is meant".formatted(XmlPull.brief(name), wanted));
        }
    }

    private String text() throws UnreadableEvidence {
        return xml.onlyText(TEXT_CHARS_MAX).strip();
    }

    /** Goes through an element, from its start to its end; each child has to be read to its own end. */
    private void children(Child each) throws UnreadableEvidence {
        int outer = xml.depth();
        for (Event event = xml.next(); event != Event.END || xml.depth() != outer; event = xml.next()) {
            if (event == Event.START) {
                if (xml.namespace().equals(namespace)) {
                    each.read(xml.name());
                } else {
                    xml.skip();
                }
            }
        }
    }
}
