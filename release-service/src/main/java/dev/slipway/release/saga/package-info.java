/** The release saga: from a proposal to production and back. Pure; {@link dev.slipway.release.saga.ReleaseSaga} tells it. */
@NullMarked
package dev.slipway.release.saga;

import org.jspecify.annotations.NullMarked;
