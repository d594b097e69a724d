package dev.slipway.gateway.samples;

/**
 * How a version answered.
 *
 * @param failed status 500 and above, no connection, or an answer that broke off
 * @param latencyNanos from the request's start to the end of the answer
 */
public record Answer(boolean failed, long latencyNanos) {}
