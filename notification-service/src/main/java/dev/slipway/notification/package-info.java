/** Tells people what happens to a release: one conversation per contact and channel, never a flood, never silence. */
@NullMarked
package dev.slipway.notification;

import org.jspecify.annotations.NullMarked;
