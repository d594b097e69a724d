/** Tests. */
@NullMarked
package dev.slipway.release.wiring;

import org.jspecify.annotations.NullMarked;
