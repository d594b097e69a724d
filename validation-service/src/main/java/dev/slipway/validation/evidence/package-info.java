/** Reports as CI sends them: read into facts, kept as bytes under their digest. */
@NullMarked
package dev.slipway.validation.evidence;

import org.jspecify.annotations.NullMarked;
