/** Tests. */
@NullMarked
package dev.slipway.release.application;

import org.jspecify.annotations.NullMarked;
