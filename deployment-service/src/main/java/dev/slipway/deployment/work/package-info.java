/** The work that environments have done outside their decisions: starting, warming up, restoring, stopping, proving. */
@NullMarked
package dev.slipway.deployment.work;

import org.jspecify.annotations.NullMarked;
