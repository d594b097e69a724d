/** What {@code ./slipway} runs: commands for people, each a few lines that hand over to the packages below. */
@NullMarked
package dev.slipway.cli;

import org.jspecify.annotations.NullMarked;
