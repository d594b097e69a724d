/** Releases told to a person. */
@NullMarked
package dev.slipway.cli.release;

import org.jspecify.annotations.NullMarked;
