/**
 * The recipe that every service follows: load, decide, one conditional write, then publish. Knows no message type.
 *
 * <p>A service writes a {@link dev.slipway.messaging.Core} per aggregate and names its tasks and routes; everything
 * else (store, outbox, timers, tasks, listeners, dead letters) is here, once. See the README beside the sources.
 */
@NullMarked
package dev.slipway.messaging;

import org.jspecify.annotations.NullMarked;
