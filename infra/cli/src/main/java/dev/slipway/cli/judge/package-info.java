/** The judge without a service: over traffic that is drawn, and over what was recorded. */
@NullMarked
package dev.slipway.cli.judge;

import org.jspecify.annotations.NullMarked;
