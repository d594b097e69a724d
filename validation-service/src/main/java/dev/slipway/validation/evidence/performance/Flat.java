package dev.slipway.validation.evidence.performance;

import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.ReportJson;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The numbers, texts and flags of one JSON object. Objects and lists in it are its reader's, or passed over. */
final class Flat {
    private static final int MEMBERS_MAX = 1_000;
    private static final long COUNT_MAX = 1_000_000_000_000_000L;

    private static final int FEW = 8;
    private static final int USUAL = 16;
    private static final ReportJson.Member NOTHING = _ -> {};

    private final ReportJson json;
    /** Each name stands once, and few are sooner compared than hashed. */
    private String[] names;
    /** The hash of each, and where its value stands in the document: it is read once somebody asks for it. */
    private long[] places;

    private int size;
    /** One for each member's name, by its hash. */
    private long bits;

    private Flat(ReportJson json, int expected) {
        this.json = json;
        names = new String[expected];
        places = new long[expected];
    }

    static Flat of(ReportJson json) throws UnreadableEvidence {
        return of(json, NOTHING, FEW);
    }

    /** The same of one that has more members than a few. */
    static Flat ofMany(ReportJson json) throws UnreadableEvidence {
        return of(json, NOTHING, USUAL);
    }

    /** @param nested reads or leaves an object or a list of this name */
    static Flat of(ReportJson json, ReportJson.Member nested) throws UnreadableEvidence {
        return of(json, nested, USUAL);
    }

    private static Flat of(ReportJson json, ReportJson.Member nested, int expected) throws UnreadableEvidence {
        Flat flat = new Flat(json, expected);
        for (String name = json.first(); name != null; name = json.following()) {
            flat.take(name, nested);
        }
        return flat;
    }

    private void take(String name, ReportJson.Member nested) throws UnreadableEvidence {
        if (json.isObject() || json.isList()) {
            nested.read(name);
        } else if (size < MEMBERS_MAX) {
            takeScalar(name);
        } else {
            throw json.error("An object of such a report has at most " + MEMBERS_MAX + " members");
        }
    }

    private void takeScalar(String name) throws UnreadableEvidence {
        int place = json.scalar();
        if (place < 0) {
            return;
        }
        if (size == places.length) {
            names = Arrays.copyOf(names, 2 * size);
            places = Arrays.copyOf(places, 2 * size);
        }
        int hash = name.hashCode();
        names[size] = name;
        places[size++] = (long) hash << Integer.SIZE | place;
        bits |= 1L << hash; // of which the last six bits count
    }

    /** Where its value stands, below 0 where it is absent: most names that are asked for are. */
    private int place(String name) {
        int hash = name.hashCode();
        if ((bits & 1L << hash) == 0) {
            return -1;
        }
        for (int i = 0; i < size; i++) {
            if ((int) (places[i] >> Integer.SIZE) == hash && names[i].equals(name)) {
                return (int) places[i];
            }
        }
        return -1;
    }

    private int numberPlace(String name) {
        int place = place(name);
        return place >= 0 && json.isNumberAt(place) ? place : -1;
    }

    private int textPlace(String name) {
        int place = place(name);
        return place >= 0 && json.isTextAt(place) ? place : -1;
    }

    boolean has(String name) {
        return place(name) >= 0;
    }

    boolean hasNumber(String name) {
        return numberPlace(name) >= 0;
    }

    boolean isText(String name) {
        return textPlace(name) >= 0;
    }

    /** Null where it is absent or no number. */
    @Nullable
    BigDecimal findNumber(String name) throws UnreadableEvidence {
        int place = numberPlace(name);
        return place < 0 ? null : json.numberAt(place);
    }

    /** Null where it is absent or no text. */
    @Nullable
    String findText(String name) {
        int place = textPlace(name);
        return place < 0 ? null : json.textAt(place);
    }

    String textOr(String name, String otherwise) {
        String text = findText(name);
        return text == null ? otherwise : text;
    }

    /** Whether it is this text. */
    boolean says(String name, String text) {
        int place = textPlace(name);
        return place >= 0 && json.isAt(place, text);
    }

    /** Whether it stands there as true. */
    boolean isTrue(String name) {
        int place = place(name);
        return place >= 0 && json.isTrueAt(place);
    }

    /** All of them, in order. */
    Map<String, String> texts() {
        Map<String, String> texts = new LinkedHashMap<>();
        for (int i = 0; i < size; i++) {
            int place = (int) places[i];
            if (json.isTextAt(place)) {
                texts.put(names[i], json.textAt(place));
            }
        }
        return texts;
    }

    String text(String name) throws UnreadableEvidence {
        String text = findText(name);
        if (text == null) {
            throw refused("\"%s\" is missing here or is no text".formatted(name));
        }
        return text;
    }

    /** A whole number from 0. */
    long count(String name) throws UnreadableEvidence {
        long count = json.countAt(required(name));
        if (count < 0 || count > COUNT_MAX) {
            throw refused("\"%s\" here is no whole number from 0".formatted(name));
        }
        return count;
    }

    double number(String name, BigDecimal factor) throws UnreadableEvidence {
        return usable(name, measured(required(name), factor));
    }

    private double usable(String name, double number) throws UnreadableEvidence {
        if (!Quantity.isSane(number)) {
            throw refused("\"%s\" here is nothing that anybody could measure".formatted(name));
        }
        return number;
    }

    /** From 0. */
    double amount(String name, BigDecimal factor) throws UnreadableEvidence {
        return amount(name, number(name, factor));
    }

    private double amount(String name, double amount) throws UnreadableEvidence {
        if (amount < 0) {
            throw refused("\"%s\" here is below 0".formatted(name));
        }
        return amount;
    }

    /** Times a power of ten, from 0; below 0 where it is absent. */
    double amountOrNone(String name, int power) throws UnreadableEvidence {
        int place = numberPlace(name);
        if (place < 0) {
            return -1;
        }
        return amount(name, usable(name, json.nearestAt(place, power)));
    }

    /** Nothing where it is absent. */
    OptionalDouble find(String name, BigDecimal factor) throws UnreadableEvidence {
        int place = numberPlace(name);
        return place < 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(amount(name, usable(name, measured(place, factor))));
    }

    /** What is no number where it is absent, or where nobody could measure so much or so little. */
    double measuredOrNone(String name, BigDecimal factor) throws UnreadableEvidence {
        int place = numberPlace(name);
        return place < 0 ? Double.NaN : measured(place, factor);
    }

    /** What is no number where nobody could measure so much or so little. */
    private double measured(int place, BigDecimal factor) throws UnreadableEvidence {
        int power = Quantity.power(factor);
        if (power > 0) {
            return Quantity.of(json.numberAt(place), factor).orElse(Double.NaN);
        }
        double nearest = json.nearestAt(place, power);
        return Quantity.isSane(nearest) ? nearest : Double.NaN;
    }

    private int required(String name) throws UnreadableEvidence {
        int place = numberPlace(name);
        if (place < 0) {
            throw refused("\"%s\" is missing here or is no number".formatted(name));
        }
        return place;
    }

    /** The result of a load test whose counts can be true. */
    LoadResult load(
            String name, long requests, OptionalLong errors, OptionalDouble perSecond, Map<String, Double> latency)
            throws UnreadableEvidence {
        return load(name, requests, errors, perSecond, latency, OptionalDouble.empty());
    }

    /** The same, which went on for so long; what is no time says nothing. */
    LoadResult load(
            String name,
            long requests,
            OptionalLong errors,
            OptionalDouble perSecond,
            Map<String, Double> latency,
            OptionalDouble seconds)
            throws UnreadableEvidence {
        Optional<String> unusable = LoadResult.unusable(requests, errors.orElse(0));
        if (unusable.isPresent()) {
            throw refused(unusable.get());
        }
        return new LoadResult(name, requests, errors, perSecond, latency, LoadResult.said(seconds));
    }

    /** With the place where this object ends, or where its reader stands. */
    UnreadableEvidence refused(String message) {
        return json.error(message);
    }
}
