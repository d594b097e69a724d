/** Merge validation over Git. */
@NullMarked
package dev.slipway.validation.merge;

import org.jspecify.annotations.NullMarked;
