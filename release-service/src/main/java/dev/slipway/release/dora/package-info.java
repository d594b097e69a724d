/** How well releases go, in DORA's five metrics, of what is kept of releases that have ended. Pure. */
@NullMarked
package dev.slipway.release.dora;

import org.jspecify.annotations.NullMarked;
