/** What CI says: the part of CDEvents that Slipway reads. */
@NullMarked
package dev.slipway.contracts.ci;

import org.jspecify.annotations.NullMarked;
