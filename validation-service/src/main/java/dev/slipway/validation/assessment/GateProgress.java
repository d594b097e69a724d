package dev.slipway.validation.assessment;

import dev.slipway.contracts.validation.GateVerdict;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far one gate is.
 *
 * @param seen whether what it looks at was looked at once
 * @param deadline until when it waits
 * @param lastCall when, past the deadline, what it looks at was looked at once more; null before
 * @param record hash of its record in the evidence chain, once RECORDED
 * @param at of the latest change
 */
public record GateProgress(
        Phase phase,
        boolean seen,
        Finding finding,
        Instant deadline,
        @Nullable Instant lastCall,
        @Nullable String record,
        Instant at) {

    /** From waiting to a verdict that stands in the evidence chain. */
    public enum Phase {
        AWAITING,
        DECIDED,
        RECORDED
    }

    static GateProgress starting(Finding finding, Instant deadline, Instant now) {
        return new GateProgress(Phase.AWAITING, false, finding, deadline, null, null, now).settledIf(finding);
    }

    boolean awaiting() {
        return phase == Phase.AWAITING;
    }

    /** Awaiting, and not yet good. */
    boolean waiting() {
        return awaiting() && !standing();
    }

    /** Passed so far: it waits for nothing, and may go back while other gates are waited for. */
    boolean standing() {
        return awaiting() && finding.verdict() == GateVerdict.Verdict.PASSED;
    }

    boolean decided() {
        return phase == Phase.DECIDED;
    }

    /** Whether it has its verdict now and had none when the gates were as given; an empty list stands for the start. */
    boolean decidedSince(List<GateProgress> before, int place) {
        return decided() && (place >= before.size() || before.get(place).awaiting());
    }

    boolean recorded() {
        return phase == Phase.RECORDED;
    }

    /** The same again changes nothing: a retry that only took a few milliseconds more is no news. */
    GateProgress found(Finding now, Instant at) {
        return now.saysTheSameAs(finding)
                ? new GateProgress(phase, true, finding, deadline, lastCall, record, this.at)
                : new GateProgress(phase, true, now, deadline, lastCall, record, at).settledIf(now);
    }

    private GateProgress settledIf(Finding now) {
        return now.settled() ? new GateProgress(Phase.DECIDED, true, now, deadline, lastCall, record, at) : this;
    }

    GateProgress calledLast(Instant now) {
        return new GateProgress(phase, seen, finding, deadline, now, record, at);
    }

    /** Its time is over: what was found last is its verdict. */
    GateProgress over(Instant now) {
        return new GateProgress(Phase.DECIDED, true, finding, deadline, lastCall, record, now);
    }

    GateProgress recordedAs(String hash, Instant now) {
        return new GateProgress(Phase.RECORDED, seen, finding, deadline, lastCall, hash, now);
    }
}
