/** Tests. */
@NullMarked
package dev.slipway.release.policy;

import org.jspecify.annotations.NullMarked;
