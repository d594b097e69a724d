/** What release-service says: the state of a release, its milestones, and the views of its API. */
@NullMarked
package dev.slipway.contracts.release;

import org.jspecify.annotations.NullMarked;
