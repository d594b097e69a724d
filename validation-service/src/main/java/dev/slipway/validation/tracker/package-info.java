/** Gates over issues of a tracker that are asked for: what they say of what was answered. Pure. */
@NullMarked
package dev.slipway.validation.tracker;

import org.jspecify.annotations.NullMarked;
