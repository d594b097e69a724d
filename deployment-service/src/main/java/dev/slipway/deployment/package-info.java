/** deployment-service: environments, rollouts, targets, rollback. */
@NullMarked
package dev.slipway.deployment;

import org.jspecify.annotations.NullMarked;
