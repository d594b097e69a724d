package dev.slipway.cli.proof;

import dev.slipway.chain.ChainCheck;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of a check.
 *
 * @param records records of the release that are chained
 * @param before records from before there was a chain: nothing proves them
 * @param closed the checkpoint that closes it; null while it goes on, or where nobody signs
 * @param verdicts verdicts of gates that were gone over, and whose rules were applied again
 * @param approvals what its approvals come to by the records alone, or why nothing can be said
 * @param judgement what the judge says over the stored seconds, or why it was not asked
 * @param retention who holds it, and what of it went by which rule; empty where nobody does and nothing has
 * @param faults what does not agree; empty if all does
 */
public record Verified(
        String chain,
        long records,
        long before,
        ChainCheck.@Nullable Closed closed,
        int verdicts,
        String approvals,
        String judgement,
        String attestation,
        List<String> retention,
        List<String> faults) {
    public Verified {
        retention = List.copyOf(retention);
        faults = List.copyOf(faults);
    }

    public boolean holds() {
        return faults.isEmpty();
    }

    /** For people. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("records      %d, each follows from the one before%s".formatted(records, earlier()));
        ChainCheck.Closed end = closed;
        lines.add(
                end == null
                        ? "checkpoint   none yet"
                        : "checkpoint   over %d records, signed by key %s at %s"
                                .formatted(end.records(), end.key(), end.at()));
        lines.add("verdicts     %d, rules applied again".formatted(verdicts));
        lines.add("approvals    " + approvals);
        lines.add("judgement    " + judgement);
        lines.add("attestation  " + attestation);
        retention.forEach(kept -> lines.add("retention    " + kept));
        faults.forEach(fault -> lines.add("FAULT        " + fault));
        lines.add(faults.isEmpty() ? "all agrees" : "%d faults".formatted(faults.size()));
        return lines;
    }

    private String earlier() {
        return before == 0
                ? ""
                : "; the chain begins after %d records from before there was one, which nothing proves"
                        .formatted(before);
    }
}
