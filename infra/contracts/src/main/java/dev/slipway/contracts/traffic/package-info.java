/** The split of live traffic, and what each version answered. */
@NullMarked
package dev.slipway.contracts.traffic;

import org.jspecify.annotations.NullMarked;
