/** Whom this service trusts besides the authorities that Java knows. */
@NullMarked
package dev.slipway.notification.tls;

import org.jspecify.annotations.NullMarked;
