/** A release before its start: what would come of it, and whether what it needs is there. Pure; what Git tells comes by ports. */
@NullMarked
package dev.slipway.release.rehearsal;

import org.jspecify.annotations.NullMarked;
