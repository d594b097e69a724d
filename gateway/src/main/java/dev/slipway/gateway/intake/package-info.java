/** Taking CI events: answered once the broker has them. */
@NullMarked
package dev.slipway.gateway.intake;

import org.jspecify.annotations.NullMarked;
