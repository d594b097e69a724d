/**
 * What Slipway stands on when it runs on one machine: a real Kafka broker, the MongoDB protocol over a store that
 * commits each write before it is answered, and an inbox that takes Slack messages and email. Knows no message type of
 * Slipway and depends on no other module of it.
 */
@NullMarked
package dev.slipway.platform;

import org.jspecify.annotations.NullMarked;
