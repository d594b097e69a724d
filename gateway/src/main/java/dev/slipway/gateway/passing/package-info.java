/** What passes between a client and a version: pure functions over addresses, header lines and failures. */
@NullMarked
package dev.slipway.gateway.passing;

import org.jspecify.annotations.NullMarked;
