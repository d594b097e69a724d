package dev.slipway.gateway.front;

import dev.slipway.contracts.policy.StatusRule.Meaning;
import dev.slipway.contracts.traffic.TrafficTable;
import dev.slipway.contracts.traffic.TrafficTable.Share;
import dev.slipway.gateway.live.SplitMeters;
import dev.slipway.gateway.live.SplitMeters.Outcome;
import dev.slipway.gateway.live.SplitMeters.To;
import dev.slipway.gateway.passing.Destination;
import dev.slipway.gateway.passing.GrpcStatus;
import dev.slipway.gateway.passing.SideFailure;
import dev.slipway.gateway.samples.Answer;
import io.github.resilience4j.bulkhead.Bulkhead;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way to a version, from the choice of the version to the end of the answer: what it is counted for, once.
 * An answer is judged by its status and its first byte. It is counted when it ends, or when it has gone on for a while; what
 * breaks off before is a failure and nothing else, what breaks off later is one more failure of the same side. One thread's.
 */
final class Visit {
    private static final int OK = 200;

    private final Destination destination;
    private final Share share;
    private final To to;
    private final boolean probe;
    private final TrafficTable table;
    private final boolean longPoll;
    private final boolean runs;
    private final Bulkhead places;
    private final Counting counting;
    private final SplitMeters meters;
    private final Counting.Counted count;
    private final long start = System.nanoTime();
    private long firstByteNanos;
    private int status;
    private @Nullable Supplier<@Nullable String> callStatus;
    private boolean begun;
    private boolean counted;
    private boolean placed = true;
    private boolean over;

    Visit(
            Destination destination,
            Share share,
            To to,
            boolean probe,
            TrafficTable table,
            boolean longPoll,
            boolean runs,
            Bulkhead places,
            Counting counting,
            SplitMeters meters) {
        this.destination = destination;
        this.share = share;
        this.to = to;
        this.probe = probe;
        this.table = table;
        this.longPoll = longPoll;
        this.runs = runs;
        this.places = places;
        this.counting = counting;
        this.meters = meters;
        this.count = counting.begin();
    }

    Destination destination() {
        return destination;
    }

    /** From the request to the first byte of the answer; 0 for no limit. */
    long firstByteWithinNanos() {
        return longPoll ? 0 : table.limits().firstByteWithin().toNanos();
    }

    long bodyMaxBytes() {
        return table.limits().bodyMaxBytes();
    }

    Share share() {
        return share;
    }

    /** Whether it was known that the version runs when it was chosen. */
    boolean runs() {
        return runs;
    }

    boolean begun() {
        return begun;
    }

    /** The head of the answer is there: whoever reads it slowly, or for long, does not take the place of one who waits. */
    void begins(int answered) {
        begun = true;
        status = answered;
        firstByteNanos = System.nanoTime() - start;
        leavePlace();
    }

    private void leavePlace() {
        if (placed) {
            placed = false;
            places.onComplete();
        }
    }

    /** The answer goes on: it is counted by what is known of it. Without effect once it is counted. */
    void goesOn() {
        if (!counted && !over) {
            counted = true;
            String path = destination.path();
            count.end(Answer.of(table.statuses(), path, status, firstByteNanos));
        }
    }

    /**
     * The answer is that of a gRPC call: how it ended counts, which it says last.
     *
     * @param ended gives the status of gRPC once the answer is there
     */
    void isCall(Supplier<@Nullable String> ended) {
        callStatus = ended;
    }

    /** The answer is there, whole. */
    void ends() {
        if (over) {
            return;
        }
        Supplier<@Nullable String> call = callStatus;
        if (call != null && status == OK) {
            callEnds(GrpcStatus.meaning(call.get()));
        } else {
            goesOn();
            close(status >= 500 ? Outcome.FAILED : Outcome.ANSWERED);
        }
    }

    /** One that was counted because it went on, and then failed, is one more failure. */
    private void callEnds(Meaning meaning) {
        if (!counted) {
            counted = true;
            count.end(new Answer(meaning, status, firstByteNanos));
        } else if (meaning == Meaning.ERROR) {
            counting.begin().end(new Answer(meaning, status, firstByteNanos));
        }
        close(meaning == Meaning.ERROR ? Outcome.FAILED : Outcome.ANSWERED);
    }

    /** A WebSocket is open: its handshake counts. */
    void tunnels(int answered) {
        begins(answered);
        goesOn();
    }

    /**
     * A WebSocket has ended.
     *
     * @param brokeOff whether the version ended it without a word, which is one more failure
     */
    void tunnelEnds(boolean brokeOff) {
        if (brokeOff) {
            fails(SideFailure.BROKE_OFF);
        } else {
            ends();
        }
    }

    /** No answer, or not the whole of it. */
    void fails(SideFailure failure) {
        if (over) {
            return;
        }
        long nanos = System.nanoTime() - start;
        if (!failure.isOfTheVersion()) {
            leave(false);
            return;
        }
        failure.counted(nanos).ifPresent((counted ? counting.begin() : count)::end);
        close(Outcome.FAILED);
    }

    /** No answer, as the version does not run: Slipway itself ended it, so it is nobody's failure. */
    void findsNobody() {
        if (over) {
            return;
        }
        count.drop();
        close(Outcome.UNAVAILABLE);
    }

    /**
     * The client went away, or is to blame itself. A version that had begun to answer is judged by that.
     *
     * @param waited whether it had said all and waited: then how long counts, else nothing does
     */
    void leave(boolean waited) {
        if (over) {
            return;
        }
        if (begun) {
            goesOn();
        } else if (waited) {
            count.end(Answer.clientGone(System.nanoTime() - start));
        } else {
            count.drop();
        }
        close(Outcome.REFUSED);
    }

    private void close(Outcome outcome) {
        over = true;
        leavePlace();
        meters.ended(destination.environment(), to, probe, outcome, System.nanoTime() - start);
    }
}
