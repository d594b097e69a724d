package dev.slipway.chain;

import java.time.Instant;

/**
 * A signed word that a chain was so long, and ended in this record, then. What is signed is the canonical JSON of
 * {@code {"at", "chain", "hash", "key", "records", "type"}}.
 *
 * @param at time of the record that it stands in
 * @param key id of the key that signed
 * @param signature Ed25519 (RFC 8032), base64
 */
public record Checkpoint(Instant at, String key, String signature) {}
