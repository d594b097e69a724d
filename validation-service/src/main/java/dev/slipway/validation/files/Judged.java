package dev.slipway.validation.files;

import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.validation.GateVerdict.Verdict;
import dev.slipway.validation.evidence.Fact;
import dev.slipway.validation.evidence.Facts;
import dev.slipway.validation.rule.Rules;
import dev.slipway.validation.rule.Ruling;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a gate over files says.
 *
 * @param observed observed values in one line
 * @param parts of its rule and what each says
 * @param places what is to be said of each file, by path, with lines; at most 50 of each
 */
public record Judged(
        Verdict verdict,
        String observed,
        String cause,
        List<Rules.Part> parts,
        Facts facts,
        Map<String, List<String>> places) {
    private static final int PLACES_MAX = 50;
    private static final int SAID_MAX = 5;

    public Judged {
        parts = List.copyOf(parts);
        places = Map.copyOf(places);
    }

    /**
     * Of the parts that always hold for such a gate, and the thresholds that it has besides.
     *
     * @param passed what is said if all is well
     */
    static Judged of(
            Gate gate,
            List<Rules.Part> own,
            List<Fact> facts,
            String observed,
            Map<String, List<String>> places,
            String passed) {
        Facts all = new Facts(facts);
        List<Rules.Part> parts = new ArrayList<>(own);
        parts.addAll(Rules.parts(gate, all));
        Map<String, List<String>> shown = new HashMap<>();
        places.forEach((path, said) -> shown.put(path, some(said, PLACES_MAX)));
        return switch (Rules.together(parts)) {
            case Ruling.Holds holds ->
                new Judged(
                        Verdict.PASSED,
                        observed,
                        holds.remark().isEmpty() ? passed : passed + "; " + holds.remark(),
                        parts,
                        all,
                        shown);
            case Ruling.Breaks _ ->
                new Judged(
                        Verdict.FAILED,
                        observed,
                        said(parts.stream()
                                .map(Rules.Part::ruling)
                                .filter(Ruling.Breaks.class::isInstance)
                                .map(ruling -> ((Ruling.Breaks) ruling).why())
                                .toList()),
                        parts,
                        all,
                        shown);
            case Ruling.Unknown _ ->
                new Judged(
                        Verdict.INCONCLUSIVE,
                        observed,
                        said(parts.stream()
                                .map(Rules.Part::ruling)
                                .filter(Ruling.Unknown.class::isInstance)
                                .map(ruling -> ((Ruling.Unknown) ruling).why())
                                .toList()),
                        parts,
                        all,
                        shown);
        };
    }

    /** It cannot be said, whatever the parts say. */
    static Judged unknown(String why) {
        return new Judged(
                Verdict.INCONCLUSIVE,
                "",
                why,
                List.of(new Rules.Part("can be read", new Ruling.Unknown(why))),
                Facts.NONE,
                Map.of());
    }

    private static String said(List<String> whys) {
        return some(whys.stream().distinct().toList(), SAID_MAX).stream().collect(Collectors.joining("; "));
    }

    /** The first of them, and how many there are besides. */
    static List<String> some(List<String> all, int most) {
        if (all.size() <= most) {
            return all;
        }
        List<String> shown = new ArrayList<>(all.subList(0, most));
        shown.add("and %d more".formatted(all.size() - most));
        return shown;
    }
}
