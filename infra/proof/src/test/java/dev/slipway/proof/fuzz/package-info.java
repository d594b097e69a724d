@NullMarked
package dev.slipway.proof.fuzz;

import org.jspecify.annotations.NullMarked;
