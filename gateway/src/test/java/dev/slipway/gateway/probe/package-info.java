@NullMarked
package dev.slipway.gateway.probe;

import org.jspecify.annotations.NullMarked;
