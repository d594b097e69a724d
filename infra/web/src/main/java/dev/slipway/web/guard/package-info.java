/** Calls to what belongs to somebody else, for those who have resilience4j; settings stand under {@code resilience4j}. */
@NullMarked
package dev.slipway.web.guard;

import org.jspecify.annotations.NullMarked;
