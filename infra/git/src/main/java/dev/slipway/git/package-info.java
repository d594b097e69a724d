/**
 * Git, by the git program: would it merge, merge and tag, who wrote it, is it still there. {@link Git} is the way in.
 *
 * <p>Everything happens in a scratch repository of its own that borrows the source's objects: nothing that the source's
 * configuration names is run here, and nothing is left in the source but what is pushed to it (ADR 14).
 */
@NullMarked
package dev.slipway.git;

import org.jspecify.annotations.NullMarked;
