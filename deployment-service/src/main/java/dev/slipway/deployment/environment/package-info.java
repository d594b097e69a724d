/** The pure core: what an environment is, and what it does about everything that may happen to it. */
@NullMarked
package dev.slipway.deployment.environment;

import org.jspecify.annotations.NullMarked;
