/**
 * The sample application {@code hello}, its Git repository, its CI and its users, for {@code ./slipway demo} and the
 * tests of the whole. None of it is part of the control plane: it stands for what Slipway's users bring along.
 */
@NullMarked
package dev.slipway.demo;

import org.jspecify.annotations.NullMarked;
