@NullMarked
package dev.slipway.gateway.intake;

import org.jspecify.annotations.NullMarked;
