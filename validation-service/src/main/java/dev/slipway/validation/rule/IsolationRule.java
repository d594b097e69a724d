package dev.slipway.validation.rule;

import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.Isolated;
import dev.slipway.contracts.policy.Isolation;
import dev.slipway.contracts.policy.Isolation.Found;
import dev.slipway.contracts.policy.Isolation.Row;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** Whether staging shares nothing with production but what it may. */
public final class IsolationRule {
    private IsolationRule() {}

    public static Ruling judge(Gate gate, Isolation isolation) {
        List<Row> rows = rows(gate, isolation);
        List<Row> shared = only(rows, Found.SHARED);
        if (!shared.isEmpty()) {
            String first = shared.getFirst().key();
            String why =
                    "Staging shares with production: %s. Give staging its own; what has to be shared is allowed by name, with a reason: isolated: {shared: {%s: REASON}}"
                            .formatted(
                                    Isolation.text(shared),
                                    first.matches("[A-Za-z0-9_.]+") ? first : '"' + first + '"');
            return new Ruling.Breaks(why, false);
        }
        List<Row> unknown = only(rows, Found.UNKNOWN);
        if (!unknown.isEmpty()) {
            return new Ruling.Unknown(
                    "What staging shares with production is not known: %s. A secret is compared once the machine that runs staging can read it, those of production too"
                            .formatted(Isolation.text(unknown)));
        }
        if (rows.isEmpty()) {
            return new Ruling.Unknown("Nothing was told of what staging's program is given");
        }
        return new Ruling.Holds(only(rows, Found.ALLOWED).stream()
                .map(row -> row.key() + " (" + row.text() + ")")
                .collect(Collectors.joining(", ")));
    }

    /** Each thing that was compared, and whether it is the same. */
    public static String observed(Gate gate, Isolation isolation) {
        return Isolation.text(rows(gate, isolation));
    }

    private static List<Row> rows(Gate gate, Isolation isolation) {
        return isolation.rows(Objects.requireNonNullElse(gate.isolated(), Isolated.ALL));
    }

    private static List<Row> only(List<Row> rows, Found found) {
        return rows.stream().filter(row -> row.found() == found).toList();
    }
}
