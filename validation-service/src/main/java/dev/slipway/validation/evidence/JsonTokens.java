package dev.slipway.validation.evidence;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.base.ParserBase;
import tools.jackson.core.json.JsonFactory;

/**
 * One JSON document, token by token. The library's pull parser says what is JSON; texts and numbers are taken from the bytes
 * where they stand, once somebody asks for them, so that what nobody asks for costs no more than to be passed over.
 *
 * <p>Documents of one depth share a factory, and so its table of names, as everywhere else where the library is used: it is
 * bounded, and hashed by a seed of the process, so that no document can make another slow.
 */
final class JsonTokens implements AutoCloseable {
    enum Token {
        OBJECT,
        OBJECT_END,
        LIST,
        LIST_END,
        /** Of a member. */
        NAME,
        TEXT,
        NUMBER,
        TRUE,
        FALSE,
        NULL,
        /** The document, of which nothing is left. */
        END
    }

    static final int NUMBER_CHARS_MAX = 100;
    static final int NAME_CHARS_MAX = 5_000;
    private static final Map<Integer, JsonFactory> FACTORIES = new ConcurrentHashMap<>();

    private static final Token[] BY_ID = byId();

    private static Token[] byId() {
        Token[] byId = new Token[JsonToken.values().length];
        byId[JsonToken.START_OBJECT.id()] = Token.OBJECT;
        byId[JsonToken.END_OBJECT.id()] = Token.OBJECT_END;
        byId[JsonToken.START_ARRAY.id()] = Token.LIST;
        byId[JsonToken.END_ARRAY.id()] = Token.LIST_END;
        byId[JsonToken.PROPERTY_NAME.id()] = Token.NAME;
        byId[JsonToken.VALUE_STRING.id()] = Token.TEXT;
        byId[JsonToken.VALUE_NUMBER_INT.id()] = Token.NUMBER;
        byId[JsonToken.VALUE_NUMBER_FLOAT.id()] = Token.NUMBER;
        byId[JsonToken.VALUE_TRUE.id()] = Token.TRUE;
        byId[JsonToken.VALUE_FALSE.id()] = Token.FALSE;
        byId[JsonToken.VALUE_NULL.id()] = Token.NULL;
        return byId;
    }

    private final byte[] bytes;
    /** Behind a mark of the order of bytes. */
    private final int begin;

    private final JsonFactory factory;
    private final JsonParser parser;
    private final ParserBase places;
    private final FewDigits few = new FewDigits();
    private final FewDigits earlier = new FewDigits();
    /** Of the text that was looked at last: its quote, the one behind it, and whether its bytes are its characters. */
    private int quote = -1;

    private int end;
    private boolean plain;

    /** @param depthMax objects and lists within each other */
    JsonTokens(byte[] bytes, int depthMax) {
        this.bytes = bytes;
        boolean marked =
                bytes.length >= 3 && bytes[0] == (byte) 0xEF && bytes[1] == (byte) 0xBB && bytes[2] == (byte) 0xBF;
        begin = marked ? 3 : 0;
        factory = FACTORIES.computeIfAbsent(depthMax, JsonTokens::factory);
        parser = factory.createParser(ObjectReadContext.empty(), bytes, begin, bytes.length - begin);
        places = (ParserBase) parser;
    }

    private static JsonFactory factory(int depthMax) {
        return JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(depthMax)
                        .maxStringLength(Integer.MAX_VALUE)
                        .maxNumberLength(NUMBER_CHARS_MAX)
                        .maxNameLength(NAME_CHARS_MAX)
                        .build())
                .build();
    }

    /** @throws JacksonException if this is no JSON */
    Token next() {
        JsonToken next = parser.nextToken();
        return next == null ? Token.END : BY_ID[next.id()];
    }

    /** Of the token, in bytes from the beginning of the document: its quote, bracket or first character. */
    int place() {
        return parser.currentToken() == JsonToken.PROPERTY_NAME
                ? begin + (int) parser.currentTokenLocation().getByteOffset()
                : placeOfValue();
    }

    /** The same of what is no name. */
    int placeOfValue() {
        return begin + (int) places.getTokenCharacterOffset() - 1; // it tells of the character behind the first
    }

    /** Where the parser found what is no JSON. */
    int place(JacksonException broken) {
        TokenStreamLocation location = broken.getLocation();
        long offset = location == null ? -1 : location.getByteOffset();
        return begin + (int) (offset < 0 ? parser.currentLocation().getByteOffset() : offset);
    }

    /** On which it stands. */
    String name() {
        String name = parser.currentName();
        return name == null ? "" : name;
    }

    /** Of the member whose value it stands on; null of any other value. */
    @Nullable
    String member() {
        return parser.currentName();
    }

    /** What the text says on which it stands. A lone half of a surrogate pair stays what it is. */
    String text() {
        return parser.getString();
    }

    /** The same where its bytes are its characters (ASCII without an escape), and they are no more than this; else null. */
    @Nullable
    String plain(int charsMax) {
        look(placeOfValue());
        return plain && end - quote - 1 <= charsMax ? plain() : null;
    }

    /** How many characters the text has on which it stands; below 0 where its bytes are not its characters. */
    int plainLength() {
        look(placeOfValue());
        return plain ? end - quote - 1 : -1;
    }

    /** What the text says that stood at an earlier place. */
    String textAt(int at) {
        look(at);
        if (plain) {
            return plain();
        }
        try (JsonParser again = factory.createParser(ObjectReadContext.empty(), bytes, at, bytes.length - at)) {
            again.nextToken();
            return again.getString();
        }
    }

    private String plain() {
        return new String(bytes, quote + 1, end - quote - 1, StandardCharsets.ISO_8859_1);
    }

    private void look(int at) {
        if (at == quote) {
            return;
        }
        byte[] all = bytes;
        int i = at + 1;
        while (i < all.length && all[i] != '"' && all[i] != '\\' && all[i] >= ' ') { // what is not ASCII is below 0
            i++;
        }
        quote = at;
        end = i;
        plain = i < all.length && all[i] == '"';
    }

    /** Of the number on which it stands. */
    FewDigits digits() {
        few.take(bytes, placeOfValue());
        return few;
    }

    /** Of the number that stood at an earlier place. */
    FewDigits digitsAt(int at) {
        earlier.take(bytes, at);
        return earlier;
    }

    /** The number at a place, as it is written; of one that is longer than a number may be, the beginning. */
    String characters(int at) {
        int to = at;
        while (to < bytes.length && to - at <= NUMBER_CHARS_MAX && FewDigits.isOfNumber(bytes[to])) {
            to++;
        }
        return new String(bytes, at, to - at, StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() {
        parser.close();
    }
}
