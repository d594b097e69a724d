/** Messages that would fail again by themselves, as every service shows its own. */
@NullMarked
package dev.slipway.contracts.letters;

import org.jspecify.annotations.NullMarked;
