@NullMarked
package dev.slipway.gateway.split;

import org.jspecify.annotations.NullMarked;
