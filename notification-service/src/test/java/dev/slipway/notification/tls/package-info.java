@NullMarked
package dev.slipway.notification.tls;

import org.jspecify.annotations.NullMarked;
