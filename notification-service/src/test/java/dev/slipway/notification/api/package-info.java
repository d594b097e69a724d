@NullMarked
package dev.slipway.notification.api;

import org.jspecify.annotations.NullMarked;
