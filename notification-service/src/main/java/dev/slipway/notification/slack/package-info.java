/** Tells over Slack's Web API. */
@NullMarked
package dev.slipway.notification.slack;

import org.jspecify.annotations.NullMarked;
