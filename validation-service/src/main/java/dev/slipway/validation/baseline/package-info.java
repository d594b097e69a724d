/** Numbers of this release against those of the last verified one: what is worse, beyond doubt. Pure. */
@NullMarked
package dev.slipway.validation.baseline;

import org.jspecify.annotations.NullMarked;
