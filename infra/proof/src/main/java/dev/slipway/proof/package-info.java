/** Proofs over all of Slipway as it is packaged. Last in the build. */
@NullMarked
package dev.slipway.proof;

import org.jspecify.annotations.NullMarked;
