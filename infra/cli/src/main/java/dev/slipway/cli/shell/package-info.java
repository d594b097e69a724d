/** How commands speak: lines, progress, refusals with a remedy. */
@NullMarked
package dev.slipway.cli.shell;

import org.jspecify.annotations.NullMarked;
