@NullMarked
package dev.slipway.notification.conversation;

import org.jspecify.annotations.NullMarked;
