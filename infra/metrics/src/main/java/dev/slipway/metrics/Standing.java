package dev.slipway.metrics;

/** How a version stands with a rule on its own metrics. */
public sealed interface Standing {
    /**
     * It is not what it has to be, for sure.
     *
     * @param text what was seen, after the words "its metric"
     */
    record Crossed(String text, String observed, String limit) implements Standing {}

    /**
     * Nobody can say: there is no data, too little of it, or it may be chance.
     *
     * @param why in words that do not change from look to look
     */
    record Unsure(String why) implements Standing {}

    /** @param observed what it was last, for people */
    record Holds(String observed) implements Standing {}
}
