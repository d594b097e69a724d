/** A real Chromium, driven over the DevTools protocol. */
@NullMarked
package dev.slipway.testkit.browser;

import org.jspecify.annotations.NullMarked;
