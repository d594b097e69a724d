/** Asks a program for its metrics. */
@NullMarked
package dev.slipway.metrics.client;

import org.jspecify.annotations.NullMarked;
