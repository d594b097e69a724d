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

    private final ReportJson json;
    private Scalar[] members = new Scalar[16];
    private int size;
    /** One for each member's name, by its hash. */
    private long bits;

    /** A member with its value, of which there is one. Each name stands once, and few are sooner compared than hashed. */
    private record Scalar(
            String name,
            @Nullable BigDecimal number,
            @Nullable String text,
            @Nullable Boolean flag) {
        private boolean isCalled(String wanted) {
            return name.length() == wanted.length() && name.equals(wanted);
        }
    }

    private Flat(ReportJson json) {
        this.json = json;
    }

    static Flat of(ReportJson json) throws UnreadableEvidence {
        return of(json, _ -> {});
    }

    /** @param nested reads or leaves an object or a list of this name */
    static Flat of(ReportJson json, ReportJson.Member nested) throws UnreadableEvidence {
        Flat flat = new Flat(json);
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
        if (json.isNumber()) {
            add(new Scalar(name, json.number(), null, null));
        } else if (json.isText()) {
            add(new Scalar(name, null, json.text(), null));
        } else if (!json.isNull()) {
            add(new Scalar(name, null, null, json.flag()));
        }
    }

    private void add(Scalar member) {
        if (size == members.length) {
            members = Arrays.copyOf(members, 2 * size);
        }
        members[size++] = member;
        bits |= bit(member.name());
    }

    private static long bit(String name) {
        return 1L << name.hashCode(); // of which the last six bits count
    }

    /** Most names that are asked for are not there. */
    private @Nullable Scalar find(String name) {
        for (int i = 0; (bits & bit(name)) != 0 && i < size; i++) {
            if (members[i].isCalled(name)) {
                return members[i];
            }
        }
        return null;
    }

    boolean has(String name) {
        return find(name) != null;
    }

    /** Null where it is absent or no number. */
    @Nullable
    BigDecimal findNumber(String name) {
        Scalar found = find(name);
        return found == null ? null : found.number();
    }

    /** Null where it is absent or no text. */
    @Nullable
    String findText(String name) {
        Scalar found = find(name);
        return found == null ? null : found.text();
    }

    String textOr(String name, String otherwise) {
        String text = findText(name);
        return text == null ? otherwise : text;
    }

    /** Whether it stands there as true. */
    boolean isTrue(String name) {
        Scalar found = find(name);
        return found != null && Boolean.TRUE.equals(found.flag());
    }

    /** All of them, in order. */
    Map<String, String> texts() {
        Map<String, String> texts = new LinkedHashMap<>();
        for (int i = 0; i < size; i++) {
            String text = members[i].text();
            if (text != null) {
                texts.put(members[i].name(), text);
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
        try {
            long count = required(name).longValueExact();
            if (count >= 0 && count <= COUNT_MAX) {
                return count;
            }
        } catch (ArithmeticException fraction) {
            // said below
        }
        throw refused("\"%s\" here is no whole number from 0".formatted(name));
    }

    double number(String name, BigDecimal factor) throws UnreadableEvidence {
        return usable(name, required(name), factor);
    }

    /** From 0. */
    double amount(String name, BigDecimal factor) throws UnreadableEvidence {
        double amount = number(name, factor);
        if (amount < 0) {
            throw refused("\"%s\" here is below 0".formatted(name));
        }
        return amount;
    }

    /** Nothing where it is absent. */
    OptionalDouble find(String name, BigDecimal factor) throws UnreadableEvidence {
        return findNumber(name) != null ? OptionalDouble.of(amount(name, factor)) : OptionalDouble.empty();
    }

    /** Takes over those that are there, under the names that all tools share. */
    Map<String, Double> summary(Map<String, String> names, BigDecimal factor) throws UnreadableEvidence {
        Map<String, Double> summary = new LinkedHashMap<>();
        for (Map.Entry<String, String> name : names.entrySet()) {
            find(name.getKey(), factor).ifPresent(value -> summary.put(name.getValue(), value));
        }
        if (Quantity.falls(summary)) {
            throw refused("The percentiles here fall, so none of them can be believed");
        }
        return summary;
    }

    private BigDecimal required(String name) throws UnreadableEvidence {
        BigDecimal number = findNumber(name);
        if (number == null) {
            throw refused("\"%s\" is missing here or is no number".formatted(name));
        }
        return number;
    }

    private double usable(String name, BigDecimal value, BigDecimal factor) throws UnreadableEvidence {
        Optional<Double> usable = Quantity.of(value, factor);
        if (usable.isEmpty()) {
            throw refused("\"%s\" here is nothing that anybody could measure".formatted(name));
        }
        return usable.get();
    }

    /** The result of a load test whose counts can be true. */
    LoadResult load(
            String name, long requests, OptionalLong errors, OptionalDouble perSecond, Map<String, Double> latency)
            throws UnreadableEvidence {
        Optional<String> unusable = LoadResult.unusable(requests, errors.orElse(0));
        if (unusable.isPresent()) {
            throw refused(unusable.get());
        }
        return new LoadResult(name, requests, errors, perSecond, latency);
    }

    /** With the place where this object ends, or where its reader stands. */
    UnreadableEvidence refused(String message) {
        return json.error(message);
    }
}
