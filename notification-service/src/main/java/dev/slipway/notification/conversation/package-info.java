/** The pure core: what one contact is told about one release over one channel. */
@NullMarked
package dev.slipway.notification.conversation;

import org.jspecify.annotations.NullMarked;
