package dev.slipway.chain;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One record as it is handed out.
 *
 * @param record what it says, an object
 * @param seal its place in the chain; null for one from before there was a chain
 */
public record Link(JsonNode record, @Nullable Seal seal) {}
