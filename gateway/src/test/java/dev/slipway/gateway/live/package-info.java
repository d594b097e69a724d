@NullMarked
package dev.slipway.gateway.live;

import org.jspecify.annotations.NullMarked;
