package dev.slipway.chain;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * One record as it is handed out.
 *
 * @param record what it says
 * @param seal its place in the chain; null for one from before there was a chain
 */
public record Link(ObjectNode record, @Nullable Seal seal) {}
