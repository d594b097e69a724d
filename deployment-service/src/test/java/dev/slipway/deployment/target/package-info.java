@NullMarked
package dev.slipway.deployment.target;

import org.jspecify.annotations.NullMarked;
