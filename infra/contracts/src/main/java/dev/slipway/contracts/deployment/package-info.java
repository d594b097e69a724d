/** What deployment-service is asked and answers: rollouts, rollback, the way back, traffic tables. */
@NullMarked
package dev.slipway.contracts.deployment;

import org.jspecify.annotations.NullMarked;
