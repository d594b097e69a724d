/** The judge that ships, over traffic that is drawn by a seed or was recorded: what it finds, how soon, and how often wrongly. */
@NullMarked
package dev.slipway.validation.simulation;

import org.jspecify.annotations.NullMarked;
