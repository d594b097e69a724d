@NullMarked
package dev.slipway.release.paper;

import org.jspecify.annotations.NullMarked;
