/** The door of a port at which users come in: it is held open while nobody serves behind it (ADR 54). */
@NullMarked
package dev.slipway.cli.door;

import org.jspecify.annotations.NullMarked;
