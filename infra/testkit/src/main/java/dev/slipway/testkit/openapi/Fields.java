package dev.slipway.testkit.openapi;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What fields of records hold to, which records cannot tell by their types; and schemas that are no record's. */
public final class Fields {
    private record Field(String schema, String name, Bound bound, boolean needed) {}

    private final List<Field> fields = new ArrayList<>();
    private final Map<String, JsonNode> others = new LinkedHashMap<>();

    /** What it holds to where it is there. */
    public Fields field(String schema, String name, Bound bound) {
        fields.add(new Field(schema, name, bound, false));
        return this;
    }

    /** The same, of one that must be there, and not null, although its record reads a request without it. */
    public Fields needed(String schema, String name, Bound bound) {
        fields.add(new Field(schema, name, Bound.present().and(bound), true));
        return this;
    }

    /** A schema that others refer to by this name. */
    public Fields schema(String name, JsonNode schema) {
        others.put(name, schema);
        return this;
    }

    void on(ObjectNode schemas) {
        others.forEach(schemas::set);
        for (Field field : fields) {
            ObjectNode record = (ObjectNode) schemas.required(field.schema());
            field.bound().on((ObjectNode) record.required("properties").required(field.name()));
            if (field.needed()) {
                ArrayNode required = record.withArray("required");
                required.add(field.name());
            }
        }
    }
}
