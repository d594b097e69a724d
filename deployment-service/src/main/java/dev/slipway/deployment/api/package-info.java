/** What is where: the read side of environments. */
@NullMarked
package dev.slipway.deployment.api;

import org.jspecify.annotations.NullMarked;
