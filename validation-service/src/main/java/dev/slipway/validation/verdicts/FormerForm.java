package dev.slipway.validation.verdicts;

import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The byte form that records of verdicts were hashed in before RFC 8785: names sorted, no blanks, times in ISO 8601, numbers as
 * written. Only such records are still checked by it.
 */
final class FormerForm {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS, DateTimeFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .build();

    private FormerForm() {}

    static byte[] of(Object value) {
        JsonNode tree = MAPPER.readTree(MAPPER.writeValueAsBytes(value));
        return MAPPER.writeValueAsBytes(MAPPER.treeToValue(tree, Object.class));
    }
}
