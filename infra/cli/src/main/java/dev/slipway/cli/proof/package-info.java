/** Proofs of releases on this side: fetched, checked, put into one file and checked from there. */
@NullMarked
package dev.slipway.cli.proof;

import org.jspecify.annotations.NullMarked;
