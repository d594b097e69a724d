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
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One pass over an OpenVEX document. */
final class OpenVexDocument {
    private static final String CONTEXT = "https://openvex.dev/ns";
    private static final int IDS_MAX = 20;
    private static final int CHARS_MAX = 300;

    /** What is stated. */
    private enum Status {
        NOT_AFFECTED,
        AFFECTED,
        FIXED,
        UNDER_INVESTIGATION;

        static @Nullable Status of(String word) {
            return switch (word) {
                case "not_affected" -> NOT_AFFECTED;
                case "affected" -> AFFECTED;
                case "fixed" -> FIXED;
                case "under_investigation" -> UNDER_INVESTIGATION;
                default -> null;
            };
        }

        String fact() {
            return "vex." + name().toLowerCase(Locale.ROOT).replace('_', '-');
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
        private @Nullable Status status;
        private boolean justified;
        private String at = "";
    }

    private final ReportJson json;
    private final List<Statement> statements = new ArrayList<>();
    private final Map<Status, Long> counts = new EnumMap<>(Status.class);
    private String context = "";
    private String written = "";
    private boolean stated;

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
                    stated = true;
                    json.elements(this::statement);
                }
                default -> Damaged.refuse(json, member, "statements", "timestamp", "last_updated");
            }
        });
        if (!context.startsWith(CONTEXT)) {
            throw json.error("This is no OpenVEX document: its @context is not " + CONTEXT);
        }
        if (!stated) {
            throw json.error("It has no statements");
        }
        return reading();
    }

    private Reading reading() {
        List<Fact> facts = new ArrayList<>();
        facts.add(Fact.count(
                "vex.statements",
                counts.values().stream().mapToLong(Long::longValue).sum()));
        for (Status status : Status.values()) {
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
        boolean harmless = one.status != null && one.status.harmless();
        @Nullable Instant at = one.at.isEmpty() ? writtenAt : Wording.parse(one.at);
        for (Product product : one.products) {
            for (String name : product.names()) {
                if (product.parts().isEmpty()) {
                    stated.add(new VexStatement(one.ids, name, "", harmless, at));
                }
                product.parts().forEach(part -> stated.add(new VexStatement(one.ids, name, part, harmless, at)));
            }
        }
        return stated;
    }

    private void statement() throws UnreadableEvidence {
        Statement one = new Statement();
        for (String member = json.first(); member != null; member = json.following()) {
            switch (member) {
                case "vulnerability" -> vulnerability(one);
                case "products" -> products(one);
                case "status" -> one.status = status();
                case "justification", "impact_statement" -> one.justified |= !text().isBlank();
                case "timestamp" -> one.at = one.at.isEmpty() ? text() : one.at;
                case "last_updated" -> one.at = text();
                default -> Damaged.refuse(json, member, "timestamp", "last_updated", "products");
            }
        }
        Status status = one.status;
        if (status == null) {
            throw json.error("A statement has no status");
        }
        if (status == Status.NOT_AFFECTED && !one.justified) {
            throw json.error("A statement says not_affected without a justification or an impact_statement");
        }
        counts.merge(status, 1L, Long::sum);
        if (statements.size() <= Inventory.STATEMENTS_MAX) {
            statements.add(one);
        }
    }

    private Status status() throws UnreadableEvidence {
        String word = json.text();
        Status status = Status.of(word);
        if (status == null) {
            throw json.error("%s is no status; there is not_affected, affected, fixed and under_investigation"
                    .formatted(XmlPull.brief(word)));
        }
        return status;
    }

    /** A text in 0.0.1, an object since. */
    private void vulnerability(Statement one) throws UnreadableEvidence {
        if (json.isText()) {
            id(one, json.text());
            return;
        }
        for (String member = json.first(); member != null; member = json.following()) {
            switch (member) {
                case "name", "@id" -> id(one, text());
                case "aliases" -> json.elements(() -> id(one, json.text()));
                default -> {
                    // its description
                }
            }
        }
    }

    private static void id(Statement one, String id) {
        if (!id.isBlank() && one.ids.size() < IDS_MAX) {
            one.ids.add(Wording.plain(id.strip(), CHARS_MAX));
        }
    }

    private void products(Statement one) throws UnreadableEvidence {
        for (boolean more = json.firstElement(); more; more = json.nextElement()) {
            one.products.add(product());
        }
    }

    private Product product() throws UnreadableEvidence {
        List<String> names = new ArrayList<>(1);
        List<String> parts = new ArrayList<>();
        if (json.isText()) {
            names.add(json.text());
        } else {
            for (String member = json.first(); member != null; member = json.following()) {
                switch (member) {
                    case "@id" -> names.add(text());
                    case "identifiers" -> identifiers(names);
                    case "subcomponents" -> json.elements(() -> parts.add(part()));
                    default -> Damaged.refuse(json, member, "subcomponents");
                }
            }
        }
        return new Product(purls(names), parts);
    }

    /** Its package URL, or whatever it is called. */
    private String part() throws UnreadableEvidence {
        Product part = product();
        return part.names().isEmpty()
                ? "nothing that has a package URL"
                : part.names().getFirst();
    }

    private void identifiers(List<String> names) throws UnreadableEvidence {
        json.members(member -> {
            if (member.equals("purl")) {
                names.add(text());
            }
        });
    }

    private static List<String> purls(List<String> names) {
        List<String> purls = new ArrayList<>(names.size());
        for (String each : names) {
            String name = each.strip();
            if (name.startsWith("pkg:") && name.length() <= CHARS_MAX && !purls.contains(name)) {
                purls.add(name);
            }
        }
        return purls;
    }

    /** Null is as good as absent. */
    private String text() throws UnreadableEvidence {
        return json.isNull() ? "" : json.text();
    }
}
