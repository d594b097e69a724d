/** Tests. */
@NullMarked
package dev.slipway.release.api;

import org.jspecify.annotations.NullMarked;
