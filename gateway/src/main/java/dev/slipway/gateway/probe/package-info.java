/** Load of our own where no users come by, for environments whose table asks for it. */
@NullMarked
package dev.slipway.gateway.probe;

import org.jspecify.annotations.NullMarked;
