@NullMarked
package dev.slipway.notification.slack;

import org.jspecify.annotations.NullMarked;
