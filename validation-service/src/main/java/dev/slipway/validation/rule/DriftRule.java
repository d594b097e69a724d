package dev.slipway.validation.rule;

import dev.slipway.contracts.Texts;
import dev.slipway.contracts.policy.Drift;
import dev.slipway.contracts.policy.Drift.Found;
import dev.slipway.contracts.policy.Drift.Row;
import dev.slipway.contracts.policy.Gate;
import java.util.List;

/**
 * Whether it is known what both environments give their programs otherwise than when the last release was verified, and, where
 * the gate asks people, whether that is nothing.
 */
public final class DriftRule {
    private DriftRule() {}

    public static Ruling judge(Gate gate, Drift drift) {
        List<Row> unknown = drift.rows(Found.UNKNOWN);
        if (!unknown.isEmpty()) {
            return new Ruling.Unknown(
                    "What has changed is not known: %s. A secret is compared once the machine that runs staging can read it, those of production too"
                            .formatted(Drift.text(unknown)));
        }
        List<Row> changed = drift.rows(Found.CHANGED);
        if (!changed.isEmpty() && gate.asksOfSettings()) {
            return new Ruling.Breaks(
                    "Since %s: %s. Somebody has to say that this is meant"
                            .formatted(drift.since(), Drift.text(changed)),
                    false);
        }
        return new Ruling.Holds(
                changed.isEmpty()
                        ? nothing(drift)
                        : "%s otherwise than in %s"
                                .formatted(
                                        Texts.counted(
                                                changed.size(), "setting or secret is", "settings or secrets are"),
                                        drift.since()));
    }

    private static String nothing(Drift drift) {
        return drift.since() == null
                ? "no release was verified before, with which it could be compared"
                : "nothing is otherwise than in " + drift.since();
    }

    /** Each thing that is otherwise, or whose fingerprint was compared. */
    public static String observed(Drift drift) {
        return drift.rows().isEmpty() ? nothing(drift) : Drift.text(drift.rows());
    }
}
