package dev.slipway.testkit.openapi;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JavaType;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.Field;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Schemas of records as they are written: springdoc looks at them with another Jackson than the one that writes them, and
 * knows nothing of what may be null. Named in plain words: a nested record after its surroundings, without what only says
 * which kind of class it is.
 */
final class WireModels implements ModelConverter {
    private static final String REFERENCE = "#/components/schemas/";
    private static final Map<Class<?>, String> FORMATS = Map.of(Instant.class, "date-time", URI.class, "uri-reference");

    /** Where the rule gives no name that a reader would expect, or one that another has. */
    private static final Map<String, String> OTHER_NAMES = Map.of(
            "EventIntake$Accepted", "AcceptedEvents",
            "EventIntake$Accepted$Event", "AcceptedEvent",
            "EvidenceController$Accepted", "AcceptedEvidence",
            "ReleaseView$Accepted", "AcceptedRelease",
            "FrontView", "FrontAddresses",
            "GuideFileView$GuideAdoption", "GuideAdoption",
            "Duty", "PolicyDuty",
            "Guide", "PolicyGuide",
            "GuideLine", "PolicyGuideLine",
            "Retention", "PolicyRetention");

    /** JSON Schema's format has no fractions of a second. */
    private static final String DURATION = "^PT(\\d+H)?(\\d+M)?(\\d+(\\.\\d+)?S)?$";

    private final Map<String, Class<?>> named = new ConcurrentHashMap<>();
    private final Set<String> shared = ConcurrentHashMap.newKeySet();

    @Override
    public boolean isOpenapi31() {
        return true;
    }

    @Override
    @SuppressWarnings("rawtypes") // as the interface has it
    public @Nullable Schema resolve(
            AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> others) {
        JavaType java = Json.mapper().constructType(type.getType());
        Class<?> raw = java == null ? Object.class : java.getRawClass();
        String format = FORMATS.get(raw);
        if (format != null) {
            return typed(List.of("string"), format);
        }
        if (raw == Duration.class) {
            return typed(List.of("string"), null).pattern(DURATION);
        }
        if (raw == JsonNode.class) {
            return typed(List.of("object"), null);
        }
        if (raw.isRecord()) {
            return isText(raw) ? text(raw) : reference(raw, context);
        }
        if (java != null && java.isCollectionLikeType()) {
            Schema<?> list = typed(List.of("array"), null);
            list.setItems(context.resolve(new AnnotatedType(java.getContentType())));
            return list;
        }
        if (java != null && java.isMapLikeType()) {
            Schema<?> map = typed(List.of("object"), null);
            map.setAdditionalProperties(context.resolve(new AnnotatedType(java.getContentType())));
            return map;
        }
        return others.hasNext() ? others.next().resolve(type, context, others) : null;
    }

    static String name(Class<?> type) {
        String whole = type.getName().substring(type.getPackageName().length() + 1);
        String other = OTHER_NAMES.get(whole);
        if (other != null) {
            return other;
        }
        StringBuilder name = new StringBuilder();
        for (String word : whole.split("\\$")) {
            String plain = word.replaceAll("(View|Controller|Intake)$", "");
            if (plain.startsWith(name.toString())) {
                name.setLength(0); // Verdict and Verdicts
            }
            name.append(plain);
        }
        return name.toString();
    }

    /**
     * Names that several records would share, with the records: one of them is not described. To be asked for, as springdoc goes
     * on without whatever a converter throws at.
     */
    Set<String> sharedNames() {
        return Set.copyOf(shared);
    }

    private Schema<?> reference(Class<?> type, ModelConverterContext context) {
        String name = name(type);
        Class<?> before = named.putIfAbsent(name, type);
        if (before != null && before != type) {
            shared.add("%s: %s and %s".formatted(name, before.getName(), type.getName()));
        }
        if (!context.getDefinedModels().containsKey(name)) {
            context.defineModel(name, new JsonSchema()); // a record may contain itself
            context.defineModel(name, object(type, context));
        }
        return new JsonSchema().$ref(REFERENCE + name);
    }

    private static Schema<?> object(Class<?> type, ModelConverterContext context) {
        Schema<?> object = typed(List.of("object"), null);
        List<String> required = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            Schema<?> whole = Objects.requireNonNull(
                    context.resolve(new AnnotatedType(component.getGenericType())), component::toString);
            Schema<?> schema = isBare(component) ? new JsonSchema().anyOf(List.of(whole.getItems(), whole)) : whole;
            boolean nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
            object.addProperty(component.getName(), nullable ? orNull(schema) : schema);
            // What may be left out of old documents is empty then.
            if (!nullable && !component.getAccessor().isAnnotationPresent(JsonSetter.class)) {
                required.add(component.getName());
            }
        }
        object.setRequired(required);
        return object;
    }

    /** Whether a single element of a list is written without brackets. */
    private static boolean isBare(RecordComponent component) {
        JsonFormat format = component.getAccessor().getAnnotation(JsonFormat.class);
        return format != null
                && Arrays.asList(format.with()).contains(JsonFormat.Feature.WRITE_SINGLE_ELEM_ARRAYS_UNWRAPPED);
    }

    /** Makes a new one, because the one that is given may stand in other places. */
    private static Schema<?> orNull(Schema<?> schema) {
        if (schema.get$ref() == null && schema.getEnum() == null && schema.getItems() == null) {
            List<String> types = new ArrayList<>(schema.getTypes());
            types.add("null");
            return typed(types, schema.getFormat()).pattern(schema.getPattern()).maxLength(schema.getMaxLength());
        }
        return new JsonSchema().anyOf(List.of(schema, typed(List.of("null"), null)));
    }

    private static Schema<?> typed(List<String> types, @Nullable String format) {
        JsonSchema schema = new JsonSchema();
        types.forEach(schema::addType);
        schema.setFormat(format);
        return schema;
    }

    /** As the record itself holds its values to it, in constants of these names. */
    private static Schema<?> text(Class<?> type) {
        Integer max = constant(type, "CHARACTERS_MAX", Integer.class);
        return typed(List.of("string"), null).pattern(pattern(type)).maxLength(max);
    }

    private static @Nullable String pattern(Class<?> type) {
        Pattern legal = constant(type, "LEGAL", Pattern.class);
        return legal == null ? null : Bound.whole(legal);
    }

    private static <T> @Nullable T constant(Class<?> type, String name, Class<T> of) {
        try {
            Field constant = type.getDeclaredField(name);
            constant.setAccessible(true);
            return of.cast(constant.get(null));
        } catch (NoSuchFieldException none) {
            return null;
        } catch (IllegalAccessException closed) {
            throw new IllegalStateException(closed);
        }
    }

    /** The same, of a record that must have one. */
    static String required(Class<?> type) {
        return Objects.requireNonNull(pattern(type), () -> type + " holds its text to no pattern");
    }

    private static boolean isText(Class<?> type) {
        return Arrays.stream(type.getDeclaredMethods()).anyMatch(method -> method.isAnnotationPresent(JsonValue.class));
    }
}
