/** Eyes on a verified version for as long as it serves: pure decisions. */
@NullMarked
package dev.slipway.deployment.watch;

import org.jspecify.annotations.NullMarked;
