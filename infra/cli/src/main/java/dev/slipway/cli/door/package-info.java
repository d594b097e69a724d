/** The door of a port at which users come in: who comes while nobody serves is held there (ADR 54, 62). */
@NullMarked
package dev.slipway.cli.door;

import org.jspecify.annotations.NullMarked;
