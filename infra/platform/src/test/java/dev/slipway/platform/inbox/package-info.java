@NullMarked
package dev.slipway.platform.inbox;

import org.jspecify.annotations.NullMarked;
