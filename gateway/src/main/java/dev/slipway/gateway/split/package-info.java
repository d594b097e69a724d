/** Which version gets a request: a pure function of the traffic tables, the time and a draw. */
@NullMarked
package dev.slipway.gateway.split;

import org.jspecify.annotations.NullMarked;
