/** Rules over facts: thresholds and CEL. Pure. */
@NullMarked
package dev.slipway.validation.rule;

import org.jspecify.annotations.NullMarked;
