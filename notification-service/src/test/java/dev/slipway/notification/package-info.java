@NullMarked
package dev.slipway.notification;

import org.jspecify.annotations.NullMarked;
