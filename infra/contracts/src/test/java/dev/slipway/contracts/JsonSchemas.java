package dev.slipway.contracts;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonValue;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** JSON Schemas of wire records, as Jackson writes them; each record once, by its simple name. */
final class JsonSchemas {
    private final String prefix;
    private final Map<String, Object> named = new TreeMap<>();

    /** @param prefix where the named schemas stand, for references */
    JsonSchemas(String prefix) {
        this.prefix = prefix;
    }

    /** All that was referred to so far, by name. */
    Map<String, Object> named() {
        return named;
    }

    Map<String, Object> of(Type type) {
        if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
            return Map.of("type", "array", "items", of(list.getActualTypeArguments()[0]));
        }
        if (type instanceof ParameterizedType map && map.getRawType() == Map.class) {
            return Map.of("type", "object", "additionalProperties", of(map.getActualTypeArguments()[1]));
        }
        Class<?> raw = (Class<?>) type;
        if (raw.isRecord()) {
            return isText(raw) ? Map.of("type", "string") : reference(raw);
        }
        if (raw.isEnum()) {
            List<String> names =
                    Arrays.stream(raw.getEnumConstants()).map(Object::toString).toList();
            return Map.of("type", "string", "enum", names);
        }
        return simple(raw);
    }

    private Map<String, Object> reference(Class<?> type) {
        String name =
                type.getName().substring(type.getPackageName().length() + 1).replace('$', '.');
        if (!named.containsKey(name)) {
            named.put(name, Map.of()); // a record may contain itself
            named.put(name, object(type));
        }
        return Map.of("$ref", prefix + name);
    }

    private Map<String, Object> object(Class<?> type) {
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            Map<String, Object> schema = of(component);
            boolean nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
            properties.put(component.getName(), nullable ? orNull(schema) : schema);
            if (!nullable && !component.getAccessor().isAnnotationPresent(JsonSetter.class)) {
                required.add(component.getName());
            }
        }
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("type", "object");
        object.put("properties", properties);
        object.put("required", required);
        return object;
    }

    /** A list of which a single element is written without brackets. */
    private Map<String, Object> of(RecordComponent component) {
        Map<String, Object> schema = of(component.getGenericType());
        JsonFormat format = component.getAccessor().getAnnotation(JsonFormat.class);
        boolean bare = format != null
                && Arrays.asList(format.with()).contains(JsonFormat.Feature.WRITE_SINGLE_ELEM_ARRAYS_UNWRAPPED);
        Object element = schema.get("items");
        return bare && element != null ? Map.of("oneOf", List.of(element, schema)) : schema;
    }

    private static Map<String, Object> orNull(Map<String, Object> schema) {
        return Map.of("oneOf", List.of(schema, Map.of("type", "null")));
    }

    /** Whatever method writes it: of a component, or one of the record's own. */
    private static boolean isText(Class<?> type) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter((Method method) -> method.isAnnotationPresent(JsonValue.class))
                .peek(method -> {
                    if (method.getReturnType() != String.class) {
                        throw new AssertionError("No schema is known for what " + method + " writes");
                    }
                })
                .findAny()
                .isPresent();
    }

    private static Map<String, Object> simple(Class<?> type) {
        if (type == String.class) {
            return Map.of("type", "string");
        }
        if (type == Instant.class) {
            return formatted("date-time");
        }
        if (type == LocalDate.class) {
            return formatted("date");
        }
        if (type == Duration.class) {
            // ISO 8601 as Java writes it: the format "duration" of JSON Schema knows no fractions of seconds.
            return Map.of("type", "string", "pattern", "^-?PT(-?[0-9.]+[HMS])+$");
        }
        if (type == LocalTime.class) {
            return Map.of("type", "string", "pattern", "^\\d{2}:\\d{2}(:\\d{2})?$");
        }
        if (type == ZoneId.class) {
            return Map.of("type", "string");
        }
        if (type == URI.class) {
            return formatted("uri-reference");
        }
        if (type == boolean.class || type == Boolean.class) {
            return Map.of("type", "boolean");
        }
        if (type == int.class || type == long.class || type == Integer.class || type == Long.class) {
            return Map.of("type", "integer");
        }
        if (type == double.class || type == Double.class) {
            return Map.of("type", "number");
        }
        throw new AssertionError("No schema is known for " + type);
    }

    private static Map<String, Object> formatted(String format) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "string");
        schema.put("format", format);
        return schema;
    }
}
