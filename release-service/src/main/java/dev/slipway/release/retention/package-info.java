/** How long what proves a release is kept, who keeps it for longer, and what went when. */
@NullMarked
package dev.slipway.release.retention;

import org.jspecify.annotations.NullMarked;
