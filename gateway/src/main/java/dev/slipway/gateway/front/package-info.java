/** The front: the listener that released applications are reached by, in a reactive context of its own. */
@NullMarked
package dev.slipway.gateway.front;

import org.jspecify.annotations.NullMarked;
