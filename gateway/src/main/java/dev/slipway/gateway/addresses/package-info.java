/** Tells where users reach applications: port and host names of this gateway's front. */
@NullMarked
package dev.slipway.gateway.addresses;

import org.jspecify.annotations.NullMarked;
