@NullMarked
package dev.slipway.gateway.loop;

import org.jspecify.annotations.NullMarked;
