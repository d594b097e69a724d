package dev.slipway.validation.rule;

import java.util.List;
import java.util.stream.Collectors;

/** What a rule says about facts. */
public sealed interface Ruling {
    /**
     * Every part of the rule holds.
     *
     * @param remark what has to be known beside that, for people; empty where there is nothing
     */
    record Holds(String remark) implements Ruling {
        public Holds() {
            this("");
        }
    }

    /**
     * A part of the rule does not hold.
     *
     * @param mendable whether further reports, which add up, could still make it hold
     */
    record Breaks(String why, boolean mendable) implements Ruling {}

    /** It cannot be said. Never a pass. */
    record Unknown(String why) implements Ruling {}

    /** All parts together: what is broken for good comes first, then what cannot be known, then what may be mended. */
    static Ruling all(List<Ruling> parts) {
        Ruling result = new Holds(parts.stream()
                .map(part -> part instanceof Holds holds ? holds.remark() : "")
                .filter(remark -> !remark.isEmpty())
                .distinct()
                .collect(Collectors.joining("; ")));
        for (Ruling part : parts) {
            result = weight(part) > weight(result) ? part : result;
        }
        return result;
    }

    private static int weight(Ruling ruling) {
        return switch (ruling) {
            case Holds _ -> 0;
            case Breaks breaks -> breaks.mendable() ? 1 : 3;
            case Unknown _ -> 2;
        };
    }
}
