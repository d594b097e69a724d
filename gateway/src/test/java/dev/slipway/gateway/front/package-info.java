@NullMarked
package dev.slipway.gateway.front;

import org.jspecify.annotations.NullMarked;
