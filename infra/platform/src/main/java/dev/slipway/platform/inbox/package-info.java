/**
 * Where Slack messages and email of a local Slipway arrive: a real SMTP server and an endpoint that answers the three
 * calls of Slack's Web API that Slipway makes. It shows what came in as it came in, twice if it came twice.
 */
@NullMarked
package dev.slipway.platform.inbox;

import org.jspecify.annotations.NullMarked;
