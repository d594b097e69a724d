/** A released program's own metrics: read as text, and held to what a policy says of them. Pure. */
@NullMarked
package dev.slipway.metrics;

import org.jspecify.annotations.NullMarked;
