package dev.slipway.validation.rule;

import dev.slipway.contracts.Texts;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.MetricQuery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Whether each query was answered by a number that is fresh and on the good side. No data is no pass. */
public final class QueryRule {
    private QueryRule() {}

    /** @param readings one for each query of the gate, in its order */
    public static Ruling judge(Gate gate, List<Reading> readings) {
        if (readings.size() != gate.queries().size()) {
            return new Ruling.Unknown("Nothing was asked");
        }
        List<Ruling> all = new ArrayList<>();
        for (int i = 0; i < readings.size(); i++) {
            all.add(judge(gate.queries().get(i), readings.get(i)));
        }
        return Ruling.all(all);
    }

    private static Ruling judge(MetricQuery query, Reading reading) {
        Double value = reading.value();
        Instant of = reading.of();
        if (value == null || of == null) {
            return new Ruling.Unknown(query.subject() + ": " + reading.why());
        }
        if (of.isBefore(reading.asked().minus(query.fresh()))) {
            return new Ruling.Unknown("%s: its number is of %s, and has to be of the last %s"
                    .formatted(query.subject(), of, Texts.words(query.fresh())));
        }
        return query.holds(value)
                ? new Ruling.Holds()
                : new Ruling.Breaks("%s has to be %s".formatted(query.subject(), query.limit()), true);
    }

    /** Each query with its number and its time. */
    public static String observed(Gate gate, List<Reading> readings) {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < Math.min(readings.size(), gate.queries().size()); i++) {
            MetricQuery query = gate.queries().get(i);
            Reading reading = readings.get(i);
            all.add(
                    reading.value() == null
                            ? query.subject() + " unknown"
                            : "%s %s of %s".formatted(query.subject(), query.shown(reading.value()), reading.of()));
        }
        return String.join("; ", all);
    }
}
