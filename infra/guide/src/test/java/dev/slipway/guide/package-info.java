@NullMarked
package dev.slipway.guide;

import org.jspecify.annotations.NullMarked;
