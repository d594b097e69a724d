/** What is said about a team's release guide. */
@NullMarked
package dev.slipway.cli.guide;

import org.jspecify.annotations.NullMarked;
