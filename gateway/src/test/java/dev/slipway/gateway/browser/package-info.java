/** A real Chromium, driven over the DevTools protocol. */
@NullMarked
package dev.slipway.gateway.browser;

import org.jspecify.annotations.NullMarked;
