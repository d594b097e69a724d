/** The runbook of a release: its plan, with whom to call and where everything is. */
@NullMarked
package dev.slipway.release.runbook;

import org.jspecify.annotations.NullMarked;
