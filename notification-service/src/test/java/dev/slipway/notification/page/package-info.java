@NullMarked
package dev.slipway.notification.page;

import org.jspecify.annotations.NullMarked;
