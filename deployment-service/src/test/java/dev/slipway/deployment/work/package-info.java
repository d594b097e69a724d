@NullMarked
package dev.slipway.deployment.work;

import org.jspecify.annotations.NullMarked;
