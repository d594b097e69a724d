package dev.slipway.deployment.watch;

import dev.slipway.contracts.deployment.Trouble;

/** What may happen to a verified version. */
public sealed interface WatchInput {
    /** Its process is gone, and nobody asked it to go. */
    record Died(Trouble why) implements WatchInput {}

    /** It does not answer that it lives, so many times in a row that it must be started anew. */
    record Hung(Trouble why) implements WatchInput {}

    /** It does not answer that it is ready, so many times in a row as its policy says. */
    record Unready(Trouble why) implements WatchInput {}

    /** It answers that it is ready again, as often as its policy says. */
    record Ready() implements WatchInput {}

    /** It was started again, and is ready. */
    record Started() implements WatchInput {}

    /** It was started again, in vain. */
    record StartFailed(Trouble why) implements WatchInput {}

    /** The time for which it waits has come. */
    record Due() implements WatchInput {}

    /**
     * It serves no more.
     *
     * @param ending why, in one sentence
     */
    record Left(String ending) implements WatchInput {}
}
