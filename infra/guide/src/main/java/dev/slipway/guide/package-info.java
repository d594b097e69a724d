/** A release guide as people write it, read into lines, and what Slipway proposes for each of them. Pure but for {@link dev.slipway.guide.GuideFile}. */
@NullMarked
package dev.slipway.guide;

import org.jspecify.annotations.NullMarked;
