/** Slipway's own form of evidence, for tools that nobody foresaw. Pure. */
@NullMarked
package dev.slipway.validation.evidence.own;

import org.jspecify.annotations.NullMarked;
