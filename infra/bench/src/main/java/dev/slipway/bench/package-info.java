/**
 * What is measured, and what measures it: a version that answers as fast as it can, a client that asks as fast as it is
 * answered, nginx beside them, and the arithmetic of comparing. None of it is part of the control plane.
 */
@NullMarked
package dev.slipway.bench;

import org.jspecify.annotations.NullMarked;
