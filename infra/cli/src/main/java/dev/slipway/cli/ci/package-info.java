/** What a CI has to say, from the command line: which revision, which reports, which checks, which artifacts. */
@NullMarked
package dev.slipway.cli.ci;

import org.jspecify.annotations.NullMarked;
