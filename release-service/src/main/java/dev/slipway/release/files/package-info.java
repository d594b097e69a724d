/** Files that stand with what people answer: kept by digest, once, for as long as a release needs them. */
@NullMarked
package dev.slipway.release.files;

import org.jspecify.annotations.NullMarked;
