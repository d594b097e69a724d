package dev.slipway.validation.evidence.performance;

import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.ReportJson;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** The numbers, texts and flags of one JSON object. Objects and lists in it are its reader's, or passed over. */
final class Flat {
    private static final int MEMBERS_MAX = 1_000;
    private static final long COUNT_MAX = 1_000_000_000_000_000L;

    private final ReportJson json;
    private final Map<String, BigDecimal> numbers = new LinkedHashMap<>();
    private final Map<String, String> texts = new LinkedHashMap<>();
    private final Map<String, Boolean> flags = new HashMap<>();

    private Flat(ReportJson json) {
        this.json = json;
    }

    static Flat of(ReportJson json) throws UnreadableEvidence {
        return of(json, _ -> {});
    }

    /** @param nested reads or leaves an object or a list of this name */
    static Flat of(ReportJson json, ReportJson.Member nested) throws UnreadableEvidence {
        Flat flat = new Flat(json);
        json.members(name -> flat.take(name, nested));
        return flat;
    }

    private void take(String name, ReportJson.Member nested) throws UnreadableEvidence {
        if (json.isObject() || json.isList()) {
            nested.read(name);
        } else if (numbers.size() + texts.size() + flags.size() < MEMBERS_MAX) {
            takeScalar(name);
        } else {
            throw json.error("An object of such a report has at most " + MEMBERS_MAX + " members");
        }
    }

    private void takeScalar(String name) throws UnreadableEvidence {
        if (json.isNumber()) {
            numbers.put(name, json.number());
        } else if (json.isText()) {
            texts.put(name, json.text());
        } else if (!json.isNull()) {
            flags.put(name, json.flag());
        }
    }

    Map<String, BigDecimal> numbers() {
        return Collections.unmodifiableMap(numbers);
    }

    Map<String, String> texts() {
        return Collections.unmodifiableMap(texts);
    }

    Optional<Boolean> flag(String name) {
        return Optional.ofNullable(flags.get(name));
    }

    boolean has(String name) {
        return numbers.containsKey(name) || texts.containsKey(name) || flags.containsKey(name);
    }

    String text(String name) throws UnreadableEvidence {
        String text = texts.get(name);
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
        return numbers.containsKey(name) ? OptionalDouble.of(amount(name, factor)) : OptionalDouble.empty();
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
        BigDecimal number = numbers.get(name);
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
