package dev.slipway.validation.evidence.findings;

import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.ReportJson;
import dev.slipway.validation.evidence.ReportedFinding.Level;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What a tool says about one of its rules, or about one kind of its notifications.
 *
 * @param level of what it finds unless the result says another, or null if it does not say
 * @param severity for security, 0 to 10, or null
 */
record SarifRule(String id, @Nullable Level level, @Nullable BigDecimal severity) {
    private static final String SEVERITY = "security-severity";

    Level levelOrDefault() {
        return level == null ? Level.WARNING : level;
    }

    /**
     * How a result names its rule.
     *
     * @param index among the rules of the component, or below 0
     * @param extension which one has it, or below 0 for the driver
     * @param component its name, or null
     */
    record Reference(
            @Nullable String id,
            int index,
            int extension,
            @Nullable String component) {
        static final Reference NONE = new Reference(null, -1, -1, null);
        private static final int PRIME = 31;

        Reference withId(@Nullable String other) {
            return new Reference(other == null ? id : other, index, extension, component);
        }

        Reference withIndex(int other) {
            return new Reference(id, other < 0 ? index : other, extension, component);
        }

        Reference merged(Reference other) {
            Reference both = withId(other.id).withIndex(other.index);
            return new Reference(both.id, both.index, other.extension, other.component);
        }

        /** As any record's, without the calls that a record makes for it: each result is looked up by it. */
        @Override
        public int hashCode() {
            int names = (id == null ? 0 : id.hashCode()) + PRIME * (component == null ? 0 : component.hashCode());
            return names + PRIME * (index + PRIME * extension);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Reference reference
                    && index == reference.index
                    && extension == reference.extension
                    && (id == null ? reference.id == null : id.equals(reference.id))
                    && (component == null ? reference.component == null : component.equals(reference.component));
        }
    }

    static SarifRule read(ReportJson json) throws UnreadableEvidence {
        String[] id = {""};
        Level[] level = new Level[1];
        BigDecimal[] severity = new BigDecimal[1];
        json.members(name -> {
            switch (name) {
                case "id" -> id[0] = json.text();
                case "defaultConfiguration" -> level[0] = configured(json);
                case "properties" -> severity[0] = severity(json);
                default -> json.skip();
            }
        });
        return new SarifRule(id[0], level[0], severity[0]);
    }

    static @Nullable Level configured(ReportJson json) throws UnreadableEvidence {
        Level[] level = new Level[1];
        if (!json.isNull()) {
            json.members(name -> level[0] = name.equals("level") ? level(json) : level[0]);
        }
        return level[0];
    }

    static @Nullable Level level(ReportJson json) throws UnreadableEvidence {
        return json.isNull()
                ? null
                : switch (json.text()) {
                    case "error" -> Level.ERROR;
                    case "warning" -> Level.WARNING;
                    case "note" -> Level.NOTE;
                    case "none" -> Level.NONE;
                    default -> throw json.error("A level is none, note, warning or error");
                };
    }

    /** A reportingDescriptorReference. */
    static Reference reference(ReportJson json) throws UnreadableEvidence {
        Reference[] read = {Reference.NONE};
        if (json.isNull()) {
            return read[0];
        }
        json.members(name -> {
            Reference now = read[0];
            switch (name) {
                case "id" -> read[0] = json.isNull() ? now : now.withId(json.text());
                case "index" -> read[0] = now.withIndex(index(json));
                case "toolComponent" -> read[0] = component(json, now);
                default -> json.skip();
            }
        });
        return read[0];
    }

    private static Reference component(ReportJson json, Reference of) throws UnreadableEvidence {
        int[] index = {-1};
        String[] name = new String[1];
        if (!json.isNull()) {
            json.members(inner -> {
                if (inner.equals("index")) {
                    index[0] = index(json);
                } else if (inner.equals("name") && json.isText()) {
                    name[0] = json.text();
                }
            });
        }
        return new Reference(of.id(), of.index(), index[0], name[0]);
    }

    /** Below 0 for none. */
    static int index(ReportJson json) throws UnreadableEvidence {
        return json.isNull() ? -1 : json.index();
    }

    /** Of a property bag. */
    static @Nullable BigDecimal severity(ReportJson json) throws UnreadableEvidence {
        BigDecimal[] severity = new BigDecimal[1];
        if (json.isObject()) {
            json.members(name -> severity[0] = name.equals(SEVERITY) ? score(json) : severity[0]);
        }
        return severity[0];
    }

    private static @Nullable BigDecimal score(ReportJson json) throws UnreadableEvidence {
        if (json.isNumber()) {
            return json.number();
        }
        String text = json.isNull() ? "" : json.text().strip();
        if (text.isEmpty()) {
            return null;
        }
        if (!text.matches("[0-9]{1,3}(\\.[0-9]{1,10})?")) {
            throw json.error("A security-severity is a number from 0.0 to 10.0");
        }
        return new BigDecimal(text);
    }
}
