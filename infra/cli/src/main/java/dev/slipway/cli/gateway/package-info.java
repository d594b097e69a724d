/** Slipway's API as the commands use it. */
@NullMarked
package dev.slipway.cli.gateway;

import org.jspecify.annotations.NullMarked;
