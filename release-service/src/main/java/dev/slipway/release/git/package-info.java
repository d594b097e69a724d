/** Git, by JGit: no shell, no program of the machine, no configuration but the repository's own. */
@NullMarked
package dev.slipway.release.git;

import org.jspecify.annotations.NullMarked;
