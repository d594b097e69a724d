/** Tests. */
@NullMarked
package dev.slipway.release.saga;

import org.jspecify.annotations.NullMarked;
