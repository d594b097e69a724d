/** Handing a request on to another server, and its answer back. */
@NullMarked
package dev.slipway.gateway.proxy;

import org.jspecify.annotations.NullMarked;
