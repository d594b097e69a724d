/** Looking for what was published, where it was (ADR 57), and asking servers that collect metrics (ADR 65). */
@NullMarked
package dev.slipway.validation.arrival;

import org.jspecify.annotations.NullMarked;
