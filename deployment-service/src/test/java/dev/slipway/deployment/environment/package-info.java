@NullMarked
package dev.slipway.deployment.environment;

import org.jspecify.annotations.NullMarked;
