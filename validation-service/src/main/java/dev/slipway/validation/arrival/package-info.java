/** Looking for what was published, where it was (ADR 57). */
@NullMarked
package dev.slipway.validation.arrival;

import org.jspecify.annotations.NullMarked;
