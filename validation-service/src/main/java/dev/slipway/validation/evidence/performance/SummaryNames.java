package dev.slipway.validation.evidence.performance;

import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a tool calls that which it says of many samples, and what all tools call it. */
final class SummaryNames {
    private final String[] theirs;
    private final String[] ours;
    /** Percentiles among them, from here on; none may be below the one before. */
    private final int percentiles;

    private SummaryNames(String[] theirs, String[] ours) {
        this.theirs = theirs;
        this.ours = ours;
        int first = 0;
        while (first < ours.length && !ours[first].startsWith("p")) {
            first++;
        }
        percentiles = first;
        BigDecimal before = BigDecimal.valueOf(-1);
        for (int i = first; i < ours.length; i++) {
            BigDecimal percent = new BigDecimal(ours[i].substring(1));
            if (percent.compareTo(before) <= 0) {
                throw new IllegalArgumentException("Percentiles stand behind all else, in their order");
            }
            before = percent;
        }
    }

    /** @param pairs the tool's name and ours, one after another: at last the percentiles, as they rise */
    static SummaryNames of(String... pairs) {
        String[] theirs = new String[pairs.length / 2];
        String[] ours = new String[pairs.length / 2];
        for (int i = 0; i < theirs.length; i++) {
            theirs[i] = pairs[2 * i];
            ours[i] = pairs[2 * i + 1];
        }
        return new SummaryNames(theirs, ours);
    }

    /**
     * Those of an object that are there.
     *
     * @param factor 1, or a power of ten below it
     */
    Map<String, Double> of(Flat object, BigDecimal factor) throws UnreadableEvidence {
        List<Map.Entry<String, Double>> said = new ArrayList<>(ours.length);
        add(object, factor, said);
        return map(said);
    }

    /** The same beside others of the same samples. */
    void add(Flat object, BigDecimal factor, List<Map.Entry<String, Double>> said) throws UnreadableEvidence {
        int power = Quantity.power(factor);
        double before = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < theirs.length; i++) {
            double value = object.amountOrNone(theirs[i], power);
            if (value >= 0) {
                said.add(Map.entry(ours[i], value));
                if (i >= percentiles) {
                    if (value < before) {
                        throw object.refused("The percentiles here fall, so none of them can be believed");
                    }
                    before = value;
                }
            }
        }
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    static Map<String, Double> map(List<Map.Entry<String, Double>> said) {
        return Map.ofEntries(said.toArray(new Map.Entry[0]));
    }
}
