@NullMarked
package dev.slipway.gateway.routes;

import org.jspecify.annotations.NullMarked;
