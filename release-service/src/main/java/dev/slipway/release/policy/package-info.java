/** Reads a release guide: YAML in, a checked {@link dev.slipway.contracts.policy.Policy} with its hash out, or findings. */
@NullMarked
package dev.slipway.release.policy;

import org.jspecify.annotations.NullMarked;
