package dev.slipway.validation.evidence;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/** How a document begins of which nobody knows yet what it is: asked of the library's pull parser. */
final class JsonBeginning {
    private static final int DEPTH_MAX = 100;
    private static final int TOKENS_MAX = 20_000;
    private static final int TEXT_MAX = 300;
    private static final JsonFactory LIBRARY = JsonFactory.builder()
            .configure(StreamReadFeature.STRICT_DUPLICATE_DETECTION, true)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEPTH_MAX)
                    .maxStringLength(10 * TEXT_MAX)
                    .maxNumberLength(JsonTokens.NUMBER_CHARS_MAX)
                    .maxNameLength(JsonTokens.NAME_CHARS_MAX)
                    .build())
            .build();

    private JsonBeginning() {}

    /** As {@link ReportJson#beginning}. */
    static Optional<ReportJson.Beginning> of(byte[] document, int membersMax) {
        Map<String, String> members = new LinkedHashMap<>();
        boolean list = false;
        boolean all = false;
        try (JsonParser parser = LIBRARY.createParser(ObjectReadContext.empty(), document)) {
            JsonToken first = parser.nextToken();
            list = first == JsonToken.START_ARRAY;
            if ((list ? parser.nextToken() : first) != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            boolean more = true;
            while (more && members.size() < membersMax && parser.nextToken() == JsonToken.PROPERTY_NAME) {
                more = member(parser, members);
            }
            all = parser.currentToken() == JsonToken.END_OBJECT && members.size() < membersMax;
        } catch (JacksonException cut) {
            // what was seen before may do
        }
        return members.isEmpty() ? Optional.empty() : Optional.of(new ReportJson.Beginning(list, members, all));
    }

    /** @return false where it is longer than a beginning */
    private static boolean member(JsonParser parser, Map<String, String> members) {
        String name = parser.currentName();
        members.put(name, "");
        if (parser.nextToken() == JsonToken.VALUE_STRING) {
            String text = ReportJson.paired(parser.getString());
            members.put(name, text.length() > TEXT_MAX ? "" : text);
        }
        return isPassedOver(parser);
    }

    private static boolean isPassedOver(JsonParser parser) {
        int open = 0;
        int tokens = 0;
        do {
            JsonToken token = parser.currentToken();
            if (token == null || ++tokens > TOKENS_MAX) {
                return false;
            }
            open += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        } while (open > 0 && parser.nextToken() != null);
        return open == 0;
    }
}
