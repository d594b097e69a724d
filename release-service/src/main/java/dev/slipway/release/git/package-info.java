/** Git as a release needs it, over the one adapter of {@code dev.slipway.git}. */
@NullMarked
package dev.slipway.release.git;

import org.jspecify.annotations.NullMarked;
