/** The services' APIs behind one door. */
@NullMarked
package dev.slipway.gateway.routes;

import org.jspecify.annotations.NullMarked;
