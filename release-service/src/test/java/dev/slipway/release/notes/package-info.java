@NullMarked
package dev.slipway.release.notes;

import org.jspecify.annotations.NullMarked;
