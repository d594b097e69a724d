/** Puts the cores on the recipe: aggregates, tasks, and what the service listens to. */
@NullMarked
package dev.slipway.release.wiring;

import org.jspecify.annotations.NullMarked;
