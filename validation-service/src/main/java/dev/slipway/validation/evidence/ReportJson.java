package dev.slipway.validation.evidence;

import dev.slipway.contracts.Texts;
import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/**
 * One JSON document, pulled value by value: no tree is built, and what is passed over is checked all the same. Strict: UTF-8
 * alone, no comments, no name twice in an object, nothing behind the end. A BOM at the beginning is passed over.
 *
 * <p>It always stands on one value, at first on the root. {@link #members} and {@link #elements} go into it and hand each
 * value within to the caller, who reads it or leaves it; what is left is passed over. {@link #end} proves that nothing
 * follows: a report that was read without it may have been cut off.
 */
public final class ReportJson implements AutoCloseable {
    private static final int NUMBER_CHARS_MAX = 100;
    private static final int NAME_CHARS_MAX = 5_000;
    private static final int EXPONENT_MAX = 400;
    private static final int PLAIN_DIGITS = 9;
    private static final BigDecimal INT_MAX = BigDecimal.valueOf(Integer.MAX_VALUE);
    private static final int BRIEF_CHARS_MAX = 160;
    private static final int BEGINNING_TOKENS_MAX = 20_000;
    private static final int BEGINNING_TEXT_MAX = 300;
    private static final char REPLACEMENT = '\uFFFD';

    /**
     * Limits of a document; its bytes are limited where it comes in.
     *
     * @param depthMax objects and lists within each other
     * @param tokensMax names, values and brackets in all
     * @param textCharsMax of one text that is read; what is passed over may be longer
     */
    public record Limits(int depthMax, long tokensMax, int textCharsMax) {
        private static final int TOKENS_PER_ELEMENT = 40;
        private static final int TEXT_CHARS_MAX = 1_000_000;

        /** As much as an XML report may be: what one says in an element takes a member or several here. */
        public static Limits of(JUnitReader.Limits xml) {
            return new Limits(2 * xml.depthMax(), (long) TOKENS_PER_ELEMENT * xml.elementsMax(), TEXT_CHARS_MAX);
        }
    }

    /** Reads one member of an object; the document stands on its value. */
    @FunctionalInterface
    public interface Member {
        void read(String name) throws UnreadableEvidence;
    }

    /** Reads one element of a list; the document stands on it. */
    @FunctionalInterface
    public interface Element {
        void read() throws UnreadableEvidence;
    }

    /**
     * How a document begins.
     *
     * @param list whether the root is a list; the members are those of its first element then
     * @param members by name, in order, with their text; empty for what is no text or longer than 300 characters
     * @param all whether there are no others
     */
    public record Beginning(boolean list, Map<String, String> members, boolean all) {}

    private final byte[] document;
    private final JsonParser parser;
    private final NamesSeen names = new NamesSeen();
    private final FewDigits few = new FewDigits();
    private final Limits limits;
    private @Nullable JsonToken token;
    private String latest = "";
    private long tokens;

    private ReportJson(byte[] document, Limits limits) {
        this.document = document;
        this.limits = limits;
        parser = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(limits.depthMax())
                        .maxStringLength(limits.textCharsMax())
                        .maxNumberLength(NUMBER_CHARS_MAX)
                        .maxNameLength(NAME_CHARS_MAX)
                        .build())
                .build()
                .createParser(ObjectReadContext.empty(), document);
    }

    /** Reads one document from its root. */
    @FunctionalInterface
    public interface Pass<T> {
        T over(ReportJson json) throws UnreadableEvidence;
    }

    /** @throws UnreadableEvidence if it is not well-formed up to its last byte, or if the pass does not want it */
    public static <T> T read(byte[] document, Limits limits, Pass<T> pass) throws UnreadableEvidence {
        try (ReportJson json = open(document, limits)) {
            T said = pass.over(json);
            json.end();
            return said;
        }
    }

    /** Stands on the root. */
    public static ReportJson open(byte[] document, Limits limits) throws UnreadableEvidence {
        Utf8.require(document);
        ReportJson json = new ReportJson(document, limits);
        if (json.next() == null) {
            throw new UnreadableEvidence("It is empty: its tool wrote nothing into it");
        }
        return json;
    }

    /**
     * The first members of the root, without reading on: for whoever asks what a document is.
     *
     * @return nothing where it does not begin as an object, or as a list with an object in it
     */
    public static Optional<Beginning> beginning(byte[] document, int membersMax) {
        Map<String, String> members = new LinkedHashMap<>();
        boolean list = false;
        boolean all = false;
        try (ReportJson json =
                new ReportJson(document, new Limits(100, BEGINNING_TOKENS_MAX, 10 * BEGINNING_TEXT_MAX))) {
            JsonToken first = json.next();
            list = first == JsonToken.START_ARRAY;
            if ((list ? json.next() : first) != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            while (members.size() < membersMax && json.next() == JsonToken.PROPERTY_NAME) {
                json.member(members);
            }
            all = json.token == JsonToken.END_OBJECT && members.size() < membersMax;
        } catch (UnreadableEvidence cut) {
            // what was seen before may do
        }
        return members.isEmpty() ? Optional.empty() : Optional.of(new Beginning(list, members, all));
    }

    private void member(Map<String, String> members) throws UnreadableEvidence {
        String name = parser.currentName();
        members.put(name, "");
        if (next() == JsonToken.VALUE_STRING) {
            String text = text();
            members.put(name, text.length() > BEGINNING_TEXT_MAX ? "" : text);
        }
        skip();
    }

    /** Whether the bytes are one whole document; one that is still being written is not. */
    public static boolean isWhole(byte[] document, Limits limits) {
        try (ReportJson json = open(document, limits)) {
            json.skip();
            json.end();
            return true;
        } catch (UnreadableEvidence broken) {
            return false;
        }
    }

    /** Goes through an object. It stands behind the value afterwards: the next one is the caller's caller's. */
    public void members(Member each) throws UnreadableEvidence {
        for (String name = first(); name != null; name = following()) {
            each.read(name);
        }
    }

    /**
     * Goes into an object as {@link #members} does, for objects of which there are very many: a function for each of them costs
     * as much as reading it. All further members have to be asked for, up to the end.
     *
     * @return the name of the first member, on whose value it stands then; null behind an object without any
     */
    public @Nullable String first() throws UnreadableEvidence {
        require(JsonToken.START_OBJECT, "an object");
        return named();
    }

    /** The next member of the same object; a value that nobody has read is passed over. Null behind the last. */
    public @Nullable String following() throws UnreadableEvidence {
        skip();
        return named();
    }

    private @Nullable String named() throws UnreadableEvidence {
        if (next() != JsonToken.PROPERTY_NAME) {
            return null;
        }
        String name = latest;
        next();
        return name;
    }

    /** Goes through a list. */
    public void elements(Element each) throws UnreadableEvidence {
        for (boolean more = firstElement(); more; more = nextElement()) {
            each.read();
        }
    }

    /**
     * Goes into a list as {@link #elements} does, for lists of very many. All further elements have to be asked for, up to the
     * end.
     *
     * @return whether it stands on a first element; else it stands behind a list without any
     */
    public boolean firstElement() throws UnreadableEvidence {
        require(JsonToken.START_ARRAY, "a list");
        return next() != JsonToken.END_ARRAY;
    }

    /** Whether it stands on a next element; one that nobody has read is passed over. */
    public boolean nextElement() throws UnreadableEvidence {
        skip();
        return next() != JsonToken.END_ARRAY;
    }

    /** Passes the value over; it is checked as any other, and nothing of it is kept. */
    public void skip() throws UnreadableEvidence {
        if (token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY) {
            skipWithin();
        }
    }

    private void skipWithin() throws UnreadableEvidence {
        int open = 1;
        while (open > 0) {
            JsonToken within = next();
            if (within == null) {
                throw error("It is cut off");
            }
            open += within.isStructStart() ? 1 : within.isStructEnd() ? -1 : 0;
        }
    }

    /** @throws UnreadableEvidence if anything follows */
    public void end() throws UnreadableEvidence {
        if (next() != null) {
            throw error("Something follows the end of the document");
        }
    }

    /** A lone half of a surrogate pair, which no store keeps, becomes U+FFFD. */
    public String text() throws UnreadableEvidence {
        require(JsonToken.VALUE_STRING, "a text");
        try {
            String plain = plain();
            return plain == null ? paired(parser.getString()) : plain;
        } catch (JacksonException broken) {
            throw notJson(broken);
        }
    }

    /**
     * The text as its bytes stand there, of ASCII without an escape as nearly all are: half the work of the parser's way over
     * characters. The parser still goes over them, as over all that nobody reads. Null for any other text.
     */
    private @Nullable String plain() {
        int quote = (int) parser.currentTokenLocation().getByteOffset();
        if (quote < 0 || quote >= document.length || document[quote] != '"') {
            return null;
        }
        int from = quote + 1;
        int to = from;
        while (to < document.length && document[to] != '"') {
            if (document[to] < ' ' || document[to] == '\\') { // what is not ASCII is below 0
                return null;
            }
            to++;
        }
        return to == document.length || to - from > limits.textCharsMax()
                ? null
                : new String(document, from, to - from, StandardCharsets.ISO_8859_1);
    }

    public BigDecimal number() throws UnreadableEvidence {
        if (!isNumber()) {
            throw shouldBe("a number");
        }
        if (isFew()) {
            return few.exact();
        }
        try {
            BigDecimal number = parser.getDecimalValue();
            if (Math.abs((long) number.precision() - number.scale()) > EXPONENT_MAX || number.scale() > EXPONENT_MAX) {
                throw shouldBe("a number of a size that can be reckoned with");
            }
            return number;
        } catch (JacksonException broken) {
            throw notJson(broken);
        }
    }

    private boolean isFew() {
        return few.take(parser.getStringCharacters(), parser.getStringOffset(), parser.getStringLength());
    }

    /**
     * A number times a power of ten, as the nearest double.
     *
     * @return infinite where it is too large; not a number where it is so small that 0 would be the nearest
     */
    public double nearest(int power) throws UnreadableEvidence {
        if (isNumber() && isFew() && few.isNear(power)) {
            return few.nearest(power);
        }
        BigDecimal number = number();
        double nearest = number.scaleByPowerOfTen(power).doubleValue();
        return nearest == 0 && number.signum() != 0 ? Double.NaN : nearest;
    }

    /** A number without what stands behind its point; below 0 where it is, or where it does not fit an int. */
    public int index() throws UnreadableEvidence {
        if (isPlain()) {
            return parser.getIntValue();
        }
        BigDecimal number = number();
        return number.signum() < 0 || number.compareTo(INT_MAX) > 0 ? -1 : number.intValue();
    }

    /** A whole number of few digits, as most are: it needs no {@code BigDecimal}. */
    private boolean isPlain() {
        return token == JsonToken.VALUE_NUMBER_INT && parser.getStringLength() <= PLAIN_DIGITS;
    }

    /** A whole number that is not below 0 and fits a long. */
    public long count() throws UnreadableEvidence {
        try {
            long count = isPlain() ? parser.getIntValue() : number().longValueExact();
            if (count >= 0) {
                return count;
            }
        } catch (ArithmeticException fraction) {
            // said below
        }
        throw shouldBe("a whole number from 0");
    }

    public boolean flag() throws UnreadableEvidence {
        if (token != JsonToken.VALUE_TRUE && token != JsonToken.VALUE_FALSE) {
            throw shouldBe("true or false");
        }
        return token == JsonToken.VALUE_TRUE;
    }

    public boolean isText() {
        return token == JsonToken.VALUE_STRING;
    }

    public boolean isNumber() {
        return token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_NUMBER_FLOAT;
    }

    public boolean isNull() {
        return token == JsonToken.VALUE_NULL;
    }

    public boolean isObject() {
        return token == JsonToken.START_OBJECT;
    }

    public boolean isList() {
        return token == JsonToken.START_ARRAY;
    }

    /** With the place of the value on which the document stands. */
    public UnreadableEvidence error(String message) {
        return Utf8.at(message, document, parser.currentTokenLocation().getByteOffset());
    }

    @Override
    public void close() {
        parser.close();
    }

    private @Nullable JsonToken next() throws UnreadableEvidence {
        try {
            token = parser.nextToken();
        } catch (JacksonException broken) {
            throw notJson(broken);
        }
        if (token == JsonToken.PROPERTY_NAME) {
            latest = parser.currentName();
            requireNew();
        } else if (token == JsonToken.START_OBJECT) {
            names.opened();
        } else if (token == JsonToken.END_OBJECT) {
            names.closed();
        }
        if (++tokens > limits.tokensMax()) {
            throw error("It has more than %,d names, values and brackets".formatted(limits.tokensMax()));
        }
        return token;
    }

    private void requireNew() throws UnreadableEvidence {
        if (!names.isNew(latest)) {
            throw error("This is not well-formed JSON (the name \"%s\" stands twice in one object)"
                    .formatted(brief(latest)));
        }
    }

    private void require(JsonToken wanted, String what) throws UnreadableEvidence {
        if (token != wanted) {
            throw shouldBe(what);
        }
    }

    private UnreadableEvidence shouldBe(String what) {
        String name = parser.currentName();
        return error("%s should be %s, and is %s"
                .formatted(name == null ? "This" : "\"" + brief(name) + "\"", what, kind(token)));
    }

    private static String kind(@Nullable JsonToken token) {
        return switch (token) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "a list";
            case VALUE_STRING -> "a text";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
            case VALUE_TRUE, VALUE_FALSE -> "true or false";
            case VALUE_NULL -> "null";
            case null, default -> "nothing";
        };
    }

    private UnreadableEvidence notJson(JacksonException broken) {
        String cause =
                String.valueOf(broken.getOriginalMessage()).lines().findFirst().orElse("");
        TokenStreamLocation location = broken.getLocation();
        long offset = location == null ? -1 : location.getByteOffset();
        return Utf8.at(
                "This is not well-formed JSON (%s)".formatted(brief(cause)),
                document,
                offset < 0 ? parser.currentLocation().getByteOffset() : offset);
    }

    /** For a message: at most 160 characters, none of them unprintable. */
    static String brief(String text) {
        String cut = text.length() > BRIEF_CHARS_MAX ? text.substring(0, BRIEF_CHARS_MAX - 1) + "…" : text;
        return Texts.visible(paired(cut), REPLACEMENT);
    }

    private static String paired(String text) {
        int length = text.length();
        for (int i = 0; i < length; i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return pairing(text);
            }
        }
        return text;
    }

    private static String pairing(String text) {
        StringBuilder paired = new StringBuilder(text.length());
        text.codePoints()
                .map(point ->
                        point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE ? REPLACEMENT : point)
                .forEach(paired::appendCodePoint);
        return paired.toString();
    }
}
