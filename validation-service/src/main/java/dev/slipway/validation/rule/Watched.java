package dev.slipway.validation.rule;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.slipway.contracts.Texts;
import dev.slipway.contracts.WireJson;
import dev.slipway.contracts.policy.MetricRule;
import dev.slipway.contracts.policy.Ranges;
import dev.slipway.metrics.Exposition.Sample;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * What a program told of its metrics while a gate watched it, as far as the gate's rules look at it. Kept as bytes under its
 * digest like a report, so that whoever checks the verdict can judge it again.
 *
 * @param form which form of record this is; the first text of the bytes
 * @param every pause from look to look
 * @param series all that were told, each once
 * @param looks in the order in which they were taken
 */
@JsonPropertyOrder({"form", "every", "series", "looks"})
public record Watched(String form, Duration every, List<Series> series, List<Look> looks) {
    private static final String FORM = "slipway-watched-1";
    private static final byte[] BEGINNING = ("{\"form\":\"" + FORM + "\"").getBytes(StandardCharsets.UTF_8);

    /** A metric with its labels. */
    @JsonPropertyOrder({"name", "labels"})
    public record Series(String name, Map<String, String> labels) {
        public Series {
            labels = Collections.unmodifiableMap(new TreeMap<>(labels));
        }

        private int characters() {
            return name.length()
                    + labels.entrySet().stream()
                            .mapToInt(label ->
                                    label.getKey().length() + label.getValue().length())
                            .sum();
        }
    }

    /**
     * One look.
     *
     * @param seconds when, since the first one
     * @param at when, by the clock that what a program tells is held against
     * @param untold why the program told nothing; null where it did
     * @param told what it told, of each series once
     */
    @JsonPropertyOrder({"seconds", "at", "untold", "told"})
    public record Look(
            double seconds,
            Instant at,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String untold,

            @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
            List<Value> told) {
        public Look {
            told = List.copyOf(told);
        }
    }

    /**
     * One series at one look.
     *
     * @param s its place among the series, from 0
     * @param v what it was
     * @param of when it was measured, where the program says that; null where it does not
     */
    @JsonPropertyOrder({"s", "v", "of"})
    public record Value(
            int s,
            double v,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Instant of) {}

    public Watched {
        Texts.requirePresent("every", every);
        Ranges.require("every", every, Duration.ofMillis(1), Duration.ofMinutes(10));
        series = List.copyOf(series);
        looks = List.copyOf(looks);
        for (Look look : looks) {
            for (Value value : look.told()) {
                Ranges.require("series", value.s(), 0, series.size() - 1L);
            }
        }
    }

    /** What was told at a look, as it was told. */
    List<Sample> samples(Look look) {
        return look.told().stream()
                .map(value -> {
                    Series of = series.get(value.s());
                    return new Sample(of.name(), of.labels(), value.v(), value.of());
                })
                .toList();
    }

    /** The same record always has the same bytes. */
    public byte[] bytes() {
        return WireJson.mapper().writeValueAsBytes(this);
    }

    /** The record, or nothing if these bytes are something else. */
    public static Optional<Watched> read(byte[] bytes) {
        if (bytes.length < BEGINNING.length
                || Arrays.mismatch(bytes, 0, BEGINNING.length, BEGINNING, 0, BEGINNING.length) >= 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(WireJson.mapper().readValue(bytes, Watched.class));
        } catch (JacksonException | IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }

    /** Takes down what is told, look by look, up to so much; of what is more nothing is kept. For one thread. */
    public static final class Notes {
        private static final int BYTES_MAX = 4_000_000;
        /** Of a value and of a look, about. */
        private static final int EACH_BYTES = 27;

        private final List<MetricRule> rules;
        private final Duration every;
        private final Map<Series, Integer> places = new HashMap<>();
        private final List<Series> series = new ArrayList<>();
        private final List<Look> looks = new ArrayList<>();
        private long bytes;

        public Notes(List<MetricRule> rules, Duration every) {
            this.rules = List.copyOf(rules);
            this.every = every;
        }

        /** A look in vain. */
        public void untold(double seconds, Instant at, String why) {
            if (hasRoom(why.length())) {
                looks.add(new Look(seconds, at, why, List.of()));
            }
        }

        /** A look at which the program told these, and others perhaps at which no rule looks. */
        public void told(double seconds, Instant at, List<Sample> samples) {
            List<Value> told = new ArrayList<>();
            for (Sample sample : samples) {
                if (rules.stream().anyMatch(rule -> looksAt(rule, sample))) {
                    Series of = new Series(sample.name(), sample.labels());
                    if (!hasRoom(places.containsKey(of) ? 0 : of.characters())) {
                        return;
                    }
                    told.add(new Value(place(of), sample.value(), sample.at()));
                }
            }
            if (hasRoom(0)) {
                looks.add(new Look(seconds, at, null, told));
            }
        }

        /** Takes so much more, if all of it is not too much by now; what is too much is let go at once. */
        private boolean hasRoom(int characters) {
            bytes += EACH_BYTES + characters;
            if (bytes > BYTES_MAX) {
                places.clear();
                series.clear();
                looks.clear();
            }
            return bytes <= BYTES_MAX;
        }

        private int place(Series of) {
            return places.computeIfAbsent(of, seen -> {
                series.add(seen);
                return series.size() - 1;
            });
        }

        private static boolean looksAt(MetricRule rule, Sample sample) {
            return is(sample, rule.series(), rule.labels()) || is(sample, rule.of(), rule.ofLabels());
        }

        private static boolean is(Sample sample, @Nullable String name, Map<String, String> labels) {
            return sample.name().equals(name) && sample.labels().entrySet().containsAll(labels.entrySet());
        }

        /** All of it; nothing where it was too much. */
        public Optional<Watched> all() {
            return bytes > BYTES_MAX ? Optional.empty() : Optional.of(new Watched(FORM, every, series, looks));
        }
    }
}
