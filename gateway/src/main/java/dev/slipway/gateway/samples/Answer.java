package dev.slipway.gateway.samples;

import dev.slipway.contracts.policy.StatusRule;
import dev.slipway.contracts.policy.StatusRule.Meaning;
import java.util.List;

/**
 * How a version answered.
 *
 * @param meaning what it counts as
 * @param kind its status, or one of the constants below where there is none
 * @param latencyNanos from the request's start to the first byte of the answer; below 0 where it says nothing
 */
public record Answer(Meaning meaning, int kind, long latencyNanos) {
    static final int NO_CONNECTION = -1;
    static final int TIME_OUT = -2;
    static final int BROKE_OFF = -3;
    static final int CLIENT_GONE = -4;
    private static final long UNTIMED = -1;

    /**
     * A whole answer.
     *
     * @param rules the table's
     * @param path of the request as the version sees it, without query
     */
    public static Answer of(List<StatusRule> rules, String path, int status, long latencyNanos) {
        Meaning meaning = rules.isEmpty() ? StatusRule.usual(status) : StatusRule.of(rules, path, status);
        return new Answer(meaning, status, latencyNanos);
    }

    public static Answer noConnection(long latencyNanos) {
        return new Answer(Meaning.ERROR, NO_CONNECTION, latencyNanos);
    }

    public static Answer timeOut(long latencyNanos) {
        return new Answer(Meaning.ERROR, TIME_OUT, latencyNanos);
    }

    public static Answer brokeOff(long latencyNanos) {
        return new Answer(Meaning.ERROR, BROKE_OFF, latencyNanos);
    }

    /**
     * The client went away before the first byte: no error, as nobody knows what it would have been, but it waited so long.
     * Were it not counted, a version that hangs until its clients give up would have no answers but good ones.
     */
    public static Answer clientGone(long latencyNanos) {
        return new Answer(Meaning.NEITHER, CLIENT_GONE, latencyNanos);
    }

    /** The same outcome; how long it took is not told. */
    Answer untimed() {
        return timed() ? new Answer(meaning, kind, UNTIMED) : this;
    }

    boolean timed() {
        return latencyNanos >= 0;
    }
}
