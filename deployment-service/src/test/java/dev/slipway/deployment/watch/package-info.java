@NullMarked
package dev.slipway.deployment.watch;

import org.jspecify.annotations.NullMarked;
