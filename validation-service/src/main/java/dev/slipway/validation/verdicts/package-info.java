/** The evidence chain: every verdict as a hashed record that can be checked again. */
@NullMarked
package dev.slipway.validation.verdicts;

import org.jspecify.annotations.NullMarked;
