/** Issues of trackers, as they were exported or asked for, and what of them counts. Pure. */
@NullMarked
package dev.slipway.validation.evidence.tracker;

import org.jspecify.annotations.NullMarked;
