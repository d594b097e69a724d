/** What each version answered, second by second: pure bookkeeping, told the time from outside. */
@NullMarked
package dev.slipway.gateway.samples;

import org.jspecify.annotations.NullMarked;
