/** What the gateway does over and over, and what becomes of an error in it. */
@NullMarked
package dev.slipway.gateway.loop;

import org.jspecify.annotations.NullMarked;
