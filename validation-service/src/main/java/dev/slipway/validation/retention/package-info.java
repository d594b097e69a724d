/** Letting go of what a release needs no longer, when release-service says so. */
@NullMarked
package dev.slipway.validation.retention;

import org.jspecify.annotations.NullMarked;
