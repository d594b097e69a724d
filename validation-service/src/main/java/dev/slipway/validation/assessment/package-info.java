/** One question about the gates of a stage, from asking to its final answer. */
@NullMarked
package dev.slipway.validation.assessment;

import org.jspecify.annotations.NullMarked;
