@NullMarked
package dev.slipway.gateway.samples;

import org.jspecify.annotations.NullMarked;
