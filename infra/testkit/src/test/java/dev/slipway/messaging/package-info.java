@NullMarked
package dev.slipway.messaging;

import org.jspecify.annotations.NullMarked;
