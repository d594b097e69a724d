/** What a release changes, as its commits say: the version that comes next, and notes. Pure; what Git tells comes by a port. */
@NullMarked
package dev.slipway.release.notes;

import org.jspecify.annotations.NullMarked;
