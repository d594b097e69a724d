@NullMarked
package dev.slipway.release.retention;

import org.jspecify.annotations.NullMarked;
