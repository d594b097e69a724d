@NullMarked
package dev.slipway.gateway.event;

import org.jspecify.annotations.NullMarked;
