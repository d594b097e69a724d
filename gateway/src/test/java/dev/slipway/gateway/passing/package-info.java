@NullMarked
package dev.slipway.gateway.passing;

import org.jspecify.annotations.NullMarked;
