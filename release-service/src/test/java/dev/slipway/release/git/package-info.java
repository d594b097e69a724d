/** Tests. */
@NullMarked
package dev.slipway.release.git;

import org.jspecify.annotations.NullMarked;
