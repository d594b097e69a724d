package dev.slipway.validation.evidence;

import dev.slipway.contracts.Texts;
import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.JsonTokens.Token;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * One JSON document, pulled value by value: no tree is built, and what is passed over is checked all the same. Strict: UTF-8
 * alone, no comments, no name twice in an object, nothing behind the end. A BOM at the beginning is passed over.
 *
 * <p>It always stands on one value, at first on the root. {@link #members} and {@link #elements} go into it and hand each
 * value within to the caller, who reads it or leaves it; what is left is passed over. {@link #end} proves that nothing
 * follows: a report that was read without it may have been cut off.
 */
public final class ReportJson implements AutoCloseable {
    private static final int EXPONENT_MAX = 400;
    private static final BigDecimal INT_MAX = BigDecimal.valueOf(Integer.MAX_VALUE);
    private static final int BRIEF_CHARS_MAX = 160;
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
    private final JsonTokens pull;
    private final NamesSeen names = new NamesSeen();
    private final Limits limits;
    private final long tokensMax;
    private Token token = Token.END;
    private long tokens;

    private ReportJson(byte[] document, Limits limits) {
        this.document = document;
        this.limits = limits;
        tokensMax = limits.tokensMax();
        pull = new JsonTokens(document, limits.depthMax());
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
        if (json.next() == Token.END) {
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
        return JsonBeginning.of(document, membersMax);
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
        require(Token.OBJECT, "an object");
        return named();
    }

    /** The next member of the same object; a value that nobody has read is passed over. Null behind the last. */
    public @Nullable String following() throws UnreadableEvidence {
        skip();
        return named();
    }

    private @Nullable String named() throws UnreadableEvidence {
        Token next = pulled();
        if (next != Token.NAME) {
            stand(next);
            return null;
        }
        tokens++;
        String name = pull.name();
        if (!names.isNew(name)) {
            throw twice(name);
        }
        stand(pulled());
        return name;
    }

    private UnreadableEvidence twice(String name) {
        return error(
                "This is not well-formed JSON (the name \"%s\" stands twice in one object)".formatted(brief(name)));
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
        require(Token.LIST, "a list");
        return next() != Token.LIST_END;
    }

    /** Whether it stands on a next element; one that nobody has read is passed over. */
    public boolean nextElement() throws UnreadableEvidence {
        skip();
        return next() != Token.LIST_END;
    }

    /** Passes the value over; it is checked as any other, and nothing of it is kept. */
    public void skip() throws UnreadableEvidence {
        if (token == Token.OBJECT || token == Token.LIST) {
            skipWithin();
        }
    }

    private void skipWithin() throws UnreadableEvidence {
        int open = 1;
        while (open > 0) {
            Token within = next();
            if (within == Token.OBJECT || within == Token.LIST) {
                open++;
            } else if (within == Token.OBJECT_END || within == Token.LIST_END) {
                open--;
            }
        }
    }

    /** @throws UnreadableEvidence if anything follows */
    public void end() throws UnreadableEvidence {
        if (next() != Token.END) {
            throw error("Something follows the end of the document");
        }
    }

    /** A lone half of a surrogate pair, which no store keeps, becomes U+FFFD. */
    public String text() throws UnreadableEvidence {
        require(Token.TEXT, "a text");
        String plain = pull.plain(limits.textCharsMax());
        return plain == null ? bounded(paired(escaped())) : plain;
    }

    private String escaped() throws UnreadableEvidence {
        try {
            return pull.text();
        } catch (JacksonException broken) {
            throw notJson(broken);
        }
    }

    /** Requires a text within the bounds of one that is read; for whoever would not keep it. */
    public void passText() throws UnreadableEvidence {
        require(Token.TEXT, "a text");
        int length = pull.plainLength();
        if (length < 0 || length > limits.textCharsMax()) {
            bounded(escaped());
        }
    }

    /** Whether the text on which it stands is this one, of ASCII; none is made of it to be compared. */
    public boolean isText(String word) throws UnreadableEvidence {
        require(Token.TEXT, "a text");
        int length = pull.plainLength();
        return length < 0 ? text().equals(word) : length == word.length() && isPlain(word);
    }

    /** The text; where it is the likely one, of ASCII, that very one: what stands in a list is often alike. */
    public String text(String likely) throws UnreadableEvidence {
        return isText(likely) ? likely : text();
    }

    private boolean isPlain(String word) {
        int from = pull.placeOfValue() + 1;
        for (int i = 0; i < word.length(); i++) {
            if (document[from + i] != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Whether the text on which it stands is so many hexadecimal digits. */
    public boolean isHexadecimal(int digits) throws UnreadableEvidence {
        require(Token.TEXT, "a text");
        int length = pull.plainLength();
        if (length < 0) {
            String text = text();
            return text.length() == digits && text.chars().allMatch(HexFormat::isHexDigit);
        }
        boolean legal = length == digits;
        int from = pull.placeOfValue() + 1;
        for (int i = from; legal && i < from + digits; i++) {
            legal = HexFormat.isHexDigit(document[i]);
        }
        return legal;
    }

    /** The bytes of a text in Base64, of either alphabet, from where they stand: no text is made of them. */
    public byte[] base64() throws UnreadableEvidence {
        require(Token.TEXT, "a text");
        int length = pull.plainLength();
        if (length >= 0 && length <= limits.textCharsMax()) {
            try {
                ByteBuffer decoded =
                        Base64.getDecoder().decode(ByteBuffer.wrap(document, pull.placeOfValue() + 1, length));
                return decoded.limit() == decoded.capacity()
                        ? decoded.array()
                        : Arrays.copyOf(decoded.array(), decoded.limit());
            } catch (IllegalArgumentException odd) {
                // of the other alphabet, or none at all
            }
        }
        String text = text();
        try {
            return (text.indexOf('-') >= 0 || text.indexOf('_') >= 0 ? Base64.getUrlDecoder() : Base64.getDecoder())
                    .decode(text);
        } catch (IllegalArgumentException broken) {
            throw error("This is no Base64");
        }
    }

    private String bounded(String text) throws UnreadableEvidence {
        if (text.length() > limits.textCharsMax()) {
            throw error("A text here has more than %,d characters".formatted(limits.textCharsMax()));
        }
        return text;
    }

    public BigDecimal number() throws UnreadableEvidence {
        return number(digits(), pull.placeOfValue());
    }

    private FewDigits digits() throws UnreadableEvidence {
        require(Token.NUMBER, "a number");
        return pull.digits();
    }

    private BigDecimal number(FewDigits digits, int place) throws UnreadableEvidence {
        return digits.isFew() ? digits.exact() : reckoned(place);
    }

    private BigDecimal reckoned(int place) throws UnreadableEvidence {
        try {
            String written = pull.characters(place);
            BigDecimal number = new BigDecimal(written);
            if (written.length() <= JsonTokens.NUMBER_CHARS_MAX
                    && Math.abs((long) number.precision() - number.scale()) <= EXPONENT_MAX
                    && number.scale() <= EXPONENT_MAX) {
                return number;
            }
        } catch (NumberFormatException exponent) {
            // said below
        }
        throw shouldBe("a number of a size that can be reckoned with");
    }

    /**
     * A number times a power of ten, as the nearest double.
     *
     * @return infinite where it is too large; not a number where it is so small that 0 would be the nearest
     */
    public double nearest(int power) throws UnreadableEvidence {
        FewDigits digits = digits();
        return digits.isNear(power) ? digits.nearest(power) : nearest(number(), power);
    }

    private static double nearest(BigDecimal number, int power) {
        double nearest = number.scaleByPowerOfTen(power).doubleValue();
        return nearest == 0 && number.signum() != 0 ? Double.NaN : nearest;
    }

    /** A number without what stands behind its point; below 0 where it is, or where it does not fit an int. */
    public int index() throws UnreadableEvidence {
        FewDigits digits = digits();
        if (digits.isFew() && digits.isWhole()) {
            return digits.whole() > Integer.MAX_VALUE ? -1 : (int) Math.max(-1, digits.whole());
        }
        BigDecimal number = number();
        return number.signum() < 0 || number.compareTo(INT_MAX) > 0 ? -1 : number.intValue();
    }

    /** A whole number that is not below 0 and fits a long. */
    public long count() throws UnreadableEvidence {
        long count = count(digits(), pull.placeOfValue());
        if (count < 0) {
            throw shouldBe("a whole number from 0");
        }
        return count;
    }

    /**
     * Looks at a text, a number or a flag as whoever asks for it does, to be asked by its place later: most that stand beside
     * each other are not asked for.
     *
     * @return below 0 for null
     */
    public int scalar() throws UnreadableEvidence {
        if (token == Token.NUMBER) {
            number(pull.digits());
        } else if (token == Token.TEXT) {
            passText();
        } else if (token == Token.NULL) {
            return -1;
        } else {
            flag();
        }
        return pull.placeOfValue();
    }

    private void number(FewDigits digits) throws UnreadableEvidence {
        if (!digits.isFew()) {
            reckoned(pull.placeOfValue());
        }
    }

    /** Whether the scalar that stood there is a number. */
    public boolean isNumberAt(int place) {
        return document[place] <= '9' && document[place] != '"';
    }

    public boolean isTextAt(int place) {
        return document[place] == '"';
    }

    public boolean isTrueAt(int place) {
        return document[place] == 't';
    }

    /** Whether it is this text. */
    public boolean isAt(int place, String text) {
        int from = place + 1;
        for (int i = 0; i < text.length(); i++) {
            byte each = document[from + i]; // no document ends within a text
            if (each == '\\' || each < 0) {
                return textAt(place).equals(text);
            }
            if (each != text.charAt(i)) {
                return false;
            }
        }
        return document[from + text.length()] == '"';
    }

    public String textAt(int place) {
        return paired(pull.textAt(place));
    }

    public BigDecimal numberAt(int place) throws UnreadableEvidence {
        return number(pull.digitsAt(place), place);
    }

    public double nearestAt(int place, int power) throws UnreadableEvidence {
        FewDigits digits = pull.digitsAt(place);
        return digits.isNear(power) ? digits.nearest(power) : nearest(number(digits, place), power);
    }

    /** A whole number; below 0 where it is, and where it is none. */
    public long countAt(int place) throws UnreadableEvidence {
        return count(pull.digitsAt(place), place);
    }

    private long count(FewDigits digits, int place) throws UnreadableEvidence {
        if (digits.isFew() && digits.isWhole()) {
            return digits.whole();
        }
        try {
            return number(digits, place).longValueExact();
        } catch (ArithmeticException fraction) {
            return -1;
        }
    }

    public boolean flag() throws UnreadableEvidence {
        if (token != Token.TRUE && token != Token.FALSE) {
            throw shouldBe("true or false");
        }
        return token == Token.TRUE;
    }

    public boolean isText() {
        return token == Token.TEXT;
    }

    public boolean isNumber() {
        return token == Token.NUMBER;
    }

    public boolean isNull() {
        return token == Token.NULL;
    }

    public boolean isObject() {
        return token == Token.OBJECT;
    }

    public boolean isList() {
        return token == Token.LIST;
    }

    /** With the place of the value on which the document stands. */
    public UnreadableEvidence error(String message) {
        return Utf8.at(message, document, pull.place());
    }

    @Override
    public void close() {
        pull.close();
    }

    private Token next() throws UnreadableEvidence {
        Token next = pulled();
        stand(next);
        if (next == Token.NAME && !names.isNew(pull.name())) {
            throw twice(pull.name());
        }
        return next;
    }

    private Token pulled() throws UnreadableEvidence {
        try {
            return pull.next();
        } catch (JacksonException broken) {
            throw notJson(broken);
        }
    }

    private UnreadableEvidence notJson(JacksonException broken) {
        String cause =
                String.valueOf(broken.getOriginalMessage()).lines().findFirst().orElse("");
        return Utf8.at("This is not well-formed JSON (%s)".formatted(brief(cause)), document, pull.place(broken));
    }

    private void stand(Token next) throws UnreadableEvidence {
        token = next;
        if (++tokens > tokensMax) {
            throw error("It has more than %,d names, values and brackets".formatted(tokensMax));
        }
        if (next == Token.OBJECT) {
            names.opened();
        } else if (next == Token.OBJECT_END) {
            names.closed();
        }
    }

    private void require(Token wanted, String what) throws UnreadableEvidence {
        if (token != wanted) {
            throw shouldBe(what);
        }
    }

    private UnreadableEvidence shouldBe(String what) {
        String name = pull.member();
        return error("%s should be %s, and is %s"
                .formatted(name == null ? "This" : "\"" + brief(name) + "\"", what, kind(token)));
    }

    private static String kind(Token token) {
        return switch (token) {
            case OBJECT -> "an object";
            case LIST -> "a list";
            case TEXT -> "a text";
            case NUMBER -> "a number";
            case TRUE, FALSE -> "true or false";
            case NULL -> "null";
            case OBJECT_END, LIST_END, NAME, END -> "nothing";
        };
    }

    /** For a message: at most 160 characters, none of them unprintable. */
    static String brief(String text) {
        String cut = text.length() > BRIEF_CHARS_MAX ? text.substring(0, BRIEF_CHARS_MAX - 1) + "…" : text;
        return Texts.visible(paired(cut), REPLACEMENT);
    }

    static String paired(String text) {
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
