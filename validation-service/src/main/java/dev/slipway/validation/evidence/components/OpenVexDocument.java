package dev.slipway.validation.evidence.components;

import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.Fact;
import dev.slipway.validation.evidence.Facts;
import dev.slipway.validation.evidence.Inventory;
import dev.slipway.validation.evidence.Inventory.VexStatement;
import dev.slipway.validation.evidence.Reading;
import dev.slipway.validation.evidence.ReportJson;
import dev.slipway.validation.evidence.XmlPull;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One pass over an OpenVEX document. */
final class OpenVexDocument {
    private static final String CONTEXT = "https://openvex.dev/ns";
    private static final int IDS_MAX = 20;
    private static final int CHARS_MAX = 300;
    /** A part without a package URL: it is in no product that is known by one. */
    private static final String NAMELESS = "nothing that has a package URL";

    /** What is stated. */
    private enum Status {
        NOT_AFFECTED("not_affected"),
        AFFECTED("affected"),
        FIXED("fixed"),
        UNDER_INVESTIGATION("under_investigation");

        private static final Status[] ALL = values();
        private final String word;

        Status(String word) {
            this.word = word;
        }

        String fact() {
            return "vex." + word.replace('_', '-');
        }

        boolean harmless() {
            return this == NOT_AFFECTED || this == FIXED;
        }
    }

    /** A product, and the parts of it that are meant; none for the product itself. */
    private record Product(List<String> names, List<String> parts) {}

    private static final class Statement {
        private final List<String> ids = new ArrayList<>(1);
        private final List<Product> products = new ArrayList<>(1);
        private boolean harmless;
        private String at = "";
    }

    private final ReportJson json;
    private final List<Statement> statements = new ArrayList<>();
    private final Map<Status, Long> counts = new EnumMap<>(Status.class);
    private String context = "";
    private String written = "";
    private boolean listed;

    OpenVexDocument(ReportJson json) {
        this.json = json;
    }

    Reading read() throws UnreadableEvidence {
        json.members(member -> {
            switch (member) {
                case "@context" -> context = json.text();
                case "timestamp" -> written = written.isEmpty() ? text() : written;
                case "last_updated" -> written = text();
                case "statements" -> {
                    listed = true;
                    json.elements(this::statement);
                }
                default -> Damaged.refuse(json, member, "statements", "timestamp", "last_updated");
            }
        });
        if (!context.startsWith(CONTEXT)) {
            throw json.error("This is no OpenVEX document: its @context is not " + CONTEXT);
        }
        if (!listed) {
            throw json.error("It has no statements");
        }
        return reading();
    }

    private Reading reading() {
        List<Fact> facts = new ArrayList<>();
        facts.add(Fact.count(
                "vex.statements",
                counts.values().stream().mapToLong(Long::longValue).sum()));
        for (Status status : Status.ALL) {
            facts.add(Fact.count(status.fact(), counts.getOrDefault(status, 0L)));
        }
        @Nullable Instant writtenAt = Wording.parse(written);
        List<VexStatement> all = statements.stream()
                .flatMap(one -> stated(one, writtenAt).stream())
                .limit(Inventory.STATEMENTS_MAX + 1L)
                .toList();
        boolean tooMany = all.size() > Inventory.STATEMENTS_MAX;
        Inventory inventory =
                new Inventory(List.of(), 0, List.of(), tooMany ? List.of() : all, tooMany, List.of(), false);
        List<String> notes = tooMany
                ? List.of("it states more than %d things, so none of them takes a vulnerability out of the counts"
                        .formatted(Inventory.STATEMENTS_MAX))
                : List.of();
        return new Reading("OpenVEX", new Facts(facts, inventory), notes);
    }

    private static List<VexStatement> stated(Statement one, @Nullable Instant writtenAt) {
        List<VexStatement> stated = new ArrayList<>();
        @Nullable Instant at = one.at.isEmpty() ? writtenAt : Wording.parse(one.at);
        for (Product product : one.products) {
            for (String name : product.names()) {
                if (product.parts().isEmpty()) {
                    stated.add(new VexStatement(one.ids, name, "", one.harmless, at));
                }
                product.parts().forEach(part -> stated.add(new VexStatement(one.ids, name, part, one.harmless, at)));
            }
        }
        return stated;
    }

    /** One more than can be heeded; what the others say is held to the form, and nothing is made of it. */
    private boolean isKept() {
        return statements.size() <= Inventory.STATEMENTS_MAX;
    }

    private void statement() throws UnreadableEvidence {
        Statement one = new Statement();
        Status status = null;
        boolean justified = false;
        for (String member = json.first(); member != null; member = json.following()) {
            switch (member) {
                case "vulnerability" -> vulnerability(one);
                case "products" -> products(one);
                case "status" -> status = status();
                case "justification", "impact_statement" -> justified |= !text().isBlank();
                case "timestamp" -> one.at = one.at.isEmpty() ? text() : one.at;
                case "last_updated" -> one.at = text();
                case "action_statement", "action_statement_timestamp", "status_notes" -> {
                    // for people
                }
                default -> Damaged.refuse(json, member, "timestamp", "last_updated", "products");
            }
        }
        if (status == null) {
            throw json.error("A statement has no status");
        }
        if (status == Status.NOT_AFFECTED && !justified) {
            throw json.error("A statement says not_affected without a justification or an impact_statement");
        }
        counts.merge(status, 1L, Long::sum);
        if (isKept()) {
            one.harmless = status.harmless();
            statements.add(one);
        }
    }

    private Status status() throws UnreadableEvidence {
        for (Status status : Status.ALL) {
            if (json.isText(status.word)) {
                return status;
            }
        }
        throw json.error("%s is no status; there is not_affected, affected, fixed and under_investigation"
                .formatted(XmlPull.brief(json.text())));
    }

    /** A text in 0.0.1, an object since. */
    private void vulnerability(Statement one) throws UnreadableEvidence {
        if (json.isText()) {
            id(one);
            return;
        }
        for (String member = json.first(); member != null; member = json.following()) {
            switch (member) {
                case "name", "@id" -> {
                    if (!json.isNull()) {
                        id(one);
                    }
                }
                case "aliases" -> json.elements(() -> id(one));
                default -> {
                    // its description
                }
            }
        }
    }

    private void id(Statement one) throws UnreadableEvidence {
        if (!isKept() || one.ids.size() == IDS_MAX) {
            json.passText();
            return;
        }
        String id = json.text().strip();
        if (!id.isEmpty()) {
            one.ids.add(Wording.plain(id, CHARS_MAX));
        }
    }

    private void products(Statement one) throws UnreadableEvidence {
        for (boolean more = json.firstElement(); more; more = json.nextElement()) {
            Product product = product();
            if (isKept() && !product.names().isEmpty()) {
                one.products.add(product);
            }
        }
    }

    private Product product() throws UnreadableEvidence {
        List<String> names = new ArrayList<>(1);
        List<String> parts = List.of();
        if (json.isText()) {
            name(names);
            return new Product(names, parts);
        }
        for (String member = json.first(); member != null; member = json.following()) {
            switch (member) {
                case "@id" -> name(names);
                case "identifiers" -> identifiers(names);
                case "subcomponents" -> parts = parts();
                default -> Damaged.refuse(json, member, "subcomponents");
            }
        }
        return new Product(names, parts);
    }

    private List<String> parts() throws UnreadableEvidence {
        List<String> parts = new ArrayList<>(1);
        for (boolean more = json.firstElement(); more; more = json.nextElement()) {
            Product part = product();
            parts.add(part.names().isEmpty() ? NAMELESS : part.names().getFirst());
        }
        return parts;
    }

    private void identifiers(List<String> names) throws UnreadableEvidence {
        for (String member = json.first(); member != null; member = json.following()) {
            if (member.equals("purl")) {
                name(names);
            }
        }
    }

    /** Package URLs alone, each once. Null is as good as absent. */
    private void name(List<String> names) throws UnreadableEvidence {
        if (json.isNull()) {
            return;
        }
        if (!isKept()) {
            json.passText();
            return;
        }
        String name = json.text().strip();
        if (name.startsWith("pkg:") && name.length() <= CHARS_MAX && !names.contains(name)) {
            names.add(name);
        }
    }

    private String text() throws UnreadableEvidence {
        return json.isNull() ? "" : json.text();
    }
}
