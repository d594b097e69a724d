package dev.slipway.cli.proof;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.chain.ChainCheck;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of a check.
 *
 * @param release whose record it is
 * @param came what it came to, or where it stands
 * @param artifacts what was released: digest and address of each
 * @param records records of the release that are chained
 * @param before records from before there was a chain: nothing proves them
 * @param closed the checkpoint that closes it; null while it goes on, or where nobody signs
 * @param verdicts verdicts of gates that the release heard, whose rules were applied again but for those of {@code notAgain}
 * @param unheard verdicts beside them that the release did not hear: nothing that is signed vouches for these
 * @param notAgain which of its verdicts' rules were not applied again, and why: the chain alone vouches for these
 * @param readOtherwise of which of its verdicts an older version of the readers read something that is known to be read otherwise
 *     now, and how; absent where there are none
 * @param approvals what its approvals come to by the records alone, or why nothing can be said
 * @param files whether files that stand with answers are as these say; absent where there are none
 * @param judgement what the judge says over the stored seconds, or why it was not asked
 * @param retention who holds it, and what of it went by which rule; empty where nobody does and nothing has
 * @param faults what does not agree; empty if all does
 */
public record Verified(
        String chain,
        String release,
        String came,
        List<String> artifacts,
        long records,
        long before,
        ChainCheck.@Nullable Closed closed,
        int verdicts,
        List<String> unheard,
        List<String> notAgain,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> readOtherwise,
        String approvals,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String files,
        String judgement,
        String attestation,
        List<String> retention,
        List<String> faults) {
    public Verified {
        artifacts = List.copyOf(artifacts);
        unheard = List.copyOf(unheard);
        notAgain = List.copyOf(notAgain);
        readOtherwise = List.copyOf(readOtherwise);
        retention = List.copyOf(retention);
        faults = List.copyOf(faults);
    }

    public boolean holds() {
        return faults.isEmpty();
    }

    /** The same with one more thing that does not agree. */
    public Verified with(String fault) {
        List<String> all = new ArrayList<>(faults);
        all.add(fault);
        return with(readOtherwise, all);
    }

    /** The same with what is read otherwise than when it was judged. */
    public Verified reading(List<String> otherwise) {
        return with(otherwise, faults);
    }

    private Verified with(List<String> otherwise, List<String> all) {
        return new Verified(
                chain,
                release,
                came,
                artifacts,
                records,
                before,
                closed,
                verdicts,
                unheard,
                notAgain,
                otherwise,
                approvals,
                files,
                judgement,
                attestation,
                retention,
                all);
    }

    /** For people. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("release      %s: %s".formatted(release, came));
        artifacts.forEach(artifact -> lines.add("artifact     " + artifact));
        lines.add("records      %d, each follows from the one before%s".formatted(records, earlier()));
        ChainCheck.Closed end = closed;
        lines.add(
                end == null
                        ? "checkpoint   none yet"
                        : "checkpoint   over %d records, signed by key %s at %s"
                                .formatted(end.records(), end.key(), end.at()));
        lines.add(
                notAgain.isEmpty()
                        ? "verdicts     %d, rules applied again".formatted(verdicts)
                        : "verdicts     %d, rules of %d applied again".formatted(verdicts, verdicts - notAgain.size()));
        notAgain.forEach(verdict -> lines.add("not again    " + verdict));
        readOtherwise.forEach(verdict -> lines.add("otherwise    " + verdict));
        unheard.forEach(verdict -> lines.add("unproved     " + verdict));
        lines.add("approvals    " + approvals);
        if (files != null) {
            lines.add("files        " + files);
        }
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
