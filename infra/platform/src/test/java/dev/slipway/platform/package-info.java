@NullMarked
package dev.slipway.platform;

import org.jspecify.annotations.NullMarked;
