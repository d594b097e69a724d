/** What notification-service says about its deliveries. */
@NullMarked
package dev.slipway.contracts.notification;

import org.jspecify.annotations.NullMarked;
