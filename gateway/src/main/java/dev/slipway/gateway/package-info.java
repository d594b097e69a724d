/** The one door of Slipway: identity, limits, event intake, the services' APIs, and the split of live traffic. */
@NullMarked
package dev.slipway.gateway;

import org.jspecify.annotations.NullMarked;
