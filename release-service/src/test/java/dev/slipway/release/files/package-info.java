@NullMarked
package dev.slipway.release.files;

import org.jspecify.annotations.NullMarked;
